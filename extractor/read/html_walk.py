"""A web page as text: the main block's paragraphs, headings, lists and tables, in page order."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.errors import ReadError
from extractor.lexicon import matcher, table
from extractor.read.build import Builder, CellDraft, glue
from extractor.read.declare import Reading
from extractor.read.decode import decode
from extractor.read.html_frames import framed_names, open_documents
from extractor.read.html_tree import furniture, is_chrome, is_frame, main_block, prune
from extractor.read.inside import shorten
from extractor.types import Notice, ReaderInfo

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = {
    *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "header", "center", "form", "body"),
    *("fieldset", "blockquote", "pre", "figure", "figcaption", "address", "hr", "caption", "details", "summary"),
    *("table", "thead", "tbody", "tfoot", "tr", "td", "th"),
}
SPACE = matcher(r"[^\S\u3000\xa0]+")
LONG_TAG = matcher(r"<([A-Za-z][A-Za-z0-9]{0,20})\s[^<>]{20000,}>")  # the parser takes forever on its attributes
HEAD = 100_000
MAX_DEPTH = 300
FEW = 20  # characters of a page that only frames others
MAX_SPAN = 1000


def read_page(data: bytes) -> Reading:
    """The report of a web page without what surrounds it; repeated paragraphs stay."""
    text, notices = decode(data, declared=True)
    text = LONG_TAG.sub(r"<\1>", open_documents(text))
    if "<!ENTITY" in text[:HEAD]:
        dropped = "the page declares entities, which are not resolved; text that stood for them is missing"
        notices = (*notices, Notice("entity_dropped", dropped))
    walker = walk_page(text, hidden=True)
    if len(walker.builder.text) < 200:  # scripts of some sites show what the markup hides
        shown = walk_page(text, hidden=False)
        walker = shown if len(shown.builder.text) > 2 * len(walker.builder.text) else walker
    builder = walker.builder
    if framed := framed_names(text):
        if len(builder.text) < FEW:
            raise ReadError("no_text", f"the page only frames others ({shorten(', '.join(framed[:3]))}); give those")
        message = f"{len(framed)} framed pages are not part of the file and were not read"
        notices = (*notices, Notice("frames_left_out", message))
    if not builder.text.strip():
        raise ReadError("no_text", "the page holds no text; save it again after the page has loaded its content")
    info = ReaderInfo("html", "1")
    return Reading(builder.text, tuple(builder.blocks), tuple(builder.grids), info, warnings=notices)


def walk_page(text: str, hidden: bool) -> Walker:
    """Parse, prune, choose the main block, and collect it under the page's title."""
    tree = LexborHTMLParser(text)
    titles = [node.text(separator=" ") for node in (tree.css_first("h1"), tree.css_first("title")) if node]
    prune(tree, hidden)
    walker = Walker()
    body = tree.body
    if body is None:
        return walker
    block = main_block(body)
    walker.walk(block, 0)
    walker.flush()
    title = missing_title(titles, walker.builder.text)
    if title:
        walker = Walker()
        walker.builder.add_block("title", title)
        walker.walk(block, 0)
        walker.flush()
    return walker


def missing_title(titles: list[str], text: str) -> str:
    """The page's title where it names a report and the text does not open with it, else ""."""
    lines = [re.sub(r"\s+", "", line) for line in text[:1000].split("\n")[:6]]
    for raw in titles:
        title = SPACE.sub(" ", re.split(r"[_|]", raw.strip())[0]).strip()
        if any(word in title for word in table("reading")["chrome"]["title"]):
            short = re.sub(r"\s+", "", title)
            return "" if any(short in line and len(line) < len(short) + 20 for line in lines) else title
    return ""


class Walker:
    """Walks a tree in order and turns it into blocks and grids."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.inline: list[str] = []
        self.kind: tuple[str, int | None] = ("paragraph", None)

    def flush(self) -> None:
        """End the running block; a line of the page itself is dropped."""
        text = SPACE.sub(" ", "".join(self.inline)).strip(" ")
        self.inline.clear()
        if text.strip() and not is_chrome(text):
            self.builder.add_block(self.kind[0], text, self.kind[1])

    def walk(self, node: LexborNode, depth: int) -> None:
        """Collect everything below ``node``."""
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self.inline.append(child.text(deep=False))
            elif tag == "br":
                self.flush()
            elif tag == "table" and not is_frame(child):
                self.flush()
                self.builder.add_grid(table_rows(child))
            elif tag == "a" or not furniture(child):
                self.enter(child, tag, depth)

    def enter(self, node: LexborNode, tag: str, depth: int) -> None:
        """Walk into an element; block elements end the running block before and after."""
        if depth >= MAX_DEPTH:
            self.inline.append(node.text(separator="\n"))
            return
        if tag not in BLOCKS and tag not in HEADINGS:
            self.walk(node, depth + 1)
            return
        self.flush()
        outer, self.kind = self.kind, block_kind(tag, self.kind)
        self.walk(node, depth + 1)
        self.flush()
        self.kind = outer


def block_kind(tag: str, outer: tuple[str, int | None]) -> tuple[str, int | None]:
    """Kind and level of the blocks inside an element."""
    if tag in HEADINGS:
        return "heading", HEADINGS[tag]
    if tag == "li":
        return "list_item", None
    return outer


def table_rows(node: LexborNode) -> list[list[CellDraft]]:
    """Rows of cells of a table."""
    rows = []
    for row in node.css("tr"):
        cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
        rows.append([CellDraft(cell_text(c), span(c, "rowspan"), span(c, "colspan")) for c in cells])
    return rows


def cell_text(cell: LexborNode) -> str:
    """Text of a cell on one line; blocks inside are joined."""
    pieces: list[str] = []
    collect(cell, pieces, 0)
    lines = [SPACE.sub(" ", line).strip() for line in "".join(pieces).split("\f")]
    text = ""
    for line in filter(None, lines):
        text += (glue(text[-1], line[0]) if text else "") + line
    return text


def collect(node: LexborNode, pieces: list[str], depth: int) -> None:
    """Text below a node; a form feed where a block or line ends."""
    for child in node.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            pieces.append(child.text(deep=False))
        elif tag == "br":
            pieces.append("\f")
        elif depth < MAX_DEPTH:
            collect(child, pieces, depth + 1)
            pieces.append("\f" if tag in BLOCKS else "")


def span(cell: LexborNode, name: str) -> int:
    """Rows or columns that a cell takes, 1 where the number is missing or odd."""
    value = (cell.attributes.get(name) or "").strip()
    return min(max(1, int(value)), MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 1
