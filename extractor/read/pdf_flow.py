"""From lines to paragraphs: page furniture goes, wrapped lines are joined, also over page ends."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from extractor.lexicon import matcher, table
from extractor.read.pdf_cells import DraftTable, join_tables
from extractor.read.pdf_glyphs import Page
from extractor.read.pdf_lines import TextLine
from extractor.record import field, record

TOP, FOOT = 0.12, 0.86  # of the page height: zones of running heads and feet
MAX_LEADERS = 30  # characters of a line end that are looked at
LONGEST = 40  # characters of a running head
FIGURES = matcher(r"[0-9\s]+")
WORD = matcher(r"[0-9A-Za-z.,%]{1,20}")
GRAIN = 4.0  # points: positions are compared in steps


@record(frozen=False)
class PageFlow:
    """What stands on a page in reading order: lines and tables."""

    page: Page
    lines: list[TextLine]
    tables: list[DraftTable]

    def items(self) -> list[TextLine | DraftTable]:
        """Lines and tables from top to bottom."""
        return sorted([*self.lines, *self.tables], key=lambda item: item.top)


@record(frozen=False)
class Margins:
    """Left and right edge of the running text, in points."""

    left: float
    right: float


@record(frozen=False)
class Paragraph:
    """Lines that are one paragraph."""

    lines: list[TextLine] = field(default_factory=list)


@cache
def page_number() -> re.Pattern[str]:
    """A whole line that only says which page it is."""
    return matcher("|".join(table("reading")["page_numbers"]))


@cache
def item_mark() -> re.Pattern[str]:
    """What opens a new paragraph."""
    return matcher("|".join(table("reading")["item_marks"]))


@cache
def leaders() -> re.Pattern[str]:
    """How a line of a table of contents ends."""
    return matcher(table("reading")["leaders"] + "$")


def drop_furniture(flows: list[PageFlow]) -> None:
    """Take page numbers, running heads and feet out of the lines of every page."""
    repeated = Counter(key for flow in flows for key in {place_key(flow, line) for line in edge_lines(flow)})
    often = max(2, (len(flows) + 1) // 2) if len(flows) < 6 else 3
    for flow in flows:
        dropped = set()
        for line in edge_lines(flow):
            often_here = repeated[place_key(flow, line)] >= often and 3 < len(line.text) <= LONGEST
            if often_here or is_page_number(flow, line):
                dropped.add(id(line))
        if dropped:
            flow.lines = [line for line in flow.lines if id(line) not in dropped]


def edge_lines(flow: PageFlow) -> list[TextLine]:
    """The outer lines of a page that stand in the zones of running heads and feet."""
    height = flow.page.height
    ordered = sorted(flow.lines, key=lambda line: line.top)
    outer = [*(line for line in ordered[:3] if line.bottom < TOP * height)]
    outer.extend(line for line in ordered[-3:] if line.top > FOOT * height and line not in outer)
    return outer


def place_key(flow: PageFlow, line: TextLine) -> tuple[str, int]:
    """Wording without figures and height on the page: equal for a running head on every page."""
    return FIGURES.sub("", line.text), round(line.top / GRAIN)


def is_page_number(flow: PageFlow, line: TextLine) -> bool:
    """Whether a line at the edge is a page number that stands apart from the text."""
    text = line.text.replace(" ", "")
    if not page_number().fullmatch(text):
        return False
    gaps = [max(other.top - line.bottom, line.top - other.bottom) for other in flow.lines if other is not line]
    return not text.isdigit() or min(gaps, default=99.0) > 0.6 * line.size


def find_margins(flows: list[PageFlow]) -> Margins:
    """Edges of the running text: the leftmost start that many lines share, the right end of the longest."""
    lines = [line for flow in flows for line in flow.lines]
    if not lines:
        return Margins(0.0, 0.0)
    starts = Counter(round(line.x0 / GRAIN) for line in lines)
    least = max(2, 0.12 * len(lines)) if len(lines) > 4 else 1
    left = min((s for s, n in starts.items() if n >= least), default=min(starts))
    ends = sorted(line.x1 for line in lines)
    return Margins(left * GRAIN, ends[-1 - len(ends) // 20])


def build_flow(flows: list[PageFlow]) -> list[Paragraph | DraftTable]:
    """Paragraphs and tables of the whole document; neither is cut by a page end."""
    margins = find_margins(flows)
    found: list[Paragraph | DraftTable] = []
    for flow in flows:
        first = True
        for item in flow.items():
            last = found[-1] if found else None
            if isinstance(item, DraftTable):
                joined = first and isinstance(last, DraftTable) and last.pages[-1] < item.pages[0]
                if not (joined and isinstance(last, DraftTable) and join_tables(last, item)):
                    found.append(item)
            elif isinstance(last, Paragraph) and continues(last.lines[-1], item, margins):
                last.lines.append(item)
            else:
                found.append(Paragraph([item]))
            first = False
    return found


def continues(above: TextLine, line: TextLine, margins: Margins) -> bool:
    """Whether ``line`` goes on with the paragraph of ``above``."""
    size = max(above.size, 1.0)
    if abs(line.size - above.size) > 0.2 * size or gap_is_wide(above, line):
        return False
    missing = (margins.right - above.x1) / size
    if missing > 8 or is_centred(above, margins) or is_centred(line, margins):
        return False
    if leaders().search(above.text[-MAX_LEADERS:]):
        return False
    ended = above.text[-1] in table("reading")["sentence_ends"]
    if line.x0 > margins.left + 1.2 * size:
        aligned = abs(line.x0 - above.x0) < 0.5 * size and line.x0 < margins.left + 6 * size
        return aligned and missing < 1.6 and not ended and not item_mark().match(line.text)
    marked = item_mark().match(line.text) is not None
    if missing < 1.6:
        return not (ended and marked)
    return not ended and not marked and (missing < 1.6 + first_word(line.text) or not is_heading(above.text))


def first_word(text: str) -> float:
    """Width in ideographs of what no line end may cut at the start of a line: a number, a latin word."""
    word = WORD.match(text)
    return 0.6 * len(word[0]) if word else 0.0


def gap_is_wide(above: TextLine, line: TextLine) -> bool:
    """Whether more than a line's height is left free between two lines of one page, or they stand side by side."""
    return above.page == line.page and not -0.5 * line.size < line.top - above.bottom < 1.8 * line.size


def is_centred(line: TextLine, margins: Margins) -> bool:
    """Whether a line stands in the middle, clear of both margins."""
    left, right = line.x0 - margins.left, margins.right - line.x1
    return left > 3 * line.size and right > 3 * line.size and abs(left - right) < 0.25 * (left + right)


def is_heading(text: str) -> bool:
    """Whether a line is worded like a heading: a mark, few characters, no stop."""
    mark = item_mark().match(text)
    return mark is not None and len(text) < 30 and not any(c in text for c in table("reading")["sentence_ends"])
