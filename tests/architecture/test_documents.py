"""Documents that cannot go stale: commands, indicators and links are there, snippets run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.cli.commands import COMMANDS
from extractor.types import Fact

ROOT = Path(__file__).resolve().parents[2]
READMES = ["README.md", "README.zh.md"]
PAGES = [*READMES, *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))]
EXAMPLE = re.compile(r"```python\n(.*?)```.*?<!-- output -->\n```\n(.*?)```", re.DOTALL)
LINKS = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("page", [*READMES, "docs/manual.md"])
def test_page_tells_of_the_command(page, command):
    assert f"extract {command}" in read(page)


@pytest.mark.parametrize("field", Fact.__dataclass_fields__)
def test_manual_explains_the_field(field):
    assert f"`{field}`" in read("docs/manual.md")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    folder = (ROOT / page).parent
    assert [link for link in LINKS.findall(read(page)) if not (folder / link).exists()] == []


@pytest.mark.parametrize("page", READMES)
def test_python_of_the_page_prints_what_the_page_shows(page, update_golden):
    snippet, shown = EXAMPLE.search(read(page)).groups()
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", snippet]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, env=environment)
    assert done.returncode == 0, done.stderr
    if update_golden:
        shown = done.stdout
        text = EXAMPLE.sub(lambda found: found[0].removesuffix(f"{found[2]}```") + f"{shown}```", read(page))
        (ROOT / page).write_text(text, encoding="utf-8", newline="\n")
    assert done.stdout == shown
    assert done.stdout


@pytest.mark.parametrize("page", READMES)
def test_commands_of_the_page_name_files_that_exist(page):
    named = re.findall(r"samples/[\w./-]+\.\w+", read(page))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_both_languages_show_the_same_commands():
    blocks = [re.findall(r"```bash\n(.*?)```", read(page), re.DOTALL) for page in READMES]
    assert [re.sub(r" +#.*", "", block) for block in blocks[0]] == [re.sub(r" +#.*", "", block) for block in blocks[1]]


def test_checking_script_runs_the_tests_as_the_page_says():
    wanted = re.search(r"^.venv/bin/python -m pytest.*$", read("README.md"), re.MULTILINE)
    assert wanted
    assert wanted.group().removeprefix(".venv/bin/python ") in read(".ci/run")
