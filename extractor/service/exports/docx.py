"""A small DOCX: headings, paragraphs and tables of plain text, nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape

from extractor.outputs.texts import replace_unprintable

SPACE = "http://schemas.openxmlformats.org"
TYPES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="{SPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
LINKS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{SPACE}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{SPACE}/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="888888"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
SMALL = '<w:sz w:val="21"/>'
DATE = (2000, 1, 1, 0, 0, 0)  # the same content gives the same file


class Paper:
    """Takes blocks one after the other; ``bytes`` is the file."""

    def __init__(self) -> None:
        self._blocks: list[str] = []

    def heading(self, text: str, size: int = 32, middle: bool = False) -> None:
        """A bold line; size in half points."""
        self._blocks.append(_paragraph(text, f'<w:b/><w:sz w:val="{size}"/>', middle))

    def paragraph(self, text: str) -> None:
        """A paragraph of running text."""
        self._blocks.append(_paragraph(text, '<w:sz w:val="24"/>', False))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table with borders."""
        width = 9000 // max(len(rows[0]), 1)
        cells = (
            "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, SMALL, False)}</w:tc>'
                for cell in row
            )
            for row in rows
        )
        lines = "".join(f"<w:tr>{line}</w:tr>" for line in cells)
        look = f'<w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>'
        self._blocks.append(f"<w:tbl>{look}{lines}</w:tbl>")

    def bytes(self) -> bytes:
        """The file."""
        main = f"{SPACE}/wordprocessingml/2006/main"
        body = f'<w:document xmlns:w="{main}"><w:body>{"".join(self._blocks)}<w:sectPr/></w:body></w:document>'
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        parts = {"[Content_Types].xml": TYPES, "_rels/.rels": LINKS, "word/document.xml": head + body}
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(zipfile.ZipInfo(name, DATE), content.encode("utf-8", "replace"))
        return target.getvalue()


def _paragraph(text: str, look: str, middle: bool) -> str:
    place = '<w:pPr><w:jc w:val="center"/></w:pPr>' if middle else ""
    fonts = '<w:rFonts w:eastAsia="SimSun"/>'
    clean = escape(replace_unprintable(text), quote=False)
    return f'<w:p>{place}<w:r><w:rPr>{fonts}{look}</w:rPr><w:t xml:space="preserve">{clean}</w:t></w:r></w:p>'
