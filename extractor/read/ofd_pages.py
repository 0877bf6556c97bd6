"""Pages of a fixed layout document: characters with boxes and ruled lines, then the same way as a PDF."""

from __future__ import annotations

import posixpath
import zipfile

from lxml import etree

from extractor.errors import ReadError
from extractor.lexicon import matcher
from extractor.read.declare import Reading
from extractor.read.matrices import IDENTITY, Matrix, move
from extractor.read.package import open_package, parse_part
from extractor.read.pdf import MAX_PAGES, Sheets, check_text, write_reading
from extractor.read.pdf_cells import draft_table
from extractor.read.pdf_flow import PageFlow
from extractor.read.pdf_glyphs import ASCENT, DESCENT, Page, columns
from extractor.read.pdf_grids import find_grids
from extractor.read.pdf_lines import find_lines
from extractor.read.pdf_pieces import share_out
from extractor.read.pdf_rules import MAX_RULES, Rules
from extractor.types import Box, ReaderInfo

POINTS = 72 / 25.4  # in a millimetre
NUMBER = matcher(r"-?[0-9]{0,9}\.?[0-9]{1,9}")
STEP = matcher(r"([MLBQAC])|(-?[0-9]{0,9}\.?[0-9]{1,9})")
MAX_REPEAT = 10_000  # equal steps between characters in short form
MAX_CHARS = 1_000_000  # of a page


def read_pages(data: bytes) -> Reading:
    """Pages of the first document in the file."""
    package = open_package(data)
    root = need(package, "OFD.xml")
    place = text_of(first(root, "DocRoot")).lstrip("/")
    document = need(package, place)
    folder = posixpath.dirname(place)
    area = page_size(first(document, "PageArea"), (0.0, 0.0, 210.0, 297.0))
    templates = {e.get("ID", ""): join(folder, e.get("BaseLoc", "")) for e in every(document, "TemplatePage")}
    sheets = Sheets()
    pages = [e for e in every(document, "Page") if e.get("BaseLoc")]
    for number, page in enumerate(pages[:MAX_PAGES], 1):
        content = parse_part(package, join(folder, page.get("BaseLoc", "")))
        if content is None:
            sheets.warn("page_damaged", f"page {number} can't be read; look at it yourself", number)
            continue
        below = [templates.get(e.get("TemplateID", ""), "") for e in every(content, "Template")]
        parts = [p for name in below[:20] if name and (p := parse_part(package, name)) is not None]
        sheets.flows.append(PageReader(number, content, area).read([*parts, content]))
    blank = [flow.page.number for flow in sheets.flows if not flow.page.chars]
    sheets.wanting["blank"].extend(blank)
    check_text(sheets, len(pages))
    return write_reading(sheets, ReaderInfo("ofd", "1"), len(pages))


def need(package: zipfile.ZipFile, name: str) -> etree._Element:
    """Root of a part that has to be there."""
    root = parse_part(package, name) if name else None
    if root is None:
        raise ReadError("damaged", "the main part of the document is missing; fetch or export it again")
    return root


def join(folder: str, name: str) -> str:
    """Name of a part inside the file that another part refers to."""
    return name.lstrip("/") if name.startswith("/") else posixpath.normpath(posixpath.join(folder, name))


def every(node: etree._Element, name: str) -> list[etree._Element]:
    """Elements below ``node`` with a local name, whatever their namespace."""
    return [e for e in node.iter() if isinstance(e.tag, str) and e.tag.rsplit("}", 1)[-1] == name]


def first(node: etree._Element, name: str) -> etree._Element | None:
    """The first of them."""
    return next(iter(every(node, name)), None)


def text_of(node: etree._Element | None) -> str:
    """Text of an element, "" for none."""
    return (node.text or "").strip() if node is not None else ""


def numbers(text: str | None) -> list[float]:
    """Numbers of an attribute."""
    return [float(m) for m in NUMBER.findall((text or "")[:100_000])]


def page_size(area: etree._Element | None, otherwise: Box) -> Box:
    """The paper as x, y, width, height in millimetres."""
    box = numbers(text_of(first(area, "PhysicalBox"))) if area is not None else []
    return (box[0], box[1], box[2], box[3]) if len(box) >= 4 and min(box[2:4]) > 1 else otherwise


class PageReader:
    """Reads one page."""

    def __init__(self, number: int, content: etree._Element, area: Box) -> None:
        self.area = page_size(first(content, "Area"), area)
        self.page = Page(number, self.area[2] * POINTS, self.area[3] * POINTS)
        self.chars: list[str] = []
        self.boxes: list[Box] = []
        self.rules = Rules([], [])

    def read(self, parts: list[etree._Element]) -> PageFlow:
        """Lines and tables of the page and the templates under it."""
        for part in parts:
            for item in every(part, "TextObject"):
                self.take_text(item)
            for item in every(part, "PathObject"):
                self.take_path(item)
        self.page.fill(self.chars, columns(self.boxes))
        grids = find_grids(self.rules) if self.chars else []
        outside = share_out(self.page, grids)
        tables = [draft for grid in grids if (draft := draft_table(self.page, grid)) is not None]
        return PageFlow(self.page, find_lines(self.page, outside), tables)

    def place(self, box: Box, item: etree._Element) -> Box:
        """A box of an object in points on the page."""
        x, y = [*numbers(item.get("Boundary")), 0.0, 0.0][:2]
        matrix = numbers(item.get("CTM"))
        turn: Matrix = (
            (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]) if len(matrix) == 6 else IDENTITY
        )
        x0, top, x1, bottom = move(box, turn)
        left, upper = x - self.area[0], y - self.area[1]
        return ((x0 + left) * POINTS, (top + upper) * POINTS, (x1 + left) * POINTS, (bottom + upper) * POINTS)

    def take_text(self, item: etree._Element) -> None:
        """Characters of one text object."""
        size = next(iter(numbers(item.get("Size"))), 3.0)
        x = y = 0.0
        for code in every(item, "TextCode"):
            x, y = next(iter(numbers(code.get("X"))), x), next(iter(numbers(code.get("Y"))), y)
            text = (code.text or "").strip("\r\n")
            across, down = steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))
            for index, char in enumerate(text[: MAX_CHARS - len(self.chars)]):
                wide = size if char >= "\u2e80" else size / 2
                if not char.isspace():
                    self.chars.append(char)
                    self.boxes.append(self.place((x, y - ASCENT * size, x + wide, y - DESCENT * size), item))
                x += across[index] if index < len(across) else 0.0 if down else wide
                y += down[index] if index < len(down) else 0.0

    def take_path(self, item: etree._Element) -> None:
        """Lines of one drawn object."""
        last = start = (0.0, 0.0)
        for kind, values in segments(text_of(first(item, "AbbreviatedData"))):
            point = (values[-2], values[-1]) if len(values) >= 2 else start
            if kind == "M":
                start = point
            elif kind in ("L", "C") and len(self.rules.across) + len(self.rules.down) < MAX_RULES:
                (x0, x1), (y0, y1) = sorted((last[0], point[0])), sorted((last[1], point[1]))
                self.rules.add(self.place((x0, y0, x1, y1), item))
            last = point


def matrix_of(item: etree._Element) -> Matrix:
    """The matrix that an object is drawn with."""
    values = numbers(item.get("CTM"))
    return (values[0], values[1], values[2], values[3], values[4], values[5]) if len(values) == 6 else IDENTITY


def steps(text: str | None, most: int) -> list[float]:
    """Distances from character to character; ``g 3 4.2`` stands for three of 4.2."""
    words = (text or "").split()[: 3 * MAX_REPEAT]
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        if words[at] == "g" and at + 2 < len(words):
            times = int(words[at + 1]) if words[at + 1].isdigit() and len(words[at + 1]) < 6 else 0
            found.extend((numbers(words[at + 2]) or [0.0])[:1] * min(times, MAX_REPEAT))
            at += 3
        else:
            found.extend(numbers(words[at])[:1])
            at += 1
    return found


def segments(text: str) -> list[tuple[str, list[float]]]:
    """Pen movements of a path: letter and numbers."""
    found: list[tuple[str, list[float]]] = []
    for letter, number in STEP.findall(text[:1_000_000]):
        if letter:
            found.append((letter, []))
        elif found:
            found[-1][1].append(float(number))
    return found
