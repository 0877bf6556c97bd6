"""Mail (.eml) with one report, and web pages saved with their parts in one file (MHTML)."""

from __future__ import annotations

import re

from extractor.lexicon import matcher
from extractor.read.declare import Reading, reader

HEADER = matcher(
    rb"^(?:from|to|subject|date|message-id|mime-version|received|return-path|content-type|x-[a-z-]{1,40}):",
    re.IGNORECASE | re.MULTILINE,
)
FIELD = matcher(rb"[!-9;-~]{1,60}:")
RELATED = matcher(rb"content-type:\s{0,4}multipart/related", re.IGNORECASE)
HEADERS_END = matcher(rb"\r?\n\r?\n")
HEAD = 8192


def looks_like_mail(data: bytes) -> bool:
    """Whether ``data`` opens with the headers of a message."""
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if FIELD.match(head) is None:
        return False
    headers = HEADERS_END.split(head, maxsplit=1)[0]
    return len(set(map(bytes.lower, HEADER.findall(headers)))) >= 2


def looks_like_saved_page(data: bytes) -> bool:
    """Whether ``data`` is a message whose parts make up one page."""
    return looks_like_mail(data) and RELATED.search(data[:HEAD]) is not None


@reader("mhtml", media_type="multipart/related", suffixes=(".mht", ".mhtml", ".doc"), sniff=looks_like_saved_page)
def read_saved_page(data: bytes) -> Reading:
    """The first page of a saved web page, the pages that it frames put in their places."""
    from extractor.read.mail_parts import read_pages

    return read_pages(data)


@reader("eml", media_type="message/rfc822", suffixes=(".eml",), sniff=looks_like_mail)
def read_mail(data: bytes) -> Reading:
    """The report that a mail carries: its only attached document, else the text of the mail."""
    from extractor.read.mail_parts import read_message

    return read_message(data)
