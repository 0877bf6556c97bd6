"""Finds the part of a web page that holds the report: the block with the text, without what surrounds it."""

from __future__ import annotations

import re
from functools import cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.lexicon import matcher, table

DROPPED = "script,style,noscript,template,iframe,svg,object,video,audio,select,button,input,textarea,option,nav,footer"
CONTAINERS = frozenset(
    ("body", "div", "article", "section", "main", "td", "table", "tbody", "tr", "form", "center", "span")
)
HIDDEN = matcher(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
Weight = tuple[int, int]
SHARE = 0.9  # of its parent's text that a block must hold to stand for it
ARROWS = (">", "＞", "»")
NOTHING = (0, 0)
MISSING = 40  # characters of sentences that may be left outside
LEAST = 20  # characters below which a page has no main block


@cache
def chrome_line() -> re.Pattern[str]:
    """What makes a short line part of the page instead of the report."""
    chrome = table("reading")["chrome"]
    starts, words, holds = (alternatives(chrome[name]) for name in ("starts", "words", "holds"))
    return matcher(
        rf"(?:{starts})\s{{0,3}}[:：>＞»|\[【]"
        rf"|(?:(?:{words}|[\s>＞»|/·:：、,，\[\]【】()（）-]){{1,{chrome['limit']}}}+$)"
        rf"|.{{0,{chrome['limit']}}}?(?:{holds})",
        re.DOTALL,
    )


def alternatives(words: list[str]) -> str:
    """A pattern of any of the words, longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def is_chrome(line: str) -> bool:
    """Whether ``line`` belongs to the page: short, no sentence, and worded like it or a trail of links."""
    chrome = table("reading")["chrome"]
    line = line.strip()
    if len(line) > chrome["limit"] or line.endswith(chrome["stop"]) or not line:
        return False
    return sum(map(line.count, ARROWS)) > 1 or chrome_line().match(line) is not None


def prune(tree: LexborHTMLParser, hidden: bool) -> None:
    """Take out of the tree what is never text; with ``hidden`` also what a browser would not show."""
    for node in tree.css(DROPPED):
        node.decompose()
    if hidden:
        for node in tree.css("[hidden],[style*='none'],[style*='NONE'],[style*='hidden']"):
            style = node.attributes.get("style") or ""
            if "hidden" in node.attributes or HIDDEN.search(style):
                node.decompose()


def main_block(body: LexborNode) -> LexborNode:
    """The deepest container that still holds nearly all text outside links and page furniture, and every sentence."""
    weights: dict[int, Weight] = {}
    weigh(body, weights)
    node = body
    while True:
        whole = weights[node.mem_id]
        children = [c for c in node.iter() if c.tag in CONTAINERS and (c.tag != "table" or is_frame(c))]
        best = max(children, key=lambda c: weights.get(c.mem_id, NOTHING)[0], default=None)
        if best is None:
            return node
        text, sentences = weights.get(best.mem_id, NOTHING)
        if text < max(LEAST, SHARE * whole[0]) or whole[1] - sentences > MISSING:
            return node
        node = best


def is_frame(node: LexborNode) -> bool:
    """Whether a table only lays out the page: it holds tables, or one column, or cells as long as an article."""
    if len(node.css("table")) > 1:
        return True
    rows = node.css("tr")
    widths = [len(row.css("td,th")) for row in rows]
    if max(widths, default=0) <= 1:
        return True
    return any(len(cell.text()) > 800 for cell in node.css("td"))


def weigh(body: LexborNode, weights: dict[int, Weight]) -> None:
    """Fill ``weights`` with the characters of report text under each node, all and in sentences, by the node's id."""
    order = [(body, -1)]
    counts: list[list[int]] = []
    stop = table("reading")["chrome"]["stop"]
    for node, _ in order:
        own = [0, 0]
        for child in () if furniture(node) else node.iter(include_text=True):
            if child.tag == "-text":
                text = child.text(deep=False).strip()
                own[0] += 0 if is_chrome(text) else len(text)
                own[1] += len(text) if stop in text else 0
            else:
                order.append((child, len(counts)))
        counts.append(own)
    for index in range(len(order) - 1, -1, -1):
        node, parent = order[index]
        weights[node.mem_id] = (counts[index][0], counts[index][1])
        if parent >= 0:
            counts[parent][0] += counts[index][0]
            counts[parent][1] += counts[index][1]


def furniture(node: LexborNode) -> bool:
    """Whether a node is a link or is named like page furniture and has no more than a few lines."""
    if node.tag == "a":
        return True
    if node.tag not in ("div", "ul", "td", "section", "p"):
        return False
    attributes = node.attributes
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    return name != " " and any(part in name for part in table("reading")["chrome"]["names"]) and len(node.text()) < 600
