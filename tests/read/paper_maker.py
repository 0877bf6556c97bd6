"""Draws small PDF reports for tests; places in points, origin top-left."""

import io
from pathlib import Path

import pytest

FONTS = (
    *sorted((Path(__file__).resolve().parents[2] / "samples" / "fonts").glob("*.ttf")),
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
)
SIZE = (595, 842)
NAME = "Report"


def set_font():
    """Register the first Chinese font at hand; the test is skipped where there is none."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for path in FONTS:
        if path.exists():
            if NAME not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(NAME, str(path)))
            return
    pytest.skip("no Chinese TrueType font here")


def unembedded(text="一、总体情况"):
    """A PDF that names a font and does not bring it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=SIZE, invariant=1)
    canvas.setFont("STSong-Light", 14)
    canvas.drawString(72, 742, text)
    canvas.save()
    return buffer.getvalue()


class Paper:
    """A canvas on which tests put lines of text and ruled tables."""

    def __init__(self, size=SIZE, **options):
        from reportlab.pdfgen.canvas import Canvas

        set_font()
        self.buffer = io.BytesIO()
        self.height = size[1]
        self.canvas = Canvas(self.buffer, pagesize=size, invariant=1, **options)

    def text(self, x, top, text, size=12):
        self.canvas.setFont(NAME, size)
        self.canvas.drawString(x, self.height - top - size, text)
        return self

    def turned(self, x, top, text, degrees=90, size=12):
        self.canvas.saveState()
        self.canvas.translate(x, self.height - top)
        self.canvas.rotate(degrees)
        self.canvas.setFont(NAME, size)
        self.canvas.drawString(0, 0, text)
        self.canvas.restoreState()
        return self

    def line(self, x0, top, x1, bottom):
        self.canvas.line(x0, self.height - top, x1, self.height - bottom)
        return self

    def cell(self, x0, top, x1, bottom, text="", size=9):
        """A box with its text, which is broken at line feeds."""
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top)
        for i, piece in enumerate(text.split("\n")):
            self.text(x0 + 3, top + 3 + i * (size + 2), piece, size)
        return self

    def table(self, xs, top, rows, height=20):
        """Rows of equal cells; returns the place below."""
        for row in rows:
            for x0, x1, text in zip(xs, xs[1:], row, strict=False):
                self.cell(x0, top, x1, top + height, text)
            top += height
        return top

    def next_page(self):
        self.canvas.showPage()
        return self

    def bytes(self):
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()
