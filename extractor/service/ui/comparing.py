"""Two years of one body side by side, an indicator over years and bodies, the notice to print."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from extractor.service.exports.notice import describe, notice_items
from extractor.service.store import documents, results
from extractor.service.store.documents import Filter
from extractor.service.store.keys import Caller
from extractor.service.ui.chart import Line, draw_chart
from extractor.service.ui.shell import Asked, Language, show
from extractor.service.ui.words import Words
from extractor.service.web.access import Reader
from extractor.service.web.context import Context, Parts
from extractor.service.web.routes.exports import Choice, load_chosen

router = APIRouter(include_in_schema=False)
Short = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
Row = dict[str, Any]
MOST = 5000  # facts of one chart
LINES = 8  # bodies of one chart
YEARS = re.compile("(?:19|20)[0-9]{2}年")  # the year in a breakdown's name is not what the years are compared by


@router.get("/compare")
def show_compare(caller: Reader, asked: Asked, body: Short = "", first: Short = "", second: Short = "") -> Response:
    """The comparison."""
    request, words, context = asked.request, asked.words, asked.context
    with context.store.reading() as connection:
        bodies = documents.list_bodies(connection, caller.space)
    years = next((years for name, years in bodies if name == body), [])
    later = int(second) if second.isdigit() and int(second) in years else (years[-1] if years else None)
    earlier = int(first) if first.isdigit() and int(first) in years else (years[-2] if len(years) > 1 else None)
    rows: dict[str, list[Row]] = {"narrative": [], "cells": []}
    pair = [_report(context, caller, body, year) for year in (earlier, later)]
    if pair[0] and pair[1]:
        rows = {"narrative": _indicator_rows(pair, words), "cells": _cell_rows(pair, words)}
    return show(
        "compare.html", request, words, caller, bodies=bodies, body=body, years=years, first=earlier, second=later,
        rows=rows, found=pair,
    )  # fmt: skip


@router.get("/trends")
def show_trends(
    request: Request, words: Language, caller: Reader, context: Parts, indicator: Short = "", body: Short = ""
) -> Response:
    """The chart of an indicator."""
    with context.store.reading() as connection:
        bodies = documents.list_bodies(connection, caller.space)
        wanted = {"indicator": indicator, "body": body or None}
        rows = results.list_facts(connection, caller.space, wanted, MOST, 0)[0] if indicator else []
    found = [json.loads(row) for row in rows]
    lines = _lines(found, words)
    chart = draw_chart(lines) if lines else None
    used = {"indicator": indicator, "body": body, "indicators": words.indicators(), "bodies": bodies}
    return show("trends.html", request, words, caller, chart=chart, lines=lines, **used)


@router.get("/notice")
def show_notice(
    request: Request, words: Language, caller: Reader, context: Parts, body: Short = "", year: Short = ""
) -> Response:
    """The rectification notice, to print."""
    number = int(year) if year.isascii() and year.isdigit() and len(year) < 5 else None
    chosen = load_chosen(context, caller, Choice.model_construct(document=None, body=body or None, year=number))
    told = []
    for material in chosen:
        items = [(*describe(item, words), item["note"]) for item in notice_items(material)]
        if items:
            told.append({"title": material.document["title"] or material.document["name"], "items": items})
    return show("notice.html", request, words, caller, body=body, year=year, reports=told)


def _report(context: Context, caller: Caller, body: str, year: int | None) -> Row | None:
    if year is None:
        return None
    chosen = Filter("", body, year, None, "done", None, "updated")
    with context.store.reading() as connection:
        rows, _ = documents.list_documents(connection, caller.space, chosen, 1)
        found = results.find_result(connection, rows[0]["id"]) if rows else None
    return None if found is None else {"id": rows[0]["id"], **found[0]}


def _indicator_rows(pair: list[Row | None], words: Words) -> list[Row]:
    """One row for each indicator, category and channel that either year tells."""
    sides = [_levels(report, words) for report in pair if report is not None]
    rows = []
    for key in dict.fromkeys([*sides[0], *sides[1]]):
        first, second = sides[0].get(key), sides[1].get(key)
        name = " · ".join(filter(None, (words.indicator(key[0]), key[1], words.code("channel", key[2]))))
        rows.append({"name": name, **_change(first, second), "first": first, "second": second})
    return sorted(rows, key=lambda row: row["name"])


def _levels(report: Row, words: Words) -> dict[tuple[str, str, str], Row]:
    """The first level that the report tells of each indicator, category and channel for its own year."""
    levels: dict[tuple[str, str, str], Row] = {}
    for fact in report["facts"]:
        if fact["indicator"] and _is_level(fact, words, report["document"]["year"]):
            key = (fact["indicator"], YEARS.sub("", fact["category"] or ""), fact["channel"] or "")
            levels.setdefault(key, {"value": fact["value"], "unit": fact["unit"], "id": fact["id"], "raw": fact["raw"]})
    return levels


def _cell_rows(pair: list[Row | None], words: Words) -> list[Row]:
    sides = [
        {cell["key"]: cell for table in (report or {"tables": []})["tables"] for cell in table["cells"]}
        for report in pair
    ]
    rows = []
    for key in dict.fromkeys([*sides[1], *sides[0]]):
        first, second = ({"value": side[key]["value"], "unit": None, "id": f"c-{key}"} if key in side else None
                         for side in sides)  # fmt: skip
        if any(one and one["value"] for one in (first, second)):
            rows.append({"name": words.cell(key), **_change(first, second), "first": first, "second": second})
    return rows


def _change(first: Row | None, second: Row | None) -> Row:
    """Difference, growth in percent, and whether it is so large that one should look."""
    before, after = (first or {}).get("value"), (second or {}).get("value")
    if before is None or after is None:
        return {"difference": None, "growth": None, "odd": False}
    growth = (after - before) / abs(before) * 100 if before else None
    odd = growth is not None and (growth > 400 or growth < -80) and abs(after - before) >= 10
    return {"difference": after - before, "growth": None if growth is None else round(growth, 1), "odd": odd}


def _is_level(fact: Row, words: Words, year: int | None) -> bool:
    """Whether the fact tells the indicator's own measure for the report's year: no growth, no share, no last year."""
    period = fact["period"]
    day = period["as_of"] or period["end"] or ""
    return fact["measure"] == words.measure(fact["indicator"]) and (not day or day[:4] == str(year))


def _lines(found: list[Row], words: Words) -> list[Line]:
    """A line for each body: the largest level of the indicator that each year's report tells of its own year."""
    values: dict[str, dict[int, float]] = {}
    for fact in found:
        if fact["year"] is None or not _is_level(fact, words, fact["year"]):
            continue
        name = fact["organization"] or words.text("unnamed_body")
        year = values.setdefault(name, {})
        year[fact["year"]] = max(year.get(fact["year"], fact["value"]), fact["value"])
    chosen = sorted(values.items(), key=lambda one: -len(one[1]))[:LINES]
    return [Line(name, sorted(points.items())) for name, points in chosen]
