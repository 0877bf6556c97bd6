"""The cards beside the text of the evidence page: facts, findings, table cells, other numbers."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.outputs.findings import SPEAKING, rank_findings
from extractor.outputs.names import LANGUAGES, indicator_names, name_code
from extractor.outputs.numbers import print_decimal
from extractor.outputs.table import print_period
from extractor.outputs.texts import escape_html
from extractor.types import Fact, Finding, Report, TableCell


def fact_cards(report: Report) -> Iterator[str]:
    """One card a fact, in text order."""
    order = {fact.id: number for number, fact in enumerate(report.facts, 1)}
    for fact in report.facts:
        yield _fact_card(fact, order)


def finding_cards(report: Report) -> Iterator[str]:
    """One card a finding, what failed first, with links to the facts and cells that it compares."""
    order = {fact.id: number for number, fact in enumerate(report.facts, 1)}
    for number, finding in enumerate(rank_findings(report.findings)):
        yield _finding_card(finding, number, order)


def table_cards(report: Report) -> Iterator[str]:
    """Each standard table as it is printed: rows, columns, values; a part of a row is a table of its own."""
    for table in report.tables:
        yield f'<h2>{both("table", str(table.table))} <span class="soft">{escape_html(table.form)}</span></h2>'
        columns = list(dict.fromkeys(cell.column for cell in table.cells))
        rows: dict[str, dict[str, TableCell]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, {})[cell.column] = cell
        head = "".join(f"<th>{both('cell_column', column)}</th>" for column in columns)
        lines = "".join(
            f"<tr><th>{both('row', row)}</th>{''.join(_cell(cells.get(column)) for column in columns)}</tr>"
            for row, cells in rows.items()
        )
        yield f'<table class="cells form"><tr><th></th>{head}</tr>{lines}</table>'


def number_cards(report: Report) -> Iterator[str]:
    """One line a number that is no fact: blanks and unexplained first, then those set aside with their reason."""
    text, coverage = report.document.text, report.coverage
    lines = [(f"b-{i}", span, "blank") for i, span in enumerate(coverage.blanks)]
    lines += [(f"u-{i}", span, "unexplained") for i, span in enumerate(coverage.unexplained)]
    lines += [(f"n-{i}", (other.start, other.end), other.reason) for i, other in enumerate(coverage.non_facts)]
    rows = "".join(
        f'<tr data-r="{card}"><td>{escape_html(text[start:end]) or "&nbsp;"}</td><td>{both("reason", reason)}</td></tr>'
        for card, (start, end), reason in lines
    )
    yield f'<table class="cells">{rows}</table>'


def both(group: str, code: str | None) -> str:
    """The name of a code in both languages, one of them shown at a time."""
    return _two(name_code(group, code, "zh"), name_code(group, code, "en"))


def _two(chinese: str, english: str) -> str:
    pairs = zip(LANGUAGES, (chinese, english), strict=True)
    return "".join(f'<span class="{language}">{escape_html(word)}</span>' for language, word in pairs)


def _fact_card(fact: Fact, order: dict[str, int]) -> str:
    name = indicator_names().get(fact.indicator or "")
    shown = _two(name, fact.indicator or "") if name else escape_html(fact.indicator or fact.label)
    upper = "" if fact.value_max is None else f"–{print_decimal(fact.value_max)}"
    code = f"<code>{escape_html(fact.indicator)}</code>" if fact.indicator else ""
    inside = (
        f'<div class="top"><span class="name{"" if name else " none"}">{shown}</span><span class="value">'
        f"{print_decimal(fact.value)}{upper}<small>{escape_html(fact.unit or '')}</small></span></div>"
        f'<div class="label">{escape_html(fact.label)}{code}</div>'
        f'<div class="tags">{"".join(_marked_tags(fact))}{"".join(_plain_tags(fact))}'
        f"{''.join(_link_tags(fact, order))}{_meter(fact.confidence)}</div>"
    )
    near = [link for link in (fact.part_of, fact.numerator, fact.denominator) if link]
    return _card(fact.id, "part" if fact.part_of else "", near, inside)


def _card(name: str, look: str, near: list[str], inside: str) -> str:
    classes = escape_html(f"card {look}".strip())
    return (
        f'<div class="{classes}" data-r="{escape_html(name)}" data-near="{escape_html(" ".join(near))}">{inside}</div>'
    )


def _meter(confidence: float) -> str:
    shown = f"{confidence:.2f}"
    return f'<meter min="0" max="1" low="0.6" high="0.85" optimum="1" value="{shown}" title="{shown}"></meter>'


def _link(target: str, inside: str) -> str:
    return f'<button type="button" class="link" data-go="{escape_html(target)}">{inside}</button>'


def _marked_tags(fact: Fact) -> Iterator[str]:
    """What sets the fact apart from an exact count."""
    for group, code, usual in (
        ("measure", fact.measure, "count"),
        ("kind", fact.kind, "explicit"),
        ("per", fact.per, None),
        ("modifier", fact.modifier, "exact"),
    ):
        if code != usual:
            yield f'<span class="odd">{both(group, code)}</span>'
    if fact.low != fact.high:
        yield f"<span>[{print_decimal(fact.low)}, {print_decimal(fact.high)}]</span>"


def _plain_tags(fact: Fact) -> Iterator[str]:
    for word in (print_period(fact.period), fact.subject, fact.category):
        if word:
            yield f"<span>{escape_html(word)}</span>"
    if fact.channel:
        yield f"<span>{both('channel', fact.channel)}</span>"
    if fact.evidence.page is not None:
        yield f"<span>p. {fact.evidence.page}</span>"


def _link_tags(fact: Fact, order: dict[str, int]) -> Iterator[str]:
    for word, target in (("part_of", fact.part_of), ("share_of", fact.numerator or fact.denominator)):
        if target in order:
            yield _link(target, f"{both('word', word)} #{order[target]}")
    yield f"<i>#{order[fact.id]}</i>"


def _finding_card(finding: Finding, number: int, order: dict[str, int]) -> str:
    told = [term.get("key") for term in finding.calculation]
    links = [(fact, f"#{order[fact]}") for fact in finding.facts if fact in order and fact not in told]
    links += [(f"c-{cell}", _name_cell(cell)) for cell in finding.cells if cell not in told]
    near = [fact for fact in finding.facts if fact in order] + [f"c-{cell}" for cell in finding.cells]
    buttons = "".join(_link(target, inside) for target, inside in links)
    message = _two(finding.message_zh or finding.message, finding.message)
    inside = (
        f'<div class="top"><span class="name">{message}</span></div>{_calculation(finding, order)}'
        f'<div class="tags"><span class="odd">{both("outcome", finding.outcome)}</span>'
        f"<span>{both('severity', finding.severity)}</span><span>{escape_html(finding.rule)}</span>{buttons}</div>"
    )
    look = finding.severity if finding.outcome == "FAIL" else finding.outcome
    return _card(f"x-{number}", look, near, inside)


def _calculation(finding: Finding, order: dict[str, int]) -> str:
    """The terms of the calculation under each other, each a link to its fact or cell; nothing for what passed."""
    if finding.outcome not in SPEAKING or not finding.calculation:
        return ""
    lines = []
    for term in finding.calculation:
        key = term.get("key") or ""
        before = (term.get("kind") or "").startswith("last")
        last = f' <span class="soft">{both("word", "last_year")}</span>' if before else ""
        label = escape_html(term.get("label") or "")
        if term.get("kind") == "cell":
            label = _link(f"c-{key}", _name_cell(key))
        elif term.get("kind") == "fact" and key in order:
            label = _link(key, f"{label or '#'} #{order[key]}")
        lines.append(
            f"<tr><td>{escape_html(term.get('operator') or '')}</td><td>{escape_html(term.get('value') or '—')}</td>"
            f"<td>{label}{last}</td></tr>"
        )
    return f'<table class="sum">{"".join(lines)}</table>'


def _name_cell(key: str) -> str:
    """The name of a cell by its contract key: 3.received.total."""
    table, _, rest = key.partition(".")
    row, _, column = rest.rpartition(".")
    return f"{escape_html(table)} · {both('row', row)} · {both('cell_column', column)}"


def _cell(cell: TableCell | None) -> str:
    if cell is None:
        return "<td></td>"
    value = escape_html(cell.raw) if cell.value is None else print_decimal(cell.value)
    note = (
        "" if cell.semantics in {"number", "zero"} else f'<span class="soft">{both("semantics", cell.semantics)}</span>'
    )
    doubt = "" if cell.certain else f'<span class="soft">{both("outcome", "UNCERTAIN")}</span>'
    return f'<td data-r="{escape_html(f"c-{cell.key}")}" title="{escape_html(cell.key)}">{value}{note}{doubt}</td>'
