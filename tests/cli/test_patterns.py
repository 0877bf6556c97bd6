import pytest

from extractor.cli import run
from extractor.cli.patterns import find_missing_cases, find_problems
from extractor.lexicon.load import sources


def test_patterns_are_whole():
    assert find_problems(sources()) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"messages.yaml": b"measure: ["}, ["messages.yaml"]),
        ({"messages.yaml": b"measure: {count: {zh: 1, en: ''}}"}, ["messages.yaml"]),
        ({"messages.yaml": b"- x", "channels.yaml": b"a: b"}, ["channels.yaml", "messages.yaml"]),
        ({"nobody_knows.yaml": b"a: b"}, ["nobody_knows.yaml"]),
    ],
)
def test_every_problem_is_a_line(changes, named):
    problems = find_problems({**sources(), **changes})
    assert [problem.split(":")[0].removeprefix("patterns/") for problem in problems] == named
    assert not any("\n" in problem for problem in problems)


def test_check_names_what_is_wrong(capsys, monkeypatch):
    monkeypatch.setattr("extractor.cli.patterns.sources", lambda: {**sources(), "messages.yaml": b"x: y"})
    assert run(["patterns", "check"]) == 1
    assert "patterns/messages.yaml" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (None, "0 cases to find and 0 not to find"),
        ('- {indicator: "a.b", found: [{}, {}], not_found: ["", ""]}', "2 cases to find and 2 not to find"),
        ('- {indicator: "a.b", found: [{}, {}, {}], not_found: [""]}', "3 cases to find and 1 not to find"),
        ('- {indicator: "a.b", found: [{}, {}, {}], not_found: ["", ""]}', None),
    ],
)
def test_indicators_want_cases(rows, problem, tmp_path, monkeypatch):
    for name, text in (("patterns/indicators/x.yaml", '- {code: "a.b"}'), ("tests/cases/facts/x.yaml", rows)):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        if text is not None:
            path.write_text(text, encoding="utf-8")
    monkeypatch.setattr("extractor.cli.patterns.folder", lambda: tmp_path / "patterns")
    found = find_missing_cases()
    assert [problem in line for line in found] == ([True] if problem else [])


def test_an_installed_package_has_no_cases_to_ask_for(tmp_path, monkeypatch):
    monkeypatch.setattr("extractor.cli.patterns.folder", lambda: tmp_path)
    assert find_missing_cases() == []
