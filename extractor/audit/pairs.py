"""Which of several reports is last year's of which."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.lexicon import table
from extractor.types import Report


def pair_reports(reports: Sequence[Report]) -> tuple[tuple[Report, Report | None], ...]:
    """Each report, in the order given, with the same body's report of the year before where that is among them.

    Bodies are told apart by their names, without the words for government and office; a report without a year has no
    partner.  Of several reports of one body and year the first one counts.
    """
    known: dict[tuple[str, int], Report] = {}
    for report in reports:
        key = body_and_year(report)
        if key is not None:
            known.setdefault(key, report)
    found = []
    for report in reports:
        key = body_and_year(report)
        found.append((report, None if key is None else known.get((key[0], key[1] - 1))))
    return tuple(found)


def share_a_body(report: Report, last: Report) -> bool:
    """Whether two reports may be of one body: False only where both name theirs and the names differ."""
    first, second = body_and_year(report), body_and_year(last)
    return first is None or second is None or first[0] == second[0]


def body_and_year(report: Report) -> tuple[str, int] | None:
    """Short name of the issuing body and year of the report; None where one of them is not certain."""
    metadata = report.metadata
    name = metadata.organization or _named_in(metadata.title or "")
    if metadata.year is None or not name:
        return None
    short = "".join(name.split())
    for ending in table("audit")["words"]["name_endings"]:
        if short.endswith(ending) and len(short) > len(ending):
            short = short.removesuffix(ending)
            break
    return short, metadata.year


def _named_in(title: str) -> str:
    """What a title says before its year."""
    return re.split(table("audit")["patterns"]["year"], "".join(title.split()))[0]
