"""Size budgets of the house; arguments and complexity are the linter's."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted([*(ROOT / "extractor").rglob("*.py"), *(ROOT / "samples").glob("*.py")])
MODULE_LINES = 300
FUNCTION_LINES = 40

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())


@each_module
def test_module_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@each_module
def test_functions_are_short(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if f.end_lineno - f.lineno + 1 > FUNCTION_LINES] == []


def test_there_is_something_to_measure():
    assert len(MODULES) > 20
