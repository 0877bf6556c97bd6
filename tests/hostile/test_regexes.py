"""No pattern of the package hangs on a long text that is made from its own characters."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent

SECONDS = 120  # a pattern or a loop of the package that is quadratic takes longer than that


def run_limited(script):
    """Run a script in a process that is ended when it takes too much of the processor."""
    resource = pytest.importorskip("resource")
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=HERE, capture_output=True, text=True, timeout=6 * SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)),
    )  # fmt: skip


def test_patterns_end():
    done = run_limited(
        "import regexes\nfound = regexes.collect()\n"
        "for pattern in found:\n    print(repr(pattern.pattern)[:200], flush=True)\n"
        "    for text in regexes.adversaries(pattern, 100_000):\n        regexes.search(pattern, text)\n"
        "print(len(found))"
    )
    assert done.returncode == 0, done.stdout[-400:] + done.stderr[-400:]
    assert int(done.stdout.splitlines()[-1]) > 200


LINES = [  # what a line of so many characters repeats
    (
        100_000,
        ("7", "政府信息公开工作", "（", "（1）", "“", "《办法》", " ", "　", "\t|", "1.", "一百二十三", "和", "a1"),
    ),
    (
        25_000,
        ("条7", "网站公开12条，微信34条、微博5.6万条，", "全年公开信息1286条，同比增长16.7%。"),
    ),
    (100_000, ("百分之", "未收到")),
]


@pytest.mark.parametrize(("length", "pieces"), LINES, ids=["without numbers", "full of numbers", "one cue"])
def test_long_lines_are_read(length, pieces):
    done = run_limited(
        f"import extractor\nfor piece in {pieces!r}:\n"
        f"    line = (piece * {length})[:{length}]\n    print(repr(piece), flush=True)\n"
        "    extractor.extract(f'一、总体情况\\n全年公开信息12条。{line}。\\n二、主动公开\\n'.encode())"
    )
    assert done.returncode == 0, done.stdout[-400:] + done.stderr[-400:]
    assert len(done.stdout.splitlines()) == len(pieces)


GROWTH = [
    ("nested", r"(?:a+)+b", False),
    ("two runs of one class", r"\d*\d*\d*x", False),
    ("bounded", r"\d{1,40}x", True),
]


@pytest.mark.parametrize(("source", "safe"), [x[1:] for x in GROWTH], ids=[x[0] for x in GROWTH])
def test_texts_would_find_a_slow_pattern(source, safe):
    script = (
        f"import re, regexes\npattern = re.compile({source!r})\n"
        f"for text in regexes.adversaries(pattern, 6000):\n    regexes.search(pattern, text)"
    )
    limit = ["import resource; resource.setrlimit(resource.RLIMIT_CPU, (3, 3))", script]
    done = subprocess.run([sys.executable, "-c", "\n".join(limit)], cwd=HERE, capture_output=True, timeout=60)
    assert (done.returncode == 0) is safe
