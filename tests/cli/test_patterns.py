import pytest

from extractor.cli import run
from extractor.cli.patterns import find_problems
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
