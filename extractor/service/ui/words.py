"""What the page says, in the reader's language: ``words.yaml`` here, and the names of the contract's codes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")


class Words:
    """All wording in one language."""

    def __init__(self, language: str, texts: dict[str, dict[str, str]]) -> None:
        from extractor.lexicon import table

        self.language = language
        self._texts = texts
        self._codes: Any = table("messages")
        self._indicators = {entry["code"]: str(entry["zh"]) for entry in table("indicators")}
        self._measures = {entry["code"]: str(entry["measure"]) for entry in table("indicators")}

    def text(self, name: str) -> str:
        """The wording called ``name``; the name itself where there is none."""
        return self._texts.get(name, {}).get(self.language, name)

    def code(self, group: str, code: str | None) -> str:
        """The name of a code of the contract."""
        entry = self._codes.get(group, {}).get(code) if code else None
        return entry[self.language] if entry else (code or "")

    def indicator(self, code: str | None) -> str:
        """The name of an indicator: Chinese, or its code in English."""
        return (self._indicators.get(code or "", "") if self.language == "zh" else "") or (code or "")

    def measure(self, code: str) -> str:
        """The measure in which an indicator's level is told."""
        return self._measures.get(code, "")

    def indicators(self) -> dict[str, str]:
        """Every indicator's Chinese name by code."""
        return self._indicators

    def reason(self, code: str | None) -> str:
        """The name of a reason for a decision."""
        return self.text(f"reason_{code}") if code else ""

    def column(self, name: str) -> str:
        """The heading of a column."""
        return self.text(f"column_{name}") if f"column_{name}" in self._texts else self.text(name)

    def cell(self, key: str) -> str:
        """The name of a table cell by its contract key."""
        number, _, rest = key.partition(".")
        row, _, column = rest.rpartition(".")
        return f"{self.code('table', number)} · {self.code('row', row)} · {self.code('cell_column', column)}"

    def message(self, finding: dict[str, Any]) -> str:
        """What a finding says."""
        return str((finding["message_zh"] if self.language == "zh" else "") or finding["message"])


class Codes(Words):
    """No wording: every code as it is, for machines."""

    def text(self, name: str) -> str:
        """The name itself, that of an action without its group."""
        return name.removeprefix("action_")

    def code(self, group: str, code: str | None) -> str:
        """The code."""
        return code or ""

    def reason(self, code: str | None) -> str:
        """The code."""
        return code or ""


@cache
def load_codes() -> Codes:
    """The codes; names of indicators are Chinese."""
    return Codes(LANGUAGES[0], {})


@cache
def load_words(language: str) -> Words:
    """The wording of ``zh`` or ``en``."""
    import yaml

    content = (Path(__file__).parent / "words.yaml").read_text(encoding="utf-8")
    return Words(language, yaml.safe_load(content))
