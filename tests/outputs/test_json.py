import dataclasses
import json

import jsonschema
import pytest
from report_builder import TEXT, make_fact, make_report, with_pages

from extractor.outputs import dumps, load_schema, to_dict

FACT_KEYS = [
    "id", "indicator", "label", "value", "value_max", "unit", "low", "high", "raw", "kind", "measure", "per",
    "modifier", "period", "subject", "channel", "category", "part_of", "denominator", "numerator", "confidence",
    "method", "evidence",
]  # fmt: skip

REPORTS = {
    "everything": make_report(),
    "nothing": make_report("", facts=(), sections=(), tables=(), findings=(), warnings=()),
    "paged": with_pages(make_report()),
    "hostile": make_report(
        '"</script>\\\x00\u2028\x85=1+1有8条。\n', facts=(make_fact("有8条。", "8条", "8", start=0),)
    ),
    "without period": make_report(metadata=dataclasses.replace(make_report().metadata, period=None, form=None)),
}


def validator():
    schema = load_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", REPORTS)
def test_every_output_validates(name):
    result = to_dict(REPORTS[name])
    assert [error.message for error in validator().iter_errors(result)] == []


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("facts", 0, "value"), "8"),
        (("facts", 0, "extra"), 1),
        (("facts", 0, "measure"), "sum"),
        (("document", "text"), 5),
        (("coverage", "numbers"), -1),
        (("facts", 0, "evidence", "span"), [1]),
        (("facts", 0, "evidence", "span"), [1, 2, 3]),
        (("host",), "here"),
    ],
)
def test_schema_refuses(path, wrong):
    result = to_dict(make_report())
    target = result
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = wrong
    assert list(validator().iter_errors(result))


def test_keys_stand_in_the_order_of_the_contract():
    result = to_dict(make_report())
    assert list(result) == [
        "schema_version", "document", "sections", "facts", "tables", "findings", "coverage", "warnings", "versions",
    ]  # fmt: skip
    assert list(result["facts"][0]) == FACT_KEYS


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("indent", [None, 2])
def test_text_form_says_the_same_as_the_object(name, indent):
    report = REPORTS[name]
    assert json.loads(dumps(report, indent=indent)) == json.loads(json.dumps(to_dict(report)))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("35000", "35000"),
        ("3.5E+4", "35000"),
        ("8.0", "8"),
        ("-12.30", "-12.3"),
        ("0.1", "0.1"),
        ("66.67", "66.67"),
        ("0.0000001", "0.0000001"),
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
        ("-0", "0"),
    ],
)
def test_numbers_are_printed_exactly(written, printed):
    fact = make_fact(TEXT, "128条", written)
    assert f'"value": {printed},' in dumps(make_report(facts=(fact,)))


@pytest.mark.parametrize("written", ["NaN", "Infinity", "-Infinity", "1e2000000"])
def test_what_is_no_number_is_refused(written):
    report = make_report(facts=(make_fact(TEXT, "128条", written),))
    with pytest.raises(ValueError, match="no number"):
        dumps(report)


def test_one_line_stays_one_line():
    line = dumps(REPORTS["hostile"])
    assert line.splitlines() == [line]


def test_text_can_be_left_out():
    result = to_dict(make_report(), text=False)
    assert result["document"]["text"] is None
    assert result["facts"][0]["evidence"]["sentence"]
    assert list(validator().iter_errors(result)) == []


def test_coverage_counts_its_lists():
    coverage = to_dict(make_report())["coverage"]
    assert coverage["counts"] == {"numbers": 5, "facts": 3, "non_facts": 1, "unexplained": 1, "blanks": 0}
    assert coverage["non_facts"] == [
        {"span": [TEXT.index("0000-"), TEXT.index("0000-") + 12], "raw": "0000-1234567", "reason": "phone"}
    ]
    assert coverage["unexplained"] == [{"span": [0, 3], "raw": "青禾县"}]


def test_pages_of_sections_and_boxes():
    result = to_dict(REPORTS["paged"])
    assert result["sections"][0]["pages"] == [1, 2]
    assert result["facts"][0]["evidence"]["boxes"] == [[1.0, 2.0, 3.12, 4.0]]
    assert to_dict(make_report())["sections"][0]["pages"] is None
