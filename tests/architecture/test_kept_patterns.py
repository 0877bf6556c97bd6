"""What is kept of the patterns for the next start says what the patterns say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.lexicon import cache, table
from extractor.lexicon.load import folder

RUN = "from extractor.lexicon import digest, table; print(digest(), len(table('groups')), len(table('messages')))"
LONG_AGO = 1_500_000_000


def ask(home: Path, patterns: Path) -> str:
    """Digest and sizes of two tables as a new process sees them that keeps things in ``home``."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(home), "EXTRACTOR_PATTERNS": str(patterns)}
    done = subprocess.run([sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def patterns(tmp_path: Path) -> Path:
    """A copy of the patterns whose files were changed long ago."""
    copy = tmp_path / "patterns"
    shutil.copytree(folder(), copy)
    for path in copy.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return copy


def test_a_change_of_one_letter_is_seen_though_size_and_time_stay(tmp_path: Path, patterns: Path) -> None:
    changed = patterns / "messages.yaml"
    first = ask(tmp_path, patterns)
    assert ask(tmp_path, patterns) == first
    data = changed.read_bytes()
    changed.write_bytes(b"# x\n" + data)
    second = ask(tmp_path, patterns)
    assert ask(tmp_path, patterns) == second
    changed.write_bytes(b"# y\n" + data)
    os.utime(changed, (LONG_AGO, LONG_AGO))
    third = ask(tmp_path, patterns)
    changed.write_bytes(data)
    assert len({first.split()[0], second.split()[0], third.split()[0]}) == 3
    assert ask(tmp_path, patterns) == first


@pytest.mark.parametrize("harm", ["torn", "empty", "form"])
def test_spoilt_files_change_nothing(tmp_path: Path, patterns: Path, harm: str) -> None:
    first = ask(tmp_path, patterns)
    for file in (tmp_path / cache.FOLDER).iterdir():
        data = file.read_bytes()
        file.write_bytes({"torn": data[: len(data) // 2], "empty": b"", "form": b"N"}[harm])
    assert ask(tmp_path, patterns) == first
    assert first.split()[1] == str(len(table("groups")))


MODULE = """
from extractor.lexicon import keep_made

@keep_made
def value():
    print("made")
    return {"words": frozenset("甲乙"), "sizes": [1, 2.5, None]}
"""


def test_a_made_value_is_kept_until_its_code_changes(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    module = tmp_path / "code" / "sample.py"

    def ask_value() -> tuple[bool, str]:
        run = "import extractor.lexicon.load as load; load.AT_REST = -9; import sample; value = sample.value();"
        run += "print(sorted(value['words']), value['sizes'])"
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(module.parent)}
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        command = [sys.executable, "-c", run]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split("\n")
        return done[0] == "made", done[-2]

    module.write_text(MODULE, encoding="utf-8")
    assert ask_value()[0]
    kept = ask_value()
    assert not kept[0]
    assert kept[1] == "['乙', '甲'] [1, 2.5, None]"
    module.write_text(MODULE.replace("2.5", "3.5"), encoding="utf-8")
    made, shown = ask_value()
    assert made
    assert shown == "['乙', '甲'] [1, 3.5, None]"
