"""Characters of a PDF page with their boxes, straight from pdfium."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from itertools import chain, compress, repeat
from operator import sub
from typing import Any

from extractor.lexicon import matcher
from extractor.read.matrices import divide, inside, move, values
from extractor.read.pdfium import MatrixValues, character_edges
from extractor.record import field, record
from extractor.types import Box

HYPHENS = (0x02, 0xFFFE)  # what pdfium puts for a hyphen at a line end
BLANK, LINE_END = matcher(" "), matcher("[\r\n]")  # pdfium makes them, too, but only line ends always
ODD = matcher("[^\r\n -\ud7ff]")  # characters that pdfium has to be asked for
UTF16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
ASCENT, DESCENT = 0.86, -0.14  # of the font size: usual extent of ideographs
FAR = 1 << 20  # a point down the page is 1, one to the right is this
DIAGONAL = FAR + 1
FINE = ~DIAGONAL  # takes a place to its cell of two points: finds doubles of fake bold
DEVICE = 10_000  # size of an imagined device
LOST = "\ufffd"
SMALL, LARGE = 0.05, 40.0  # points up to which there is no box, and from which a loose box is compared with the ink


@record(frozen=False)
class Page:
    """One page: size in points as displayed, and its characters in paint order.

    chars -- one string for each character, or all of them as one; left, top, right, bottom -- edges of their boxes in
             points, origin top-left, as displayed; x, y -- middles of the boxes.
    places, confidences -- of a recognised page: boxes on the paper as it lies, the edges being those of the page
                           laid straight, and how sure each character is (0 to 1).
    """

    number: int
    width: float
    height: float
    chars: Sequence[str] = ""
    left: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    bottom: list[float] = field(default_factory=list)
    x: list[float] = field(default_factory=list)
    y: list[float] = field(default_factory=list)
    places: list[Box] | None = None
    confidences: list[float] | None = None

    def fill(self, chars: Sequence[str], edges: Sequence[list[float]]) -> None:
        """Take over characters and the edges of their boxes: left, top, right, bottom."""
        self.chars = chars
        self.left, self.top, self.right, self.bottom = edges
        self.x = [(start + end) * 0.5 for start, end in zip(self.left, self.right, strict=True)]
        self.y = [(start + end) * 0.5 for start, end in zip(self.top, self.bottom, strict=True)]

    def append(self, chars: str, boxes: Sequence[Box]) -> None:
        """Take over more characters."""
        edges = (self.left, self.top, self.right, self.bottom)
        self.fill([*self.chars, *chars], [old + new for old, new in zip(edges, columns(boxes), strict=True)])

    def box(self, index: int) -> Box:
        """The box of a character."""
        return self.left[index], self.top[index], self.right[index], self.bottom[index]


def columns(boxes: Sequence[Box]) -> list[list[float]]:
    """Left, top, right and bottom edges of boxes."""
    numbers = list(chain.from_iterable(boxes))
    return [numbers[side::4] for side in range(4)]


class Frame:
    """Maps page space (origin bottom-left, unturned) to the page as displayed (origin top-left)."""

    def __init__(self, raw: Any, handle: Any) -> None:
        self.rotation = raw.FPDFPage_GetRotation(handle) % 4
        corners = []
        for device in (0, DEVICE):  # the displayed corners tell the visible part, whatever crops and turns it
            x, y = ctypes.c_double(), ctypes.c_double()
            raw.FPDF_DeviceToPage(handle, 0, 0, DEVICE, DEVICE, 0, device, device, ctypes.byref(x), ctypes.byref(y))
            corners.append((x.value, y.value))
        (x0, x1), (y0, y1) = (sorted(c[i] for c in corners) for i in (0, 1))
        self.edges = (x0, y0, x1, y1)
        self.size = (x1 - x0, y1 - y0) if self.rotation % 2 == 0 else (y1 - y0, x1 - x0)

    def place_all(self, edges: list[list[float]]) -> list[list[float]]:
        """Displayed edges (left, top, right, bottom) of boxes given by left edges, bottoms, right edges, tops."""
        if self.rotation:
            return columns([self.place(*box) for box in zip(*edges, strict=True)])
        left, _, _, top = self.edges
        x0, y0, x1, y1 = edges
        if left:
            x0, x1 = [x - left for x in x0], [x - left for x in x1]
        return [x0, [top - y for y in y1], x1, [top - y for y in y0]]

    def place(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The displayed box of a box in page space (left, bottom, right, top)."""
        left, bottom, right, top = self.edges
        if self.rotation == 0:
            return (x0 - left, top - y1, x1 - left, top - y0)
        if self.rotation == 1:
            return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if self.rotation == 2:
            return (right - x1, y0 - bottom, right - x0, y1 - bottom)
        return (top - y1, right - x1, top - y0, right - x0)


def read_glyphs(raw: Any, handle: Any, number: int, frame: Frame, forms: bool) -> Page:
    """Characters of a page without pdfium's own blanks and line ends, doubles, and what stands off the page.

    forms -- whether the page draws form objects.
    """
    page = Page(number, *frame.size)
    text = raw.FPDFText_LoadPage(handle)
    if text:
        try:
            chars, edges = GlyphReader(raw, text, forms).collect()
        finally:
            raw.FPDFText_ClosePage(text)
        page.fill(*keep_visible(chars, frame.place_all(edges), frame.size))
        drop_doubles(page)
    return page


def keep_visible(chars: str, edges: list[list[float]], size: tuple[float, float]) -> tuple[str, list[list[float]]]:
    """The characters whose boxes touch the page, and the edges of these."""
    left, top, right, bottom = edges
    wide, high = size
    if not chars or (min(right) > 0 and max(left) < wide and min(bottom) > 0 and max(top) < high):
        return chars, edges
    seen = [x1 > 0 and x0 < wide and y1 > 0 and y0 < high for x0, y0, x1, y1 in zip(*edges, strict=True)]
    return "".join(compress(chars, seen)), [list(compress(column, seen)) for column in edges]


class GlyphReader:
    """Reads the characters of one text page."""

    def __init__(self, raw: Any, text: Any, forms: bool) -> None:
        self.raw = raw
        self.text = text
        self.forms = forms
        self.high = 0

    def collect(self) -> tuple[str, list[list[float]]]:
        """Characters on paper and the edges of their boxes in page space: left, bottom, right, top."""
        text = self.read_text()
        chars = list(text)
        for found in LINE_END.finditer(text):
            chars[found.start()] = ""
        blanks = [found.start() for found in BLANK.finditer(text)]
        for index, made in zip(blanks, map(self.raw.FPDFText_IsGenerated, repeat(self.text), blanks), strict=True):
            if made:
                chars[index] = ""
        for found in ODD.finditer(text):
            chars[found.start()] = self.printed(found.start())
        indices = list(compress(range(len(chars)), chars))
        edges = character_edges(self.raw, self.text, indices)
        if self.forms or not usual(edges):
            self.mend(edges, indices)
        return "".join(chars), edges

    def mend(self, edges: list[list[float]], indices: list[int]) -> None:
        """Put safe boxes in the place of odd ones, of all on a page with forms."""
        for at, box in enumerate(zip(*edges, strict=True)):
            left, bottom, right, top = box
            if self.forms or not (SMALL < right - left < LARGE and SMALL < top - bottom < LARGE):
                for column, value in zip(edges, self.safe_box(indices[at], box), strict=True):
                    column[at] = value

    def read_text(self) -> str:
        """One character for each of the text page, odd ones as pdfium has them."""
        count = self.raw.FPDFText_CountChars(self.text)
        buffer = (ctypes.c_ushort * (count + 1))()
        written = self.raw.FPDFText_GetText(self.text, 0, count, buffer) - 1
        text = bytes(buffer)[: 2 * count].decode(UTF16, "surrogatepass")
        # pdfium leaves some characters out of its text and writes others as two
        return text if written == len(text) == count else "\0" * count

    def printed(self, index: int) -> str:
        """A character by its code: surrogates joined, hyphens of line ends restored, odd ones U+FFFD.

        Blanks and line ends that pdfium made, and the first halves of surrogates, are "".
        """
        code = self.raw.FPDFText_GetUnicode(self.text, index)
        if 0x20 < code < 0xD800:
            return chr(code)
        if code in HYPHENS:
            return "-" if code == 0x02 or self.raw.FPDFText_IsHyphen(self.text, index) == 1 else LOST
        if code <= 0x20:
            return " " if code == 0x20 and not self.raw.FPDFText_IsGenerated(self.text, index) else ""
        if 0xD800 <= code < 0xDC00:
            self.high = code
            return ""
        if 0xDC00 <= code < 0xE000:
            high, self.high = self.high, 0
            return chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else LOST
        return chr(code) if 0xE000 <= code < 0x110000 and code != 0xFFFF else LOST

    def safe_box(self, index: int, loose: Box) -> Box:
        """The loose box where it is in keeping with the ink, else the ink box (turned text, vertical fonts)."""
        tight = self.tight_box(index)
        ink = max(tight[2] - tight[0], tight[3] - tight[1])
        if self.forms and (moved := self.out_of_form(index, tight)) is not None:
            return moved
        wide, high = loose[2] - loose[0], loose[3] - loose[1]
        return (
            loose
            if min(wide, high) >= SMALL and (max(wide, high) < LARGE or max(wide, high) <= 3 * ink)
            else self.em_box(index, tight)
        )

    def em_box(self, index: int, tight: Box) -> Box:
        """The ink box stretched across the writing direction to the height of the font, so that lines show."""
        matrix = MatrixValues()
        x, y = ctypes.c_double(), ctypes.c_double()
        self.raw.FPDFText_GetMatrix(self.text, index, ctypes.byref(matrix))
        self.raw.FPDFText_GetCharOrigin(self.text, index, ctypes.byref(x), ctypes.byref(y))
        size = self.raw.FPDFText_GetFontSize(self.text, index)
        a, b = abs(matrix.a), abs(matrix.b)
        if b < 0.02 * a:
            edges = sorted((y.value + DESCENT * size * matrix.d, y.value + ASCENT * size * matrix.d))
            return (tight[0], edges[0], tight[2], edges[1])
        if a < 0.02 * b:
            edges = sorted((x.value + DESCENT * size * matrix.c, x.value + ASCENT * size * matrix.c))
            return (edges[0], tight[1], edges[1], tight[3])
        return tight

    def tight_box(self, index: int) -> Box:
        """The ink box of a character in page space."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        self.raw.FPDFText_GetCharBox(self.text, index, *map(ctypes.byref, (left, right, bottom, top)))
        return (left.value, bottom.value, right.value, top.value)

    def out_of_form(self, index: int, box: Box) -> Box | None:
        """The box in page space of a character whose box pdfium left in the space of its form (replacement text)."""
        raw = self.raw
        item = raw.FPDFText_GetTextObject(self.text, index)
        inner, whole = MatrixValues(), MatrixValues()
        if not item or not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(inner)):
            return None
        raw.FPDFText_GetMatrix(self.text, index, ctypes.byref(whole))
        form = divide(values(whole), values(inner))
        edges = [ctypes.c_float() for _ in range(4)]
        if form is None or not raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges)):
            return None
        own = (edges[0].value, edges[1].value, edges[2].value, edges[3].value)
        if not inside(box, own) or inside(box, move(own, form)):
            return None
        return move(box, form)


def usual(edges: list[list[float]]) -> bool:
    """Whether all boxes are as large as those of characters are."""
    left, bottom, right, top = edges
    wide, high = list(map(sub, right, left)), list(map(sub, top, bottom))
    return not wide or (min(wide) > SMALL < min(high) and max(wide) < LARGE > max(high))


def drop_doubles(page: Page) -> None:
    """Drop characters printed again at nearly one place, as programs do for want of a bold font."""
    points = [int(x) * FAR + int(y) for x, y in zip(page.x, page.y, strict=True)]
    if len({point & FINE for point in points}) == len(points) == len({point + DIAGONAL & FINE for point in points}):
        return
    seen: tuple[set[tuple[str, int]], ...] = (set(), set())
    kept = []
    for char, point in zip(page.chars, points, strict=True):
        one, other = (char, point & FINE), (char, point + DIAGONAL & FINE)
        new = one not in seen[0] and other not in seen[1]
        kept.append(new)
        if new:
            seen[0].add(one)
            seen[1].add(other)
    edges = [list(compress(column, kept)) for column in (page.left, page.top, page.right, page.bottom)]
    page.fill("".join(compress(page.chars, kept)), edges)
