"""What the right pane tells of a fact or a finding."""

from __future__ import annotations

from typing import Any

from extractor.lexicon import table
from extractor.service.review import Review
from extractor.service.store import decisions
from extractor.service.ui.shell import print_number
from extractor.service.ui.words import Words
from extractor.service.web.problems import Problem

Body = dict[str, Any]


def describe_fact(report: Body, review: Review, number: str, words: Words) -> Body:
    """Everything about a fact; Problem 404 where there is none."""
    entry = review.holding.get(("fact", number)) or review.holding.get(("added", number))
    machine = next((fact for fact in report["facts"] if fact["id"] == number), None)
    if machine is None and (entry is None or entry["about"] != "added"):
        raise Problem(404, "no such fact")
    added = entry["human"] if entry is not None else {}
    corrected = added if entry is not None and entry["action"] == "correct" else {}
    human = added if machine is None else corrected
    shown = {**_nothing(), **(machine or {}), **{name: value for name, value in human.items() if name in _nothing()}}
    evidence = machine["evidence"] if machine is not None else human
    sentence, at = evidence["sentence"], evidence["sentence_span"][0]
    start, end = evidence["span"]
    return {
        "id": number, "machine": machine, "human": human, "entry": entry, "shown": shown,
        "about": "added" if machine is None else "fact",
        "name": words.indicator(shown["indicator"]) or shown["label"] or words.text("no_indicator"),
        "sentence": (sentence[: start - at], sentence[start - at : end - at], sentence[end - at :]),
        "rows": _rows(machine, words) if machine else [],
        "links": _links(report, machine, words) if machine else [],
        "cell": _beside(report, shown, words),
        "related": [_short(one, words) for one in report["findings"] if number in one["facts"]],
        "history": history_of(review, number), "indicators": words.indicators(),
    }  # fmt: skip


def describe_finding(report: Body, review: Review, fingerprint: str, words: Words) -> Body:
    """Everything about a finding; Problem 404 where there is none."""
    found = next((one for one in report["findings"] if one["fingerprint"] == fingerprint), None)
    if found is None:
        raise Problem(404, "no such finding")
    terms = []
    for term in found["calculation"]:
        target = (
            {"cell": f"c-{term['key']}", "fact": term["key"]}.get(term["kind"] or "", "") if term.get("key") else ""
        )
        terms.append({**term, "target": target})
    named = {term["target"] for term in terms}
    facts = {fact["id"]: fact for fact in report["facts"]}
    others = [{"target": one, "label": facts[one]["label"], "value": facts[one]["raw"]} for one in found["facts"]
              if one in facts and one not in named]  # fmt: skip
    others += [
        {"target": f"c-{key}", "label": words.cell(key), "value": ""}
        for key in found["cells"]
        if f"c-{key}" not in named
    ]
    return {
        **found, "text": words.message(found), "terms": terms, "others": others,
        "entry": review.holding.get(("finding", fingerprint)), "history": history_of(review, fingerprint),
        "verdicts": decisions.ACTIONS["finding"],
    }  # fmt: skip


def history_of(review: Review, target: str) -> list[Body]:
    """The entries about a target, the latest first, with ``standing``."""
    standing = {entry["number"] for entry in decisions.standing_entries(review.history)}
    own = [entry for entry in review.history if entry["target"] == target]
    return [{**entry, "standing": entry["number"] in standing} for entry in reversed(own)]


def _nothing() -> Body:
    keys = ("value", "value_max", "unit", "indicator", "label", "measure", "subject", "printed")
    return dict.fromkeys(keys)


def _rows(fact: Body, words: Words) -> list[tuple[str, str]]:
    """Names and values of the fact's fields that say something."""
    period, evidence = fact["period"], fact["evidence"]
    span = period["as_of"] or " – ".join(filter(None, (period["start"], period["end"])))
    place = [words.code("section", evidence["section"]), evidence["heading"]]
    place += [f"{words.text('page')} {evidence['page']}"] if evidence["page"] else []
    interval = "" if fact["low"] == fact["high"] else f"[{print_number(fact['low'])}, {print_number(fact['high'])}]"
    told = [
        ("interval", interval),
        ("measure", " · ".join(filter(None, (words.code("measure", fact["measure"]), words.code("per", fact["per"]))))),
        ("modifier", "" if fact["modifier"] == "exact" else words.code("modifier", fact["modifier"])),
        ("period", " ".join(filter(None, (span, f"({period['raw']})" if period["raw"] else "")))),
        ("subject", fact["subject"]),
        ("channel", words.code("channel", fact["channel"])),
        ("category", fact["category"]),
        ("label", fact["label"]),
        ("place", " · ".join(filter(None, place))),
        ("method", fact["method"]),
    ]
    return [(words.text(name), value) for name, value in told if value]


def _links(report: Body, fact: Body, words: Words) -> list[Body]:
    """The total that the fact is part of, its parts, what it is a share of."""
    facts = {one["id"]: one for one in report["facts"]}
    wanted = [("part_of", fact["part_of"]), ("share_of", fact["numerator"]), ("share_of", fact["denominator"])]
    wanted += [("parts", one["id"]) for one in report["facts"] if one["part_of"] == fact["id"]][:30]
    return [
        {"word": words.text(word), "target": target, "raw": facts[target]["raw"], "label": facts[target]["label"]}
        for word, target in wanted
        if target in facts
    ]


def _beside(report: Body, shown: Body, words: Words) -> Body | None:
    """The cell of a standard table that holds the same figure, and whether the two agree."""
    if shown["measure"] not in (None, "count", "amount") or not shown["indicator"]:
        return None
    entry = next((one for one in table("indicators") if one["code"] == shown["indicator"]), None)
    key = (entry or {}).get("table")
    cells = [cell for one in report["tables"] for cell in one["cells"]]
    found = next((cell for cell in cells if key and cell["key"] in (key, f"{key}.total")), None)
    if found is None:
        return None
    low, high = shown.get("low", shown["value"]), shown.get("high", shown["value"])
    agrees = found["value"] is not None and low is not None and low <= found["value"] <= high
    return {"target": f"c-{found['key']}", "name": words.cell(found["key"]), "raw": found["raw"], "agrees": agrees}


def _short(finding: Body, words: Words) -> Body:
    return {"fingerprint": finding["fingerprint"], "outcome": finding["outcome"], "text": words.message(finding)}
