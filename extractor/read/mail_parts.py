"""The parts of a mail or a saved web page."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message

from extractor.errors import ReadError
from extractor.read.declare import Reading
from extractor.read.html_frames import Part, inline_frames
from extractor.read.html_walk import read_page
from extractor.read.inside import SECONDARY, Member, one_deeper, read_member, reader_of
from extractor.read.text import read_text
from extractor.types import Notice

MAX_PARTS = 2000


def read_pages(data: bytes) -> Reading:
    """The first page of a saved web page, the pages that it frames put in their places."""
    found = [p for p in leaves(parse(data)) if p.get_content_type() in ("text/html", "application/xhtml+xml")]
    parts = [Part(text_bytes(p), names_of(p)) for p in found]
    if not parts:
        return read_message(data)
    return read_page(inline_frames(parts))


def read_message(data: bytes) -> Reading:
    """The report that a mail carries: its only attached document, else the text of the mail."""
    parts = leaves(parse(data))
    attached = [Member(file_name(p), payload(p)) for p in parts if file_name(p)]
    documents = [m for m in attached if (found := reader_of(m)) is not None and found.name not in SECONDARY]
    if documents:
        return read_member(documents, "mail")
    try:
        return read_body(parts)
    except ReadError:
        if not attached:
            raise
        return read_member(attached, "mail")


def read_body(parts: list[Message]) -> Reading:
    """The text of a mail without a readable attachment."""
    bodies = [p for p in parts if not file_name(p)]
    with one_deeper():
        for kind in ("text/html", "text/plain"):
            for part in (p for p in bodies if p.get_content_type() == kind):
                content = text_bytes(part)
                if content.strip():
                    reading = read_page(content) if kind == "text/html" else read_text(content)
                    notice = Notice("read_from_container", "the report is the text of the mail itself")
                    return Reading(
                        reading.text, reading.blocks, reading.grids, reading.reader,
                        warnings=(notice, *reading.warnings),
                    )  # fmt: skip
    raise ReadError("no_text", "the mail holds neither text nor a document that can be read; save its attachment")


def parse(data: bytes) -> Message:
    """The message; raises ReadError where it is nested beyond reason."""
    try:
        return message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=policy.compat32)
    except (RecursionError, ValueError, LookupError, AssertionError):
        raise ReadError("damaged", "the mail is broken and can't be taken apart; save its attachment") from None


def leaves(message: Message) -> list[Message]:
    """Parts that hold content, in order; the walk is no recursion because mails can be nested without end."""
    found: list[Message] = []
    queue: list[object] = [message]
    while queue and len(found) < MAX_PARTS:
        part = queue.pop(0)
        if not isinstance(part, Message):
            continue
        if part.is_multipart():
            queue[:0] = list(part.get_payload())
        else:
            found.append(part)
    return found


def payload(part: Message) -> bytes:
    """Decoded bytes of a part."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def text_bytes(part: Message) -> bytes:
    """Bytes of a text part; where its header names a charset that fits, in UTF-8 with a mark that says so."""
    content = payload(part)
    charset = part.get_param("charset")
    if isinstance(charset, str) and not content.startswith(b"\xef\xbb\xbf"):
        name = {"gb2312": "gb18030", "gbk": "gb18030"}.get(charset.lower(), charset)
        try:
            return b"\xef\xbb\xbf" + content.decode(name).encode("utf-8", "replace")
        except (LookupError, ValueError):
            return content
    return content


def names_of(part: Message) -> tuple[str, ...]:
    """How other parts may refer to a part: its address and its id."""
    address, identity = str(part.get("Content-Location") or ""), str(part.get("Content-ID") or "")
    return tuple(filter(None, (address.strip(), f"cid:{identity.strip().strip('<>')}" if identity else "")))


def file_name(part: Message) -> str:
    """Name of an attached file, "" where the part is none."""
    try:
        name = part.get_filename() or ""
        if not name:
            return ""
        pieces = decode_header(name)
        return "".join(
            p.decode("gb18030" if not c or "gb" in c.lower() else c, "replace") if isinstance(p, bytes) else p
            for p, c in pieces
        )
    except (ValueError, LookupError, TypeError, AssertionError):
        return "attachment"
