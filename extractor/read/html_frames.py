"""Pages that frame other pages: the parts of a saved page are put in their places, nothing is ever fetched."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from extractor.lexicon import matcher
from extractor.read.decode import decode
from extractor.record import record

FRAME = matcher(r"<i?frame\b([^<>]{0,3000})>(?:\s{0,20}</i?frame\s{0,3}>)?", re.IGNORECASE)
SETS = matcher(r"</?frameset\b[^<>]{0,1000}>", re.IGNORECASE)
SOURCE = matcher(r"""\bsrc\s{0,3}=\s{0,3}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000}))""", re.IGNORECASE)
INNER = matcher(
    r"""<iframe\b[^<>]{0,1000}?\bsrcdoc\s{0,3}=\s{0,3}(?:"([^"]{0,2000000})"|'([^']{0,2000000})')[^<>]{0,1000}>""",
    re.IGNORECASE,
)
BODY = matcher(r"<body\b[^<>]{0,2000}>", re.IGNORECASE)
BODY_END = matcher(r"</body\s{0,3}>", re.IGNORECASE)
MAX_DEPTH = 3
MAX_TEXT = 50_000_000  # characters of the page with all its frames


@record
class Part:
    """A page of a saved page, and the names by which others refer to it."""

    data: bytes
    names: tuple[str, ...]


def inline_frames(parts: Sequence[Part]) -> bytes:
    """The first page with the pages that it frames in their places, in UTF-8 with a mark."""
    known = {name: part for part in parts for name in part.names}
    text = Inliner(known).expand(decode(parts[0].data, declared=True)[0], 0)
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def framed_names(text: str) -> list[str]:
    """Sources of the frames of a page."""
    return [source for found in FRAME.finditer(text) if (source := source_of(found.group(1)))]


def source_of(attributes: str) -> str:
    """The source that a frame names, "" for none."""
    found = SOURCE.search(attributes)
    return html.unescape(next(filter(None, found.groups()), "")) if found else ""


class Inliner:
    """Puts known pages in the place of frames."""

    def __init__(self, known: dict[str, Part]) -> None:
        self.known = known
        self.length = 0

    def expand(self, text: str, depth: int) -> str:
        """The page with its frames; those that are not at hand, and those too deep or too long, stay as they are."""

        def put(found: re.Match[str]) -> str:
            part = self.find(source_of(found.group(1)))
            if part is None or depth >= MAX_DEPTH or self.length > MAX_TEXT:
                return found.group()
            inner = body_of(self.expand(decode(part.data, declared=True)[0], depth + 1))
            self.length += len(inner)
            return f"<div>{inner}</div>"

        return SETS.sub("", FRAME.sub(put, text)) if "frame" in text.lower() else text

    def find(self, source: str) -> Part | None:
        """The part that a frame shows: by its whole name, else by the last part of its address."""
        if not source:
            return None
        if source in self.known:
            return self.known[source]
        tail = source.rsplit("/", 1)[-1]
        return next((part for name, part in self.known.items() if tail and name.rsplit("/", 1)[-1] == tail), None)


def body_of(text: str) -> str:
    """What stands in the body of a page; all of it where there is none."""
    opening = BODY.search(text)
    if opening is None:
        return text
    closing = BODY_END.search(text, opening.end())
    return text[opening.end() : closing.start() if closing else len(text)]


def open_documents(text: str) -> str:
    """The page with frames that carry their page in themselves (``srcdoc``) opened."""

    def put(found: re.Match[str]) -> str:
        return f"<div>{body_of(html.unescape(found.group(1) or found.group(2) or ''))}</div>"

    return INNER.sub(put, text) if "srcdoc" in text.lower() else text
