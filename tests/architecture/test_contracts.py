"""The house's contracts: imports one way, patterns checked, language in patterns, names public, nothing unfinished."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from extractor.errors import PatternError
from extractor.lexicon import table
from extractor.lexicon.check import parse
from extractor.lexicon.load import sources

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "extractor").rglob("*.py"))
WORDS = re.compile("[\u4e00-\u9fff]{2,}")
CLASSES = re.compile(r"\[(?:\\.|[^\]\\])*\]")
BARE_CLASSES = re.compile("[\u3400-\u9fff]-[\u3400-\U0003ffff]")
NUMERALS = set("零〇一二三四五六七八九十百千万亿两")
SPEAKING = {
    "cli/commands.py": {"政府信息公开工作年度报告"},  # the help names what is read
}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())


def test_imports_keep_the_contract():
    pytest.importorskip("importlinter")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_patterns_keep_their_schemas():
    assert table("numerals")
    assert parse(sources())


@pytest.mark.parametrize("name", sorted(name for name in sources() if name.endswith(".yaml")))
def test_an_unknown_key_in_a_pattern_file_is_refused(name):
    broken = dict(sources())
    broken[name] = broken[name] + b'\nsurely_unknown_key: "x"\n'
    with pytest.raises(PatternError):
        parse(broken)


@each_module
def test_chinese_words_live_in_patterns(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed = SPEAKING.get(path.relative_to(ROOT / "extractor").as_posix(), set())
    found = {
        word for literal in literals(tree) for word in WORDS.findall(BARE_CLASSES.sub("", CLASSES.sub("", literal)))
    }
    assert {word for word in found - allowed if not set(word) <= NUMERALS} == set()


def literals(tree):
    """String constants of a module that are not docstrings."""
    documentation = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            documentation.add(id(node.body[0].value))
    strings = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [node.value for node in strings if id(node) not in documentation]


@each_module
def test_nothing_is_marked_unfinished(path):
    assert UNFINISHED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", ["extract", "extract_many", "Document", "Fact", "Finding", "Report", "ReadError"])
def test_public_name_is_there(name):
    assert name in extractor.__all__
    assert getattr(extractor, name) is not None


def test_every_public_name_can_be_loaded():
    assert [name for name in extractor.__all__ if not hasattr(extractor, name)] == []


def test_importing_the_package_loads_nothing_heavy():
    heavy = (
        "spacy",
        "numpy",
        "pydantic",
        "pdfplumber",
        "rich",
        "typer",
        "yaml",
        "lxml",
        "jieba",
        "opencc",
        "pypdfium2",
    )
    script = f"import sys, extractor; print([n for n in {heavy!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
