"""The body of a Word document: paragraphs, automatic numbers, tables and text boxes, in document order."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

from lxml import etree

from extractor.errors import ReadError
from extractor.read.build import Builder, CellDraft, join_lines
from extractor.read.declare import Reading
from extractor.read.docx_numbers import VAL, Numbering, whole
from extractor.read.docx_pictures import Pictures
from extractor.read.docx_runs import NESTED, W, paragraph_text
from extractor.read.ocr import ADVICE, has_ocr
from extractor.read.package import open_package, parse_part
from extractor.types import ReaderInfo

WRAPPERS = frozenset(W + n for n in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "body", "smartTag"))
NOTES = ("footnote", "endnote")
Notes = dict[tuple[str, str], etree._Element]
MAX_DEPTH = 100  # more tables do not fit inside each other before the XML parser refuses
MAX_SPAN = 1000


def read_body(data: bytes) -> Reading:
    """The body of a Word document; headers, footers, comments and deleted text are left out."""
    package = open_package(data)
    name = main_part(package)
    root = parse_part(package, name)
    if root is None or root.tag != W + "document":
        raise ReadError("damaged", "the main part of the Word document is missing; open it in Word and save it again")
    folder = name.rsplit("/", 1)[0]
    styles = Styles(parse_part(package, f"{folder}/styles.xml"))
    numbering = Numbering(parse_part(package, f"{folder}/numbering.xml"))
    notes = read_notes(package, folder)
    walker = BodyWalker(styles, numbering, notes, Pictures(package, name))
    for body in root.findall(W + "body"):
        walker.walk(body, 0)
    builder, pictures = walker.builder, walker.pictures
    if not builder.text.strip():
        advice = "recognise its text first" if has_ocr() else ADVICE
        raise ReadError("no_text", f"the Word document holds no text, only images or nothing; {advice}")
    return Reading(
        builder.text,
        tuple(builder.blocks),
        tuple(builder.grids),
        ReaderInfo("docx", "1", pictures.recognised > 0),
        warnings=pictures.warnings(),
        confidences=pictures.confidences(builder.length),
    )


def read_notes(package: zipfile.ZipFile, folder: str) -> Notes:
    """Foot and end notes by kind and identity; separators are none."""
    notes: Notes = {}
    for kind in NOTES:
        root = parse_part(package, f"{folder}/{kind}s.xml")
        for note in root.findall(W + kind) if root is not None else ():
            if note.get(W + "type", "normal") == "normal":
                notes[kind, note.get(W + "id", "")] = note
    return notes


def main_part(package: zipfile.ZipFile) -> str:
    """Name of the main part; some programs call it document2.xml."""
    names = [n for n in package.namelist() if n.startswith("word/document") and n.endswith(".xml")]
    return "word/document.xml" if "word/document.xml" in names or not names else min(names)


class Styles:
    """What the styles of a document say of headings and lists, parents included."""

    def __init__(self, root: etree._Element | None) -> None:
        self.level: dict[str, int] = {}
        self.list: dict[str, tuple[str, int]] = {}
        self.parent: dict[str, str] = {}
        self.title: set[str] = set()
        for style in root.iter(W + "style") if root is not None else ():
            self._add(style)

    def _add(self, style: etree._Element) -> None:
        identity = style.get(W + "styleId", "")
        name = value(style, W + "name").lower()
        if name.startswith("heading ") and (level := whole(name[8:], 0)):
            self.level[identity] = level
        if name == "title":
            self.title.add(identity)
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        if outline is not None and whole(outline.get(VAL), 9) < 9:
            self.level.setdefault(identity, whole(outline.get(VAL), 9) + 1)
        numbers = style.find(f"{W}pPr/{W}numPr")
        if numbers is not None:
            self.list[identity] = number_of(numbers)
        if parent := value(style, W + "basedOn"):
            self.parent[identity] = parent

    def chain(self, identity: str) -> list[str]:
        """The style and its parents, nearest first."""
        found: list[str] = []
        while identity and identity not in found and len(found) < 20:
            found.append(identity)
            identity = self.parent.get(identity, "")
        return found


class BodyWalker:
    """Walks a body and fills a builder."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: Notes, pictures: Pictures) -> None:
        self.builder = Builder()
        self.styles = styles
        self.numbering = numbering
        self.notes = notes
        self.pictures = pictures

    def walk(self, node: etree._Element, depth: int) -> None:
        """Add every paragraph and table below ``node``."""
        for child in node:
            if child.tag == W + "p":
                self.add_paragraph(child, depth)
            elif child.tag == W + "tbl":
                self.add_table(child, depth)
            elif child.tag in WRAPPERS and depth < MAX_DEPTH:
                self.walk(child, depth + 1)

    def add_paragraph(self, paragraph: etree._Element, depth: int) -> None:
        """Add a paragraph with its number, then the text boxes that hang on it."""
        kind, level, label = self.describe(paragraph)
        text, boxes = paragraph_text(paragraph)
        if text.strip():
            lines = (label + text.strip("\n")).split("\n")
            for line in lines:
                self.builder.add_block(kind, line, level)
        self.pictures.add(paragraph, self.builder)
        for box in [*boxes, *self.noted(paragraph)]:
            if depth < MAX_DEPTH:
                self.walk(box, depth + 1)

    def noted(self, paragraph: etree._Element) -> list[etree._Element]:
        """Notes that a paragraph refers to, each once; a deleted reference brings none."""
        found = []
        for kind in NOTES if self.notes else ():
            for mark in paragraph.iter(f"{W}{kind}Reference"):
                note = self.notes.pop((kind, mark.get(W + "id", "")), None)
                if note is not None and not any(parent.tag in NESTED for parent in mark.iterancestors()):
                    found.append(note)
        return found

    def describe(self, paragraph: etree._Element) -> tuple[str, int | None, str]:
        """Kind, heading level and printed number of a paragraph; the number is counted even where the text is empty."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return "paragraph", None, ""
        chain = self.styles.chain(value(properties, W + "pStyle"))
        numbers = properties.find(W + "numPr")
        listed = number_of(numbers) if numbers is not None else None
        inherited = next((self.styles.list[s] for s in chain if s in self.styles.list), None)
        identity, depth = merge_numbers(listed, inherited)
        label = self.numbering.label(identity, depth) if identity and has_text(paragraph) else ""
        outline = whole(value(properties, W + "outlineLvl"), 9)
        level = (
            outline + 1 if outline < 9 else next((self.styles.level[s] for s in chain if s in self.styles.level), None)
        )
        if level is not None:
            return "heading", level, label
        if any(s in self.styles.title for s in chain):
            return "title", None, label
        return ("list_item" if label else "paragraph"), None, label

    def add_table(self, node: etree._Element, depth: int) -> None:
        """Add a table as a grid; one that only frames text is walked through."""
        rows = table_cells(node)
        cells = [cell for row in rows for cell in row]
        nested = [cell for cell in cells if cell.find(f".//{W}tbl") is not None]
        frame = max(map(len, rows), default=0) <= 1 or 4 * len(nested) > len(cells)
        if not frame:
            self.builder.add_grid(draft_rows(rows, self.cell_text))
            for paragraph in node.iter(W + "p"):
                self.pictures.add(paragraph, self.builder)
        for cell in cells if frame else (t for c in nested for t in c):
            if depth < MAX_DEPTH and (frame or cell.tag == W + "tbl"):
                self.walk(cell, depth + 1) if frame else self.add_table(cell, depth + 1)

    def cell_text(self, cell: etree._Element) -> str:
        """Text of a cell on one line, automatic numbers included."""
        lines = []
        for paragraph in cell.iter(W + "p"):
            if any(parent.tag in NESTED for parent in paragraph.iterancestors()):
                continue
            if next(paragraph.iterancestors(W + "tc")) is not cell:
                continue
            text = paragraph_text(paragraph)[0]
            lines.append(self.describe(paragraph)[2] + text if text.strip() else "")
        return join_lines("\n".join(filter(None, lines)))


def table_cells(node: etree._Element) -> list[list[etree._Element]]:
    """Cells of each row of a table, content controls looked through, deleted rows left out."""
    rows = []
    for row in inner(node, W + "tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            rows.append(inner(row, W + "tc"))
    return rows


def inner(node: etree._Element, tag: str) -> list[etree._Element]:
    """Children with ``tag``, also those inside wrappers."""
    found: list[etree._Element] = []
    for child in node:
        if child.tag == tag:
            found.append(child)
        elif child.tag in WRAPPERS:
            found.extend(inner(child, tag))
    return found


def draft_rows(rows: list[list[etree._Element]], text_of: Callable[[etree._Element], str]) -> list[list[CellDraft]]:
    """Cells with their extents; a cell that continues the one above it only makes that one taller."""
    open_at: dict[int, tuple[int, int]] = {}
    drafts: list[list[CellDraft]] = []
    for row in rows:
        line: list[CellDraft] = []
        column = grid_before(row)
        line.extend(CellDraft("") for _ in range(column))
        for cell in row:
            properties = cell.find(W + "tcPr")
            width = min(MAX_SPAN, max(1, whole(value(properties, W + "gridSpan"), 1)))
            merge = properties.find(W + "vMerge") if properties is not None else None
            if merge is not None and merge.get(VAL, "continue") == "continue" and column in open_at:
                r, i = open_at[column]
                drafts[r][i] = CellDraft(drafts[r][i].text, drafts[r][i].row_span + 1, drafts[r][i].column_span)
            else:
                open_at.pop(column, None)
                if merge is not None:
                    open_at[column] = (len(drafts), len(line))
                line.append(CellDraft(text_of(cell), 1, width))
            column += width
        drafts.append(line)
    return drafts


def grid_before(row: list[etree._Element]) -> int:
    """Grid columns that a row leaves free before its first cell."""
    parent = row[0].getparent() if row else None
    if parent is None or parent.tag != W + "tr":
        return 0
    return min(60, whole(value(parent.find(W + "trPr"), W + "gridBefore"), 0))


def value(node: etree._Element | None, tag: str) -> str:
    """The value attribute of a child, "" where there is none."""
    found = node.find(tag) if node is not None else None
    return found.get(VAL, "") if found is not None else ""


def number_of(properties: etree._Element) -> tuple[str, int]:
    """List and level that numbering properties name; level -1 where they don't."""
    return value(properties, W + "numId"), whole(value(properties, W + "ilvl"), -1)


def merge_numbers(own: tuple[str, int] | None, inherited: tuple[str, int] | None) -> tuple[str, int]:
    """List and level of a paragraph from its own properties and its style's; list "" where it is in none."""
    identity = own[0] if own and own[0] else inherited[0] if inherited else ""
    depth = own[1] if own and own[1] >= 0 else inherited[1] if inherited else 0
    return ("" if identity == "0" else identity), max(0, depth)


def has_text(paragraph: etree._Element) -> bool:
    """Whether a paragraph prints anything; Word counts empty items too, writers of reports leave them by accident."""
    return paragraph.find(f".//{W}t") is not None
