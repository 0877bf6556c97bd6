"""When the report was published: TIM-01 to TIM-03."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from extractor.audit.case import Case
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, UNCERTAIN, Check
from extractor.audit.engine import rule


def _published(case: Case) -> datetime.date | None:
    """The publication date that the caller knows (``Report.extra["published"]``, ISO)."""
    try:
        return datetime.date.fromisoformat(case.report.extra.get("published", "")[:10])
    except ValueError:
        return None


def _signed(case: Case) -> datetime.date | None:
    """The date under the report: alone, or behind the body's name, on one of the last lines."""
    lines = [line.strip() for line in case.text[-200:].splitlines() if line.strip()]
    hits = [case.pattern("date").search(line) for line in lines[-3:]]
    ends = [hit for hit, line in zip(hits, lines[-3:], strict=True) if hit and hit.end() == len(line) <= 40]
    if not ends:
        return None
    found = ends[-1]
    try:
        return datetime.date(*(int(part) for part in found.groups()[:3]))
    except ValueError:
        return None


def _is_government(case: Case) -> bool | None:
    name = case.report.metadata.organization
    return None if not name else name.endswith(tuple(case.words("government_names")))


def _check_deadline(case: Case, government: bool, month: int, day: int) -> Iterator[Check]:
    kind = _is_government(case)
    if case.year is None or kind is None or kind != government:
        return
    published, signed = _published(case), _signed(case)
    date = published or signed
    if date is None:
        yield Check(NOT_ASSESSABLE, variant="no_date", subject=("date",))
        return
    limit = datetime.date(case.year + 1, month, day)
    late = FAIL if published else UNCERTAIN
    values = {"date": date.isoformat(), "limit": limit.isoformat()}
    yield Check(late if date > limit else PASS, values=values, variant="fail" if date > limit else "date",
                subject=("date",))  # fmt: skip


@rule("TIM-01")
def check_department(case: Case) -> Iterator[Check]:
    """A department publishes its report by 31 January."""
    yield from _check_deadline(case, False, 1, 31)


@rule("TIM-02")
def check_government(case: Case) -> Iterator[Check]:
    """A government publishes its report by 31 March."""
    yield from _check_deadline(case, True, 3, 31)


@rule("TIM-03")
def check_early(case: Case) -> Iterator[Check]:
    """The report is not dated before the end of the period that it counts."""
    date = _published(case) or _signed(case)
    if case.year is None or date is None:
        yield Check(NOT_ASSESSABLE, variant="no_date", subject=("date",))
        return
    early = date < datetime.date(case.year, 12, 31)
    values = {"date": date.isoformat(), "limit": f"{case.year}-12-31"}
    yield Check(FAIL if early else PASS, values=values, variant="fail" if early else "date", subject=("date",))
