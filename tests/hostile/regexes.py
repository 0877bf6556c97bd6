"""Every regular expression that the package compiles, and texts made from its own characters to slow it down.

python tests/hostile/regexes.py [LENGTH]   times each of them on texts of LENGTH (100,000) and of twice that
"""

import functools
import gc
import importlib
import pkgutil
import re
import sys
import time
from itertools import pairwise
from pathlib import Path

import extractor
from extractor.lexicon.matcher import LazyPattern

PACKAGE = Path(extractor.__file__).parent
ROOT = PACKAGE.parent
CATEGORIES = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_DIGIT": "a",
              "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": " "}  # fmt: skip
LETTERS = 8  # characters of a pattern that texts are made from
PIECES = (
    "9", "9,", "9.", "九", "一百", " ", "　", "（", "（9）", "“", "\n", "、9", "条9", "政府信息公开工作",
    "网站公开12条，同比增长16.7%；微信34条、微博5.6万条。",
)  # fmt: skip


def collect():
    """All patterns that the package makes at import and while it reads its samples, whether they are used or not."""
    found = {}
    original, prepare = re._compile, LazyPattern.__init__

    def note(pattern, flags):
        caller = sys._getframe(2).f_code.co_filename
        compiled = original(pattern, flags)
        if caller.startswith(str(PACKAGE)) and isinstance(compiled.pattern, str | bytes):
            found[compiled.pattern, compiled.flags] = compiled
        return compiled

    def note_lazy(self, source, flags):
        prepare(self, source, flags)
        wanted.add((source, int(flags)))

    wanted = {(p._wanted[0], int(p._wanted[1])) for p in gc.get_objects() if type(p) is LazyPattern}
    re._compile, LazyPattern.__init__ = note, note_lazy
    try:
        load_all(found)
        read_samples()
    finally:
        re._compile, LazyPattern.__init__ = original, prepare
    for compiled in (re.compile(source, flags) for source, flags in wanted):
        found[compiled.pattern, compiled.flags] = compiled
    return list(found.values())


def load_all(found):
    """Import every module anew to the eye of the collector, and call what only makes a pattern."""
    for info in pkgutil.walk_packages([str(PACKAGE)], "extractor."):
        if info.name.endswith("__main__") or info.name.split(".")[1] in ("service", "bulk"):
            continue
        try:
            module = importlib.import_module(info.name)
        except ImportError:
            continue  # a part whose extra is not installed
        for value in vars(module).values():
            if isinstance(value, re.Pattern):
                found[value.pattern, value.flags] = value
            if isinstance(value, functools._lru_cache_wrapper) and "Pattern" in str(
                value.__annotations__.get("return")
            ):
                value.cache_clear()
                if not value.__wrapped__.__code__.co_argcount:
                    value()


def read_samples():
    for path in sorted((ROOT / "samples").glob("*.*")):
        if path.suffix in (".pdf", ".html", ".docx", ".txt", ".md"):
            extractor.extract(path)


def letters(tree):
    """Characters that a parsed pattern asks for."""
    found = []
    for kind, value in tree:
        name = str(kind)
        if name in ("LITERAL", "NOT_LITERAL"):
            found.append(chr(value) if name == "LITERAL" else "x")
        elif name == "IN":
            found += members(value)
        elif name == "ANY":
            found.append("x")
        elif name == "BRANCH":
            found += [c for branch in value[1] for c in letters(branch)]
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            found += letters(value[2])
        elif name in ("SUBPATTERN", "ASSERT", "ASSERT_NOT", "ATOMIC_GROUP"):
            found += letters(value if name == "ATOMIC_GROUP" else value[-1])
    return found


def members(items):
    found = []
    for kind, value in items:
        name = str(kind)
        if name == "LITERAL":
            found.append(chr(value))
        elif name == "RANGE":
            found.append(chr(value[0]))
        elif name == "CATEGORY":
            found.append(CATEGORIES.get(str(value), "a"))
    return found or ["x"]


def example(tree, times):
    """A text that the pattern nearly or wholly matches, repeats taken ``times`` times where they may."""
    out = ""
    for kind, value in tree:
        name = str(kind)
        if name == "BRANCH":
            out += example(value[1][0], times)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            out += example(value[2], times) * min(max(int(value[0]), times), int(value[1]), 50)
        elif name == "SUBPATTERN":
            out += example(value[-1], times)
        elif name == "ATOMIC_GROUP":
            out += example(value, times)
        elif name in ("LITERAL", "IN", "ANY", "NOT_LITERAL"):
            out += letters([(kind, value)])[0]
    return out


def adversaries(pattern, length):
    """Texts of ``length`` that are made to slow a pattern down."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = re._parser.parse(
        source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    )
    alphabet = list(dict.fromkeys(letters(tree)))
    step = max(1, len(alphabet) // LETTERS)
    picked = alphabet[::step][:LETTERS]
    whole, longer = example(tree, 1), example(tree, 3)
    pieces = [*PIECES, *picked, *map("".join, pairwise(picked))]
    pieces += [p for p in (whole, whole[:-1], longer[:-1], longer) if p]
    texts = [(piece * (length // len(piece) + 1))[: length - 1] + "\x7f" for piece in dict.fromkeys(pieces)]
    return texts if isinstance(pattern.pattern, str) else [t.encode("utf-8")[:length] for t in texts]


def search(pattern, text):
    """Use a pattern in the ways that the package does."""
    for _ in pattern.finditer(text):
        pass
    pattern.match(text)
    pattern.fullmatch(text)


def measure(pattern, text):
    start = time.process_time()
    search(pattern, text)
    return time.process_time() - start


def main(length):
    rows = []
    for pattern in collect():
        for short, long in zip(adversaries(pattern, length), adversaries(pattern, 2 * length), strict=True):
            seconds = measure(pattern, short)
            if seconds > 0.02 * length / 100_000:
                rows.append((seconds, measure(pattern, long) / seconds, pattern.pattern, short[:12]))
    rows.sort(key=lambda row: -row[0])
    for seconds, growth, source, text in rows[:25]:
        print(f"{seconds * 1000:8.0f} ms  x{growth:.1f}  {text!r:24} {source[:90]!r}")
    slow = {row[2] for row in rows if row[0] > 0.05}
    steep = {row[2] for row in rows if row[1] > 2.6 and row[0] > 0.01}
    print(f"{len(collect())} patterns; {len(slow)} over 50 ms on {length} characters, {len(steep)} steeper than x2.6")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
