"""Rich text to paragraphs and tables: groups, control words, characters in the charset of their font."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractor.read.build import Builder
from extractor.read.rtf_rows import RowShape, draft_rows
from extractor.record import record, replace

TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,9})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z'])|([{}])|([^\\{}\r\n\0]+)|[\r\n\0]+|\\"
)
SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata colorschememapping header headerl headerr headerf footer "
    b"footerl footerr footerf fldinst xe tc listtable listoverridetable rsidtbl generator datastore latentstyles "
    b"revtbl annotation atnid atnauthor atntime atnicn atnref pgptbl filetbl nonshppict nonesttables mmathPr".split()
)
SHOWN = frozenset(b"shptxt shppict shpinst shp listtext pntext fldrslt ud upr nesttableprops".split())
SIGNS = {
    b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002", b"lbr": "\n",
}  # fmt: skip
ESCAPED = {b"~": " ", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}", b"\r": "\n", b"\n": "\n"}
CHARSETS = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949", 204: "cp1251", 238: "cp1250", 161: "cp1253"}
PAGES = {936: "gb18030", 950: "big5hkscs", 54936: "gb18030", 65001: "utf-8", 10008: "gb18030"}
ENDS = frozenset((b"par", b"sect", b"page"))
MAX_GROUPS = 2000  # inside each other
MAX_FONTS = 5000


@record
class State:
    """What holds inside a group: whether its text shows, the font, bytes that follow an escaped code point."""

    shown: bool = True
    font: int = 0
    tail: int = 1
    fonts: bool = False  # the group is the table of fonts
    hidden: bool = False
    in_table: bool = False
    level: int | None = None


class RtfBody:
    """Reads one file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.builder = Builder()
        self.state = State()
        self.stack: list[State] = []
        self.fonts: dict[int, str] = {}
        self.page = "gb18030"
        self.raw = bytearray()
        self.pieces: list[str] = []
        self.left_out = 0
        self.high = 0
        self.optional = False
        self.row: list[str] = []
        self.shape = RowShape()
        self.rows: list[tuple[list[str], RowShape]] = []

    def read(self) -> Builder:
        """The whole file as blocks and grids."""
        at, end = 0, len(self.data)
        while at < end:
            found = TOKEN.match(self.data, at)
            if found is None:
                break
            at = max(found.end(), at + 1)
            word, number, code, escaped, brace, text = found.groups()
            if word == b"bin":
                at += min(max(0, int(number or 0)), end - at)
            elif word is not None:
                self.take_word(word, int(number) if number else None)
            elif brace is not None:
                self.open() if brace == b"{" else self.close()
            else:
                self.take_text(code, escaped, text)
        self.end_paragraph()
        self.end_table()
        return self.builder

    def open(self) -> None:
        """Start of a group."""
        self.settle()
        if len(self.stack) < MAX_GROUPS:
            self.stack.append(self.state)
        self.optional = False
        self.left_out = 0

    def close(self) -> None:
        """End of a group."""
        self.settle()
        if self.stack:
            self.state = self.stack.pop()
        self.left_out = 0

    def take_text(self, code: bytes | None, escaped: bytes | None, text: bytes | None) -> None:
        """Characters: a byte in hex, an escaped sign, or plain text."""
        if escaped == b"*":
            self.optional = True
            return
        if self.left_out and (code or text):
            cut = 1 if code else min(self.left_out, len(text or b""))
            self.left_out -= cut
            code, text = None, (text or b"")[cut:] or None
        if code:
            self.raw.append(int(code, 16))
        elif text:
            self.raw.extend(text)
        elif escaped in ESCAPED:
            self.put(ESCAPED[escaped])

    def put(self, piece: str) -> None:
        """Append text where it shows."""
        self.settle()
        if self.state.shown and not self.state.hidden:
            self.pieces.append(piece)

    def settle(self) -> None:
        """Decode the bytes that were gathered."""
        if self.raw:
            data = bytes(self.raw)
            self.raw.clear()
            if self.state.shown and not self.state.hidden:
                self.pieces.append(data.decode(self.charset(data), "replace"))

    def charset(self, data: bytes) -> str:
        """The font's charset; where it says Western, and the file is Chinese, what fits the bytes."""
        name = self.fonts.get(self.state.font, self.page)
        return name if not data.isascii() else "ascii"

    def take_word(self, word: bytes, number: int | None) -> None:
        """Do what a control word says."""
        if self.optional or word in SKIPPED:
            self.skip(word)
            return
        if word in SIGNS:
            self.put(SIGNS[word])
        elif word in ENDS:
            self.end_paragraph()
        elif word == b"u" and number is not None:
            self.take_code(number)
        elif word in ACTIONS:
            self.settle()
            ACTIONS[word](self, number)

    def skip(self, word: bytes) -> None:
        """Hide a group that is no text; those that readers may know but that hold text stay."""
        self.settle()
        if word == b"fonttbl":
            self.state = replace(self.state, fonts=True, shown=False)
        elif not (self.optional and word in SHOWN):
            self.state = replace(self.state, shown=False)
        self.optional = False

    def take_code(self, number: int) -> None:
        """A code point, halves of a pair joined."""
        self.settle()
        value = number & 0xFFFF
        self.left_out = self.state.tail
        if 0xD800 <= value < 0xDC00:
            self.high = value
        elif 0xDC00 <= value < 0xE000:
            if self.high:
                self.put(chr(0x10000 + ((self.high - 0xD800) << 10) + value - 0xDC00))
            self.high = 0
        else:
            self.put(chr(value))

    def end_paragraph(self) -> None:
        """End of a paragraph; inside a table its text belongs to the cell."""
        self.settle()
        if self.state.in_table:
            if self.state.shown:
                self.pieces.append("\n")
            return
        if self.rows:
            self.end_table()
        text = "".join(self.pieces)
        self.pieces.clear()
        level = self.state.level
        for line in text.split("\n"):
            self.builder.add_block("paragraph" if level is None else "heading", line, level)

    def end_cell(self) -> None:
        """End of a table cell."""
        self.settle()
        self.row.append("".join(self.pieces).strip("\n"))
        self.pieces.clear()

    def end_row(self) -> None:
        """End of a table row."""
        if self.row:
            self.rows.append((self.row, self.shape))
        self.row = []

    def end_table(self) -> None:
        """Write the rows gathered so far as a grid; a table of one column only frames text."""
        if self.row:
            self.end_row()
        rows, self.rows = self.rows, []
        if max((len(cells) for cells, _ in rows), default=0) > 1:
            self.builder.add_grid(draft_rows(rows))
            return
        for line in (line for cells, _ in rows for cell in cells for line in cell.split("\n")):
            self.builder.add_block("paragraph", line)

    def change(self, **values: object) -> None:
        """Change what holds in the group."""
        self.state = replace(self.state, **values)


def set_page(body: RtfBody, number: int | None) -> None:
    """The code page of the file; Western ones are tried as Chinese, which reports are."""
    body.page = PAGES.get(number or 0, "gb18030")


def set_font(body: RtfBody, number: int | None) -> None:
    """The font of what follows, or the font that the table goes on to describe."""
    body.change(font=number or 0)


def set_charset(body: RtfBody, number: int | None) -> None:
    """The charset of the font that the table describes."""
    if body.state.fonts and number in CHARSETS and len(body.fonts) < MAX_FONTS:
        body.fonts[body.state.font] = CHARSETS[number]


def start_row(body: RtfBody, number: int | None) -> None:
    """Start of the properties of a row."""
    body.shape = RowShape()


def plain_paragraph(body: RtfBody, number: int | None) -> None:
    """Back to a paragraph outside tables."""
    if body.row or not body.rows:
        body.change(in_table=False, level=None)
        return
    body.change(in_table=False, level=None)


ACTIONS: dict[bytes, Callable[[RtfBody, int | None], None]] = {
    b"ansicpg": set_page,
    b"f": set_font,
    b"fcharset": set_charset,
    b"uc": lambda body, number: body.change(tail=min(8, max(0, number if number is not None else 1))),
    b"v": lambda body, number: body.change(hidden=number != 0),
    b"deleted": lambda body, number: body.change(hidden=number != 0),
    b"plain": lambda body, number: body.change(hidden=False),
    b"pard": plain_paragraph,
    b"intbl": lambda body, number: body.change(in_table=True),
    b"outlinelevel": lambda body, number: body.change(level=min(9, (number or 0) + 1)),
    b"trowd": start_row,
    b"cellx": lambda body, number: body.shape.add(number or 0),
    b"clvmgf": lambda body, number: body.shape.mark("top"),
    b"clvmrg": lambda body, number: body.shape.mark("below"),
    b"clmgf": lambda body, number: body.shape.mark("left"),
    b"clmrg": lambda body, number: body.shape.mark("right"),
    b"cell": lambda body, number: body.end_cell(),
    b"nestcell": lambda body, number: body.put("\n"),
    b"row": lambda body, number: body.end_row(),
}
