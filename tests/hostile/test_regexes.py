"""No pattern of the package hangs on a long text that is made from its own characters."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent

LENGTH, SECONDS = 10_000, 120  # a quadratic pattern of the package would take longer than that


def test_patterns_end():
    resource = pytest.importorskip("resource")
    script = (
        f"import regexes\nfound = regexes.collect()\n"
        f"for pattern in found:\n    print(repr(pattern.pattern)[:200], flush=True)\n"
        f"    for text in regexes.adversaries(pattern, {LENGTH}):\n        regexes.search(pattern, text)\n"
        f"print(len(found))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=HERE, capture_output=True, text=True, timeout=6 * SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-400:] + done.stderr[-400:]
    assert int(done.stdout.splitlines()[-1]) > 100


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
