"""The body of an OpenDocument text: paragraphs, automatic numbers, tables, notes and text boxes, in document order."""

from __future__ import annotations

from lxml import etree

from extractor.errors import ReadError
from extractor.lexicon import table
from extractor.read.build import Builder, CellDraft, join_lines
from extractor.read.declare import Reading
from extractor.read.docx_numbers import chinese, whole
from extractor.read.package import open_package, parse_part
from extractor.types import ReaderInfo

SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, STYLE = (f"{{{SPACE}{name}:1.0}}" for name in ("text", "table", "style"))
DRAW, OFFICE = f"{{{SPACE}drawing:1.0}}", f"{{{SPACE}office:1.0}}"
LEFT_OUT = frozenset(
    {TEXT + name for name in ("tracked-changes", "note", "ruby-text", "sequence-decls", "index-source", "deletion")}
    | {OFFICE + "annotation", OFFICE + "forms", DRAW + "object"}
)
BOX = DRAW + "text-box"
MAX_DEPTH = 60
MAX_REPEAT = 20  # equal cells in a row that are written out once for all


def read_body(data: bytes) -> Reading:
    """The body of an OpenDocument text; headers, footers, comments and deleted text are left out."""
    package = open_package(data)
    manifest = parse_part(package, "META-INF/manifest.xml")
    if manifest is not None and any(str(e.tag).endswith("}encryption-data") for e in manifest.iter()):
        raise ReadError("encrypted", "the document is locked with a password; remove the password and try again")
    root = parse_part(package, "content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise ReadError("damaged", "the main part of the document is missing; open it in LibreOffice and save it again")
    walker = BodyWalker(ListStyles([root, parse_part(package, "styles.xml")]))
    walker.walk(body, 0)
    builder = walker.builder
    if not builder.text.strip():
        raise ReadError("no_text", "the document holds no text, only images or nothing; recognise its text first (OCR)")
    return Reading(builder.text, tuple(builder.blocks), tuple(builder.grids), ReaderInfo("odt", "1"))


class ListStyles:
    """How the levels of each list style print their numbers: (format, before, after, first)."""

    def __init__(self, roots: list[etree._Element | None]) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, str, int]] = {}
        for root in (r for r in roots if r is not None):
            for style in root.iter(TEXT + "list-style"):
                for level in style.iter(TEXT + "list-level-style-number"):
                    key = (style.get(STYLE + "name", ""), whole(level.get(TEXT + "level"), 1))
                    parts = [level.get(STYLE + f"num-{name}", "") for name in ("format", "prefix", "suffix")]
                    self.levels[key] = (parts[0], parts[1], parts[2], whole(level.get(TEXT + "start-value"), 1))

    def label(self, style: str, depth: int, count: int) -> str:
        """The printed number of an item, "" for bullets."""
        form, before, after, first = self.levels.get((style, depth), ("", "", "", 1))
        number = count + first
        words = table("reading")["numbering"]
        if not form:
            return ""
        if form[0] == words["digits"][1] and 0 < number < 100:
            return before + chinese(number, words["digits"], words["tens"]) + after
        return f"{before}{number}{after}"


class BodyWalker:
    """Walks a body and fills a builder."""

    def __init__(self, styles: ListStyles) -> None:
        self.builder = Builder()
        self.styles = styles
        self.counts: dict[tuple[str, int], int] = {}

    def walk(self, node: etree._Element, depth: int) -> None:
        """Add every paragraph, list and table below ``node``."""
        for child in node:
            if child.tag in (TEXT + "p", TEXT + "h"):
                self.add_paragraph(child, depth, "")
            elif child.tag == TEXT + "list":
                self.add_list(child, child.get(TEXT + "style-name", ""), 1, depth)
            elif child.tag == TABLE + "table":
                self.add_table(child, depth)
            elif child.tag not in LEFT_OUT and isinstance(child.tag, str) and depth < MAX_DEPTH:
                self.walk(child, depth + 1)

    def add_paragraph(self, paragraph: etree._Element, depth: int, label: str) -> None:
        """Add a paragraph, then its notes and text boxes."""
        level = whole(paragraph.get(TEXT + "outline-level"), 1) if paragraph.tag == TEXT + "h" else None
        kind = "heading" if level is not None else "list_item" if label else "paragraph"
        later: list[etree._Element] = []
        text = gather(paragraph, later, 0).strip("\n")
        for line in (label + text).split("\n") if text.strip() else ():
            self.builder.add_block(kind, line, level)
        for node in later:
            if depth < MAX_DEPTH:
                self.walk(node, depth + 1)

    def add_list(self, node: etree._Element, style: str, level: int, depth: int) -> None:
        """Add the items of a list with their numbers; a list that goes on keeps counting."""
        if node.get(TEXT + "continue-numbering") != "true" and node.get(TEXT + "continue-list") is None:
            self.counts[style, level] = 0
        for item in node:
            counted = item.tag == TEXT + "list-item"
            for child in item:
                if child.tag == TEXT + "list" and depth < MAX_DEPTH:
                    self.add_list(child, child.get(TEXT + "style-name", style), level + 1, depth + 1)
                elif child.tag in (TEXT + "p", TEXT + "h"):
                    label = self.styles.label(style, level, self.counts.get((style, level), 0)) if counted else ""
                    self.counts[style, level] = self.counts.get((style, level), 0) + int(counted)
                    self.add_paragraph(child, depth, label)
                    counted = False

    def add_table(self, node: etree._Element, depth: int) -> None:
        """Add a table as a grid; one that only frames text is walked through."""
        rows = [[c for c in row if c.tag == TABLE + "table-cell"] for row in node.iter(TABLE + "table-row")]
        nested = node.find(f".//{TABLE}table") is not None
        if nested or max(map(len, rows), default=0) <= 1:
            direct = [child for child in node.iter(TABLE + "table-cell") if holder(child) is node]
            for cell in direct:
                if depth < MAX_DEPTH:
                    self.walk(cell, depth + 1)
            return
        self.builder.add_grid([[draft for cell in row for draft in self.draft(cell)] for row in rows])

    def draft(self, cell: etree._Element) -> list[CellDraft]:
        """A cell with its extent, as often as it is repeated."""
        paragraphs = [p for p in cell.iter(TEXT + "p", TEXT + "h")]
        text = join_lines("\n".join(filter(str.strip, (gather(p, [], 0) for p in paragraphs))))
        extent = [whole(cell.get(f"{TABLE}number-{name}-spanned"), 1) for name in ("rows", "columns")]
        times = min(MAX_REPEAT, max(1, whole(cell.get(TABLE + "number-columns-repeated"), 1)))
        return [CellDraft(text, extent[0], extent[1])] * times


def holder(cell: etree._Element) -> etree._Element | None:
    """The table that a cell belongs to."""
    return next(cell.iterancestors(TABLE + "table"), None)


def gather(node: etree._Element, later: list[etree._Element], depth: int) -> str:
    """Text below ``node``; the bodies of notes and text boxes are put aside."""
    pieces = [node.text or ""] if node.tag not in LEFT_OUT else []
    for child in node:
        if child.tag == TEXT + "s":
            pieces.append(" " * min(1000, whole(child.get(TEXT + "c"), 1)))
        elif child.tag == TEXT + "tab":
            pieces.append("\t")
        elif child.tag == TEXT + "line-break":
            pieces.append("\n")
        elif child.tag == BOX:
            later.append(child)
        elif child.tag == TEXT + "note":
            later.extend(child.findall(TEXT + "note-body"))
        elif child.tag not in LEFT_OUT and isinstance(child.tag, str) and depth < MAX_DEPTH:
            pieces.append(gather(child, later, depth + 1))
        pieces.append(child.tail or "")
    return "".join(pieces)
