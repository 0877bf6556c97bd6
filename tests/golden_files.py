"""Golden files: what every sample gave when somebody last looked at it, one fact a line, short enough for a diff."""

import json
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"
FIELDS = ("value", "value_max", "unit", "indicator", "measure", "kind", "subject", "channel", "category")

SPEAKING = {"FAIL", "UNCERTAIN"}


def golden_path(sample):
    return GOLDEN / f"{sample.name}.jsonl"


def summarise(result):
    """Lines of the golden file of one JSON result: what was read, standard tables, facts, what the audit says."""
    document = result["document"]
    lines = [
        {key: document[key] for key in ("title", "organization", "year", "form", "script", "pages")},
        {
            "sections": [section["kind"] for section in result["sections"]],
            "coverage": result["coverage"]["counts"],
            "warnings": sorted({warning["code"] for warning in result["warnings"]}),
        },
    ]
    lines += [summarise_table(table) for table in result["tables"]]
    order = {fact["id"]: at for at, fact in enumerate(result["facts"])}
    lines += [summarise_fact(fact, order) for fact in result["facts"]]
    lines += [summarise_finding(finding, order) for finding in result["findings"] if finding["outcome"] in SPEAKING]
    return [json.dumps(line, ensure_ascii=False) for line in lines]


def summarise_table(table):
    """The cells that hold something other than a printed zero."""
    cells = {cell["key"]: cell["value"] for cell in table["cells"] if cell["value"] not in (None, 0)}
    return {"table": table["table"], "form": table["form"], "cells": len(table["cells"]), "values": cells}


def summarise_fact(fact, order):
    """The fields of a fact that matter to a reader; empty ones are left out."""
    line = {"raw": fact["raw"], "span": fact["evidence"]["span"], "section": fact["evidence"]["section"]}
    line |= {field: fact[field] for field in FIELDS if fact[field] not in (None, "explicit")}
    line["period"] = "/".join(fact["period"][key] or "" for key in ("start", "end", "as_of"))
    for field in ("part_of", "numerator", "denominator"):
        if fact[field] is not None:
            line[field] = order.get(fact[field], "missing")
    return line


def summarise_finding(finding, order):
    """Rule, outcome and what it is about."""
    line = {"finding": finding["rule"], "outcome": finding["outcome"], "severity": finding["severity"]}
    line["facts"] = [order.get(fact, "missing") for fact in finding["facts"]]
    return line | {"cells": finding["cells"][:6], "cause": finding["cause"]}
