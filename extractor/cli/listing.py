"""``extract list``: what the program knows, one line a thing."""

from __future__ import annotations

import json
from collections.abc import Callable

from extractor.cli.streams import on_terminal
from extractor.errors import UsageError

Entry = dict[str, str]


def run_list(what: str, as_json: bool) -> int:
    """Print the entries of one kind: aligned on a terminal, parted by tabs when piped, or as a JSON array."""
    if what not in KINDS:
        raise UsageError(f"list {what}: no such list; known: {', '.join(KINDS)}")
    entries = KINDS[what]()
    if as_json:
        print(json.dumps(entries, ensure_ascii=False, indent=2))
    elif on_terminal():
        _print_table(entries)
    else:
        for entry in entries:
            print("\t".join(" ".join(value.split()) for value in entry.values()))
    return 0


def _print_table(entries: list[Entry]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in entries[0] if entries else ():
        table.add_column(name, overflow="fold")
    for entry in entries:
        table.add_row(*(Text(value) for value in entry.values()))
    Console(highlight=False).print(table)


def list_indicators() -> list[Entry]:
    """Code, Chinese name, unit, measure and note of every indicator."""
    from extractor.lexicon import table

    keys = ("code", "zh", "unit", "measure", "note")
    return [{key: str(entry.get(key) or "") for key in keys} for entry in table("indicators")]


def list_readers() -> list[Entry]:
    """Name, suffixes and media type of every reader."""
    from extractor.read import load_readers, readers

    load_readers()
    return [
        {"name": name, "suffixes": " ".join(reader.suffixes), "media_type": reader.media_type}
        for name, reader in readers.items()
    ]


def list_rules() -> list[Entry]:
    """Id, severity and text of every audit rule."""
    from extractor.audit import load_rules

    return [
        {"rule": name, "severity": rule.severity, "text": (rule.__doc__ or "").split("\n")[0]}
        for name, rule in load_rules().items()
    ]


def list_sinks() -> list[Entry]:
    """Name, suffix and description of every sink."""
    from extractor.outputs import load_sinks

    return [{"name": name, "suffix": sink.suffix, "text": sink.doc} for name, sink in load_sinks().items()]


KINDS: dict[str, Callable[[], list[Entry]]] = {
    "indicators": list_indicators,
    "readers": list_readers,
    "rules": list_rules,
    "sinks": list_sinks,
}
