"""Plain text and Markdown: kept as they are, apart from byte order mark, carriage returns and NUL."""

from __future__ import annotations

import re
from itertools import pairwise

from extractor.lexicon import matcher
from extractor.read.build import clean
from extractor.read.declare import Reading, reader
from extractor.read.decode import decode
from extractor.types import Block, Grid, GridCell, Notice, ReaderInfo

HEADING = matcher(r"(#{1,6})[ \t]+(.*\S)")
RULE = matcher(r"(?<![^\n])[ \t]*+\|?[ \t]*+:?-{2,}+:?[ \t]*+(?:\|[ \t]*+:?-{2,}+:?[ \t]*+){1,60}\|?[ \t]*+")
SAMPLE = 65536  # bytes
BOXED = matcher(r"[ \t]{0,40}\|[^|\n]*\|[^\n]*\|[ \t]*")  # a row with a pipe at both ends and one between
Line = tuple[int, int]  # start and end in the text, without the line end


def beginning(data: bytes) -> bytes:
    """Whole lines of the first 64 KB; all of it where there is no line end, because a cut may split a character."""
    return data if len(data) <= SAMPLE else data[: data.rfind(b"\n", 0, SAMPLE) + 1] or data


def plain(data: bytes) -> bool:
    """Whether ``data`` decodes to text with hardly any control characters."""
    if data.startswith(b"PK\x03\x04"):
        return False
    sample = decode(beginning(data))[0]
    odd = sum("\0" < c < " " and c not in "\t\n\r\f\x1a" for c in sample) + sample.count("�")
    return odd * 50 <= len(sample) and sample.count("\0") * 5 <= len(sample)


def marked_down(data: bytes) -> bool:
    """Whether ``data`` is text with a Markdown heading, the rule or a row of a pipe table."""
    if b"|" not in data[:65536] and b"#" not in data[:65536]:
        return False
    head = decode(beginning(data))[0]
    lines = head.splitlines()
    return plain(data) and any(RULE.fullmatch(x) or HEADING.fullmatch(x) or BOXED.fullmatch(x) for x in lines)


@reader("markdown", media_type="text/markdown", suffixes=(".md", ".markdown", ".txt"), sniff=marked_down)
def read_markdown(data: bytes) -> Reading:
    """Markdown as it stands; headings carry their level, pipe tables are grids whose cells point into the source."""
    text, notices = decode_text(data)
    lines = split_lines(text)
    blocks: list[Block] = []
    grids: list[Grid] = []
    at = 0
    while at < len(lines):
        after = table_end(text, lines, at)
        if after > at:
            rows = [line for line in lines[at:after] if not RULE.fullmatch(text, *line)]
            grids.append(pipe_grid(text, rows))
            blocks.append(Block("table", lines[at][0], lines[after - 1][1]))
            at = after
            continue
        blocks.extend(markdown_block(text, lines[at]))
        at += 1
    return Reading(text, tuple(blocks), tuple(grids), ReaderInfo("markdown", "1"), warnings=notices)


@reader("text", media_type="text/plain", suffixes=(".txt", ".text", ".md"), sniff=plain)
def read_text(data: bytes) -> Reading:
    """Plain text as it stands; runs of indented lines (tables dumped one cell a line) are blocks of kind table."""
    text, notices = decode_text(data)
    blocks: list[Block] = []
    for start, end in split_lines(text):
        if text[start] != "\t":
            blocks.append(Block("paragraph", start, end))
        elif blocks and blocks[-1].kind == "table":
            blocks[-1] = Block("table", blocks[-1].start, end)
        else:
            blocks.append(Block("table", start, end))
    return Reading(text, tuple(blocks), (), ReaderInfo("text", "1"), warnings=notices)


def decode_text(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Decoded text with plain line ends, without NUL, and the notices of the decoder."""
    text, notices = decode(data)
    return clean(text.replace("\r\n", "\n").replace("\r", "\n")), notices


def split_lines(text: str) -> list[Line]:
    """Spans of the lines that are not blank."""
    return [m.span() for m in re.finditer(r"[^\n]+", text) if not m.group().isspace()]


def markdown_block(text: str, line: Line) -> list[Block]:
    """The block of one line outside tables; the marks of a heading are left out of its span."""
    heading = HEADING.fullmatch(text, *line)
    if heading:
        return [Block("heading", heading.start(2), heading.end(2), level=len(heading.group(1)))]
    return [Block("paragraph", *line)]


def table_end(text: str, lines: list[Line], at: int) -> int:
    """Index after the pipe table that starts at line ``at``; ``at`` itself where none starts."""
    if at + 1 >= len(lines) or "|" not in text[slice(*lines[at])]:
        return at
    ruled = RULE.fullmatch(text, *lines[at + 1])
    boxed = BOXED.fullmatch(text, *lines[at]) and BOXED.fullmatch(text, *lines[at + 1])
    if RULE.fullmatch(text, *lines[at]) or not (ruled or boxed):
        return at
    after = at + 2
    while after < len(lines) and "|" in text[slice(*lines[after])]:
        adjacent = lines[after][0] == lines[after - 1][1] + 1
        if not adjacent:
            break
        after += 1
    return after


def pipe_grid(text: str, rows: list[Line]) -> Grid:
    """Grid of the lines of a pipe table, its rule left out."""
    cells: list[GridCell] = []
    for r, line in enumerate(rows):
        for c, (start, end) in enumerate(pipe_cells(text, line)):
            cells.append(GridCell(r, c, 1, 1, text[start:end], start, end))
    columns = max((cell.column + 1 for cell in cells), default=0)
    return Grid(len(rows), columns, tuple(cells), rows[0][0], rows[-1][1])


def pipe_cells(text: str, line: Line) -> list[Line]:
    """Spans of the cells of one row, blanks around them left out; a pipe behind a backslash is no border."""
    start, end = line
    borders = [m.start() for m in re.finditer(r"(?<!\\)\|", text[start:end])]
    edges = [start - 1, *(start + b for b in borders), end]
    spans = [trim(text, a + 1, b) for a, b in pairwise(edges)]
    if borders and not text[start : start + borders[0]].strip():
        spans = spans[1:]
    if borders and not text[start + borders[-1] + 1 : end].strip():
        spans = spans[:-1]
    return spans


def trim(text: str, start: int, end: int) -> Line:
    """The span without blanks at its ends."""
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return (left, max(left, start + len(piece.rstrip())))
