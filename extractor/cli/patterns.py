"""``extract patterns check``: every problem of ``patterns/`` on a line of its own."""

from __future__ import annotations

import re

from extractor.errors import PatternError
from extractor.lexicon.check import parse
from extractor.lexicon.load import folder, sources

NAMED = re.compile(r"patterns/([^:\s]{1,200})")


def run_check() -> int:
    """Print the problems; 1 when there is one."""
    problems = find_problems(sources()) + find_missing_cases()
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
    """Files of indicators without a table of test cases; nothing where there are no tests beside the patterns."""
    cases = folder().parent / "tests" / "cases"
    if not cases.is_dir():
        return []
    wanted = sorted(path.stem for path in (folder() / "indicators").glob("*.yaml"))
    return [
        f"patterns/indicators/{name}.yaml: no test cases (tests/cases/facts/{name}.yaml)"
        for name in wanted
        if not (cases / "facts" / f"{name}.yaml").is_file()
    ]


def _belongs(path: str, name: str) -> bool:
    """Whether the file ``path`` is ``name`` or a file of the table ``name``."""
    return path == name or path.removesuffix(".yaml").split("/")[0] == name
