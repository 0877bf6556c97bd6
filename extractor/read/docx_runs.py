"""Text of one Word paragraph: runs, breaks, tracked changes; text boxes are handed back apart."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX = W + "txbxContent"
NESTED = frozenset((FALLBACK, W + "del", W + "moveFrom", BOX))
SKIPPED = frozenset(
    W + n
    for n in ("del", "moveFrom", "pPr", "instrText", "delText", "rPr", "footnoteReference", "commentReference", "rt")
) | {FALLBACK}
PIECES = {
    W + "tab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "ptab": "\t",
}
MAX_DEPTH = 260  # the XML parser refuses deeper documents


def paragraph_text(paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
    """Text of a paragraph (line ends where it breaks) and the contents of its text boxes."""
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    gather(paragraph, pieces, boxes, 0)
    return "".join(pieces), boxes


def gather(node: etree._Element, pieces: list[str], boxes: list[etree._Element], depth: int) -> None:
    """Collect what is below ``node``."""
    for child in node:
        tag = child.tag
        if tag == W + "t":
            pieces.append(child.text or "")
        elif tag in PIECES:
            pieces.append(PIECES[tag])
        elif tag == W + "sym":
            pieces.append(symbol(child))
        elif tag == BOX:
            boxes.append(child)
        elif tag not in SKIPPED and depth < MAX_DEPTH and not (tag == W + "r" and is_hidden(child)):
            gather(child, pieces, boxes, depth + 1)


def symbol(node: etree._Element) -> str:
    """The character of a symbol; those of picture fonts have none and vanish."""
    code = node.get(W + "char", "")
    number = int(code, 16) if 0 < len(code) < 6 and all(c in "0123456789abcdefABCDEF" for c in code) else 0
    return chr(number) if 0x20 <= number < 0xD800 else ""


def is_hidden(run: etree._Element) -> bool:
    """Whether a run is marked as hidden text."""
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(W + "val", "true") not in ("0", "false", "off")
