"""Runs the rules stage by stage and makes findings of what they say."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from extractor.audit.case import Case, View
from extractor.audit.check import FAIL, NOT_ASSESSABLE, PASS, READING, REPORT, UNCERTAIN, UNCLEAR, Check, Term
from extractor.audit.names import write_english
from extractor.audit.settings import RuleSetting, load_profile
from extractor.hashing import sha256_hex
from extractor.lexicon import table
from extractor.record import record, replace
from extractor.registry import Registry
from extractor.types import Finding, FoldedText, Report

Examine = Callable[[Case], Iterable[Check]]
LAST = ("last_cell", "last_fact")  # kinds of terms of last year's report: they stand in the calculation only


class Rule:
    """A registered rule: its id, what it does, and the severity of the default profile."""

    def __init__(self, name: str, examine: Examine) -> None:
        self.id = name
        self.examine = examine
        self.__doc__ = examine.__doc__

    @property
    def severity(self) -> str:
        """Severity in the default profile."""
        return load_profile("default").rules[self.id].severity


rules: Registry[Rule] = Registry("rule")


def rule(name: str) -> Callable[[Examine], Examine]:
    """Decorator: register a pure function from a case to checks under a rule id."""

    def register(examine: Examine) -> Examine:
        rules.add(name, Rule(name, examine))
        return examine

    return register


@cache
def load_rules() -> Registry[Rule]:
    """Import all rule modules; gives back the registry."""
    from extractor.audit import checks

    names = {name.partition(".")[0] for name in os.listdir(checks.__path__[0]) if not name.startswith("_")}
    for name in sorted(names):
        importlib.import_module(f"{checks.__name__}.{name}")
    return rules


def audit(
    report: Report, last_year: Report | None = None, profile: str = "default", folded: FoldedText | None = None
) -> tuple[Finding, ...]:
    """All findings about ``report``, stage by stage, within a stage in the order of the rules' settings.

    last_year -- the same body's report of the year before, for the rules that compare years.
    folded    -- the clean view of ``report``'s text where the caller has it at hand.
    Raises UsageError for an unknown profile.
    """
    load_rules()
    settings = load_profile(profile)
    case = Case(report, last_year, settings, folded)
    findings: list[Finding] = []
    broken: dict[str, str] = {}
    for stage in settings.stages:
        made: list[tuple[RuleSetting, Check]] = []
        for setting in settings.rules.values():
            if setting.stage == stage and setting.mode != "off":
                made += [(setting, _settle(case, setting, check)) for check in rules.get(setting.id).examine(case)]
        muted = [(setting, _mute(check, broken)) for setting, check in made]
        findings += [_finding(report, setting, check) for setting, check in muted]
        for setting, check in muted if stage in settings.breaking else ():
            if check.outcome == FAIL:
                for key in check.blame or check.keys("cell"):
                    broken.setdefault(key, setting.id)
    return tuple(findings)


def _settle(case: Case, setting: RuleSetting, check: Check) -> Check:
    """The check after doubts of reading and the profile's mode have had their say."""
    if check.outcome != FAIL:
        return check
    doubtful = _has_doubt(case, check.keys("cell")) or _has_doubt(case.before, check.keys("last_cell"))
    unsure = any(case.by_id[key].confidence < _least_confidence(case, setting) for key in check.keys("fact"))
    outcome, cause = check.outcome, check.cause or _cause(case)
    if doubtful:
        outcome, cause = UNCERTAIN, READING
    elif unsure:
        outcome, cause = UNCERTAIN, UNCLEAR
    elif setting.mode == "uncertain":
        outcome = UNCERTAIN
    return replace(check, outcome=outcome, cause=cause)


def _has_doubt(view: View | None, keys: Iterable[str]) -> bool:
    """Whether one of the cells was read with doubt."""
    return view is not None and any(key in view.cells and not view.cells[key].certain for key in keys)


def _least_confidence(case: Case, setting: RuleSetting) -> float:
    """What a fact needs to carry a FAIL: arithmetic hangs on the numbers, not on what the figures are called."""
    if case.report.document.reader.ocr:
        return float(case.limit("confidence_scan"))
    return float(case.limit("confidence_sum" if setting.stage == "narrative" else "confidence"))


def _cause(case: Case) -> str:
    """Who is at fault where a rule does not say: recognised characters may be misread, others are the report's."""
    return UNCLEAR if case.report.document.reader.ocr else REPORT


def _mute(check: Check, broken: dict[str, str]) -> Check:
    """A failed check on cells that an earlier stage found broken follows from that."""
    if check.outcome not in (FAIL, UNCERTAIN):
        return check
    first = next((key for key in check.keys("cell") + check.cells if key in broken), None)
    if first is None:
        return check
    return replace(check, outcome=NOT_ASSESSABLE, variant="follows", values={"rule": broken[first], "cell": first})


def _finding(report: Report, setting: RuleSetting, check: Check) -> Finding:
    named: dict[str, list[str]] = {}
    for term in check.terms:
        if term.key is not None:
            named.setdefault(term.kind, []).append(term.key)
    facts = tuple(dict.fromkeys((*named.get("fact", ()), *check.facts)))
    cells = tuple(dict.fromkeys((*named.get("cell", ()), *check.cells)))
    before = tuple(f"last:{key}" for key in check.keys(*LAST)) if named.keys() & set(LAST) else ()
    shown = [term.shown() for term in check.terms]
    english, chinese = _messages(setting, check, shown)
    subject = check.subject or (*facts, *cells, *before)
    return Finding(
        setting.id,
        check.severity or setting.severity,
        check.outcome,
        english,
        chinese,
        tuple(_as_dict(term, value) for term, value in zip(check.terms, shown, strict=True)),
        facts,
        cells,
        check.cause or UNCLEAR,
        make_fingerprint(report.document.sha256, setting.id, subject),
    )


def make_fingerprint(sha256: str, name: str, subject: Iterable[str]) -> str:
    """First 16 hex digits of SHA-256 over document hash, rule and the keys of what is compared."""
    return sha256_hex("\0".join((sha256, name, *sorted(subject))).encode())[:16]


def _as_dict(term: Term, shown: str) -> dict[str, str | None]:
    return {
        "operator": term.operator,
        "kind": term.kind,
        "key": term.key,
        "label": term.label,
        "value": None if term.value is None else shown,
    }


def _messages(setting: RuleSetting, check: Check, shown: Sequence[str]) -> tuple[str, str]:
    """The message in English and Chinese: title, what was seen, what it rests on."""
    values = {"expression": write_expression(check.terms, shown), **check.values}
    passed = check.outcome == PASS
    variant = "pass" if passed and check.variant == "fail" else check.variant
    english, chinese = (_template(setting.id, language, variant, passed) for language in ("en", "zh"))
    return english.fill({name: write_english(value) for name, value in values.items()}), chinese.fill(values)


@record
class Template:
    """A message with its rule's title and basis in place; ``body`` has placeholders for what was seen."""

    before: str
    body: str
    behind: str

    def fill(self, values: Mapping[str, str]) -> str:
        """The message; placeholders that a check has nothing for stay empty."""
        body = self.body.format_map(_Missing(values)) if "{" in self.body else self.body
        return self.before + body.strip() + self.behind


@cache
def _template(name: str, language: str, variant: str, passed: bool) -> Template:
    """The message of a rule (they are the same in all profiles); one that passed needs no basis."""
    setting = load_profile("default").rules[name]
    common: dict[str, dict[str, str]] = table("audit")["messages"]
    own = setting.messages
    body = (own.get(variant) or common.get(variant) or own["fail"])[language]
    basis = "" if passed else table("audit")["bases"].get(setting.basis, {}).get(language, "")
    frame = common["frame"][language].format(title=own["title"][language], body="\0")
    before, _, behind = frame.partition("\0")
    return Template(before, body, behind + (common["basis"][language].format(basis=basis) if basis else ""))


class _Missing(dict[str, str]):
    """Placeholders that a check has nothing for stay empty."""

    def __missing__(self, key: str) -> str:
        return ""


def write_expression(terms: Iterable[Term], shown: Iterable[str]) -> str:
    """The calculation as a line: 21 + 0 = 20 + 0; ``shown`` -- the values of the terms."""
    words = (f"{term.operator} {value}" if term.operator else value for term, value in zip(terms, shown, strict=True))
    return " ".join(words)
