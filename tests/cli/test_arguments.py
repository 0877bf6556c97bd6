from pathlib import Path

import pytest

from extractor.cli.arguments import Request, parse_arguments
from extractor.errors import UsageError
from extractor.outputs import Selection

DEFAULTS = {"form": None, "page": None, "selection": Selection(), "text": True}


@pytest.mark.parametrize(
    ("words", "sources", "fields"),
    [
        (["a.pdf"], ("a.pdf",), {}),
        (["-"], ("-",), {}),
        (["a.pdf", "b.pdf"], ("a.pdf", "b.pdf"), {}),
        (["a.pdf", "--json"], ("a.pdf",), {"form": "json"}),
        (["--jsonl", "a.pdf"], ("a.pdf",), {"form": "jsonl"}),
        (["a.pdf", "--csv", "b.pdf"], ("a.pdf", "b.pdf"), {"form": "csv"}),
        (["a.pdf", "--html", "out.html"], ("a.pdf",), {"page": Path("out.html")}),
        (["a.pdf", "--html=out.html", "--json"], ("a.pdf",), {"page": Path("out.html"), "form": "json"}),
        (["a.pdf", "--no-text"], ("a.pdf",), {"text": False}),
        (["--", "batch"], ("batch",), {}),
        (["--json", "--", "-x", "--csv"], ("-x", "--csv"), {"form": "json"}),
        (["a.pdf", "--", "b.pdf"], ("a.pdf", "b.pdf"), {}),
        (["年报.pdf"], ("年报.pdf",), {}),
        (
            ["a.pdf", "--section", "overview,other", "--indicator", "hall.*", "--indicator=service.*, items.total"],
            ("a.pdf",),
            {"selection": Selection(("overview", "other"), ("hall.*", "service.*", "items.total"))},
        ),
        (["a.pdf", "--min-confidence", "0.9"], ("a.pdf",), {"selection": Selection(min_confidence=0.9)}),
    ],
)
def test_parse_arguments(words, sources, fields):
    assert parse_arguments(words) == Request(sources, **{**DEFAULTS, **fields})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--json"], "no file"),
        (["--"], "no file"),
        (["a.pdf", "--json", "--csv"], "not allowed with"),
        (["a.pdf", "--xlsx"], "--xlsx"),
        (["a.pdf", "--js"], "--js"),
        (["a.pdf", "--html"], "--html"),
        (["a.pdf", "--section", "table"], "known: overview"),
        (["a.pdf", "--min-confidence", "high"], "not a number"),
        (["a.pdf", "--min-confidence", "1.5"], "not a number"),
        (["a.pdf", "--min-confidence", "nan"], "not a number"),
        (["evaluat"], "did you mean 'evaluate'"),
        (["shema"], "did you mean 'schema'"),
    ],
)
def test_wrong_use_is_told(words, told):
    with pytest.raises(UsageError, match=told) as error:
        parse_arguments(words)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("words", [["evaluat.pdf"], ["./evaluat"], ["quite_something_else"]])
def test_what_may_be_a_file_is_taken_for_one(words):
    assert parse_arguments(words).sources == tuple(words)


def test_a_file_that_is_there_is_no_typo(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("shema").write_text("有8条", encoding="utf-8")
    assert parse_arguments(["shema"]).sources == ("shema",)
