"""Bytes to text by evidence: byte order mark, a declared charset that fits, UTF-8, GB18030, statistics last."""

from __future__ import annotations

import codecs

from extractor.lexicon import matcher
from extractor.types import Notice

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = matcher(
    rb"""charset\s{0,3}=\s{0,3}["']?\s{0,3}([A-Za-z0-9_:.-]{2,40})|encoding=["']([A-Za-z0-9_.-]{2,40})"""
)
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}


def decode(data: bytes, declared: bool = False) -> tuple[str, tuple[Notice, ...]]:
    """Text of ``data``, a notice where the charset is in doubt; ``declared`` -- a charset named in the head counts."""
    for mark, name in MARKS:
        if data.startswith(mark):
            while data.startswith(mark):
                data = data[len(mark) :]
            return _lenient(data, name)
    if wide := _wide_without_mark(data):
        return _lenient(data, wide)
    label = find_label(data) if declared else None
    for name in dict.fromkeys(filter(None, ("utf-8", label, "gb18030"))):
        text = _strict(data, name)
        if text is not None and (name == "utf-8" or _plausible(text)):
            return text, ()
    return _by_statistics(data)


def find_label(data: bytes) -> str | None:
    """Python's name of the charset that the first 2,048 bytes declare, widened to its superset; None where unknown."""
    found = DECLARED.search(data[:2048])
    if not found:
        return None
    name = (found.group(1) or found.group(2)).decode("ascii").lower()
    name = WIDER.get(name, name)
    try:
        return codecs.lookup(name).name if codecs.lookup(name)._is_text_encoding else None
    except LookupError:
        return None


def _strict(data: bytes, name: str) -> str | None:
    """Decoded text, None where one byte does not fit."""
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def _lenient(data: bytes, name: str) -> tuple[str, tuple[Notice, ...]]:
    """Decoded text with U+FFFD for what does not fit, and a notice that says so."""
    text = data.decode(name, "replace")
    if "�" not in text:
        return text, ()
    message = f"{text.count(chr(0xFFFD))} characters do not fit the charset {name}; they were replaced"
    return text, (Notice("charset", message),)


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark: line ends and digits leave a NUL in every second byte."""
    head = data[:4096]
    if len(head) < 4 or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    name, nuls, others = ("utf-16-le", odd, even) if odd > even else ("utf-16-be", even, odd)
    if nuls * 50 < len(head) or others * 4 > nuls or (nuls * 8 < len(head) and _strict(data, "utf-8") is not None):
        return None
    text = _strict(data, name)
    return name if text is not None and _plausible(text) else None


def _plausible(text: str) -> bool:
    """Whether most characters beyond ASCII are ideographs or their punctuation: wrong charsets give rare letters."""
    sample = [c for c in text[:20000] if c >= "\x80"]
    usual = sum("\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef" for c in sample)
    return usual * 2 >= len(sample)


def _by_statistics(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """The tie breaker: mostly sound UTF-8 or GB18030 first, else what charset-normalizer thinks."""
    for name in ("utf-8", "gb18030"):
        text, notices = _lenient(data, name)
        if text.count("�") * 50 <= len(text) and _plausible(text):
            return text, notices
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    name = best.encoding if best else "utf-8"
    text, notices = _lenient(data, name)
    return text, (*notices, Notice("charset", f"the charset is a guess ({name}); check names and figures"))
