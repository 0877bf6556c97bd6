"""HTML pages; the parser is loaded when the first one is read."""

from __future__ import annotations

import re

from extractor.lexicon import matcher
from extractor.read.declare import Reading, reader

OPENING = matcher(
    rb"<(?:!doctype html|html|head|body|meta|title|table|div|p|span|article|section|h[1-6]|br|center|font)\b",
    re.IGNORECASE,
)


CLOSING = matcher(rb"</(?:p|div|td|span|font|h[1-6])>", re.IGNORECASE)
SUFFIXES = (".html", ".htm", ".shtml", ".xhtml", ".jsp", ".asp", ".aspx", ".php")


def looks_like_html(data: bytes) -> bool:
    """Whether the first 4 KB open with a tag and hold one of HTML, or hold several of them (cut-out parts of pages)."""
    if data.startswith(b"PK\x03\x04"):
        return False
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    tags = len(OPENING.findall(head))
    return (head.startswith(b"<") and tags > 0) or (tags > 2 and CLOSING.search(head) is not None)


@reader("html", media_type="text/html", suffixes=SUFFIXES, sniff=looks_like_html)
def read_html(data: bytes) -> Reading:
    """The report of a web page without what surrounds it; repeated paragraphs stay."""
    from extractor.read.html_walk import read_page

    return read_page(data)
