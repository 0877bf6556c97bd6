"""``extract patterns check``: every problem of ``patterns/`` on a line of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from extractor.errors import PatternError
from extractor.lexicon.check import LOADER, parse
from extractor.lexicon.load import folder, sources

FOUND, NOT_FOUND = 3, 2  # test cases that every indicator needs
NAMED = re.compile(r"patterns/([^:\s]{1,200})")


def run_check() -> int:
    """Print the problems; 1 when there is one."""
    problems = find_problems(sources())
    problems += [] if problems else find_missing_cases()
    for problem in problems:
        print(problem)
    if not problems:
        print(f"patterns: {len(sources())} files, no problem")
    return 1 if problems else 0


def find_problems(files: dict[str, bytes]) -> list[str]:
    """What the schemas say about ``files`` (bytes by path), one message for each file that is wrong."""
    left, problems = dict(files), []
    while True:
        try:
            parse(left)
        except PatternError as error:
            problems.append(str(error))
            named = NAMED.match(str(error))
            wrong = [path for path in left if named and _belongs(path, named[1])]
            if not wrong:
                return problems
            for path in wrong:
                del left[path]
        else:
            return problems


def find_missing_cases() -> list[str]:
    """Indicators without enough test cases: three that must be found, two that must not.

    Nothing where there are no tests beside the patterns, as in an installed package.
    """
    cases = Path(folder()).parent / "tests" / "cases" / "facts"
    if not cases.is_dir():
        return []
    problems = []
    for path in sorted((Path(folder()) / "indicators").glob("*.yaml")):
        tested = _read_cases(cases / path.name)
        for entry in _load(path):
            found, not_found = tested.get(entry["code"], (0, 0))
            if found < FOUND or not_found < NOT_FOUND:
                counts = f"{found} cases to find and {not_found} not to find in tests/cases/facts/{path.name}"
                wanted = f"{FOUND} and {NOT_FOUND} are wanted"
                problems.append(f"patterns/indicators/{path.name}: {entry['code']}: {counts}; {wanted}")
    return problems


def _read_cases(path: Path) -> dict[str, tuple[int, int]]:
    """How many cases each code of a table has, to find and not to find."""
    if not path.is_file():
        return {}
    return {row["indicator"]: (len(row.get("found", ())), len(row.get("not_found", ()))) for row in _load(path)}


def _load(path: Path) -> Any:
    import yaml

    return yaml.load(path.read_bytes(), Loader=LOADER)


def _belongs(path: str, name: str) -> bool:
    """Whether the file ``path`` is ``name`` or a file of the table ``name``."""
    return path == name or path.removesuffix(".yaml").split("/")[0] == name
