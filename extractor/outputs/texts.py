"""Text made safe for the place where it is shown: terminal, spreadsheet cell, web page."""

from __future__ import annotations

from extractor.lexicon import matcher

CONTROLS = matcher("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
UNPRINTABLE = matcher("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
# What a spreadsheet takes for the start of a formula, also behind blanks and quotes, also in full width.
FORMULA = matcher("[ \u3000'\"\ufeff]{0,100}[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212]")


def escape_controls(text: str) -> str:
    """``text`` with controls, direction marks and invisible characters written out (``\\x1b``, ``\\u202e``)."""
    return CONTROLS.sub(lambda hit: _escape(hit.group()), text)


def replace_unprintable(text: str) -> str:
    """``text`` with U+FFFD for what XML, HTML and spreadsheets refuse; the length stays."""
    return UNPRINTABLE.sub("\ufffd", text)


def safe_cell(text: str) -> str:
    """``text`` for a spreadsheet: printable, and behind an apostrophe where a spreadsheet would read a formula."""
    clean = replace_unprintable(text)
    return f"'{clean}" if FORMULA.match(clean) else clean


def escape_html(text: str) -> str:
    """``text`` for element content and quoted attributes."""
    from html import escape

    return escape(replace_unprintable(text), quote=True)


def _escape(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"
