"""Expressions from the kept file are those that Python compiles."""

from __future__ import annotations

import marshal
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.lexicon import cache, matcher
from extractor.lexicon.matcher import _assemble, _encode

SOURCES = [
    (r"", 0),
    (r"(?P<number>\d{1,9})(?:件|次)|(第)(?P<rank>[一二三])", 0),
    ("[\u3400-\u9fff\U00020000-\U0003ffff〇]+(?<=市)", 0),
    (r"^(\w{2,4}?)\s*$", re.MULTILINE),
    (r"(?i:abc)|(?!x)y++", re.ASCII),
]


@pytest.mark.parametrize(("source", "flags"), SOURCES)
def test_a_kept_expression_equals_a_compiled_one(source: str, flags: int) -> None:
    kept = marshal.loads(marshal.dumps(_encode(source, int(flags))))
    assert _assemble(source, *kept) == re.compile(source, flags)
    assert _assemble(source, *kept).groupindex == re.compile(source, flags).groupindex


@pytest.mark.parametrize(("source", "flags"), SOURCES)
def test_a_lazy_expression_does_what_a_compiled_one_does(source: str, flags: int) -> None:
    lazy, plain = matcher(source, flags), re.compile(source, flags)
    for text in ("", "全年受理35件，第一名\n某市", "abc yy\n甲乙"):
        assert lazy.findall(text) == plain.findall(text)
        assert [m.span() for m in lazy.finditer(text)] == [m.span() for m in plain.finditer(text)]
        assert lazy.sub("-", text) == plain.sub("-", text)
    assert (lazy.pattern, lazy.flags, lazy.groups) == (plain.pattern, plain.flags, plain.groups)


def test_a_wrong_expression_is_told_at_first_use() -> None:
    lazy = matcher("(")
    with pytest.raises(re.error):
        lazy.search("")


RUN = """
import sys
from extractor.lexicon import matcher
print(matcher("(a)(?P<b>b)").findall("ab ab"))
from extractor.lexicon.matcher import EXPRESSIONS
print(len(EXPRESSIONS.kept))
"""


def run(folder: Path) -> list[str]:
    """What a new process with its cache in ``folder`` prints."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder)}
    done = subprocess.run([sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("harm", ["none", "torn", "empty", "codes", "parts", "form", "writable"])
def test_a_spoilt_file_changes_nothing(tmp_path: Path, harm: str) -> None:
    assert run(tmp_path) == ["[('a', 'b'), ('a', 'b')]", "0"]
    (file,) = (tmp_path / cache.FOLDER).glob("expressions-*")
    data = file.read_bytes()
    kept = {key: (*made[:-1], b"\0" * 8) for key, made in marshal.loads(data).items()}
    spoilt = {
        "torn": data[: len(data) // 2],
        "empty": b"",
        "codes": marshal.dumps(kept),
        "parts": marshal.dumps(dict.fromkeys(kept, 7)),
        "form": marshal.dumps([1]),
    }
    file.write_bytes(spoilt.get(harm, data))
    file.chmod(0o666 if harm == "writable" else 0o600)
    taken = "1" if harm in ("none", "codes", "parts") else "0"
    assert run(tmp_path) == ["[('a', 'b'), ('a', 'b')]", taken]
