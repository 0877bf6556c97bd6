"""Which candidates head sections: the best run of kinds in the order of the form, and what lies between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractor.sections.headings import Heading, is_official, table_follows
from extractor.sections.titles import ALIAS, KINDS, UNKNOWN

NUMBER_BONUS = 0.8  # the number is that of the form
BODY_BONUS = 0.3  # something stands below the heading
TABLE_BONUS = 1.0  # a standard table stands below a heading that wants one
OUTER = ("chinese", "part", "ordinal")  # styles that never stand below brackets
FEW_BRACKETS = 3  # kinds that （一）（二）（三） must name before they count as sections


def choose_headings(text: str, candidates: Sequence[Heading]) -> list[Heading]:
    """Headings of sections in text order."""
    style = _main_style(candidates)
    eligible = [heading for heading in candidates if _eligible(heading, style)]
    if not eligible:
        return _between(candidates, [], style)
    ends = [following.start for following in eligible[1:]] + [len(text)]
    scores = [_score(text, heading, end) for heading, end in zip(eligible, ends, strict=True)]
    chosen = _best_run(eligible, scores)
    return sorted(chosen + _between(candidates, chosen, style), key=lambda heading: heading.start)


def _main_style(candidates: Sequence[Heading]) -> str | None:
    """The style of numbering that names most kinds of sections."""
    kinds: dict[str, dict[str, float]] = defaultdict(dict)
    for heading in candidates:
        if heading.naming.trust > UNKNOWN:
            known = kinds[heading.style]
            known[heading.naming.kind] = max(known.get(heading.naming.kind, 0.0), heading.naming.trust)
    styles = [heading.style for heading in candidates if heading.naming.trust > UNKNOWN]
    if "bracket" in styles and any(style in OUTER for style in styles[: styles.index("bracket")]):
        kinds.pop("bracket")  # they number the parts of a section
    for style in ("bracket", "digit", "none"):
        if len(kinds.get(style, ())) < FEW_BRACKETS or not {"overview", "problems", "other"} & kinds[style].keys():
            kinds.pop(style, None)
    if not kinds:
        return None
    return max(kinds, key=lambda style: (sum(kinds[style].values()), style == "chinese"))


def _eligible(heading: Heading, style: str | None) -> bool:
    """Whether the candidate may head a section of the form."""
    if heading.naming.trust <= UNKNOWN:
        return False
    if heading.style == style:
        return True
    if heading.style in ("none", "digit"):
        return is_official(heading) or (style is None and heading.style == "none" and heading.naming.trust >= ALIAS)
    return heading.style != "bracket" and heading.naming.trust >= ALIAS


def _score(text: str, heading: Heading, end: int) -> float:
    """How much speaks for the candidate."""
    score = heading.naming.trust
    if heading.number == KINDS.index(heading.naming.kind) + 1:
        score += NUMBER_BONUS
    if end - heading.body > 5:
        score += BODY_BONUS
    if heading.naming.kind.endswith("_table") and table_follows(text, heading, end):
        score += TABLE_BONUS
    return score


def _best_run(eligible: Sequence[Heading], scores: Sequence[float]) -> list[Heading]:
    """The candidates in text order, of rising kinds, with the highest sum of scores."""
    before: list[int] = []  # place of the candidate before, -1 for none
    sums: list[float] = []  # of the best run that ends at the place
    best = [-1] * len(KINDS)  # place where the best run ends that ends with the kind
    for at, heading in enumerate(eligible):
        kind = KINDS.index(heading.naming.kind)
        lower = max(best[:kind], key=lambda place: sums[place] if place >= 0 else 0.0, default=-1)
        before.append(lower)
        sums.append(scores[at] + (sums[lower] if lower >= 0 else 0.0))
        if best[kind] < 0 or sums[at] > sums[best[kind]]:
            best[kind] = at
    at = max(range(len(sums)), key=sums.__getitem__, default=-1)
    run: list[Heading] = []
    while at >= 0:
        run.append(eligible[at])
        at = before[at]
    return run[::-1]


def _between(candidates: Sequence[Heading], chosen: Sequence[Heading], style: str | None) -> list[Heading]:
    """Further sections: same numbering, and the number fits between those of the neighbours."""
    found: list[Heading] = []
    taken = {heading.start for heading in chosen}
    last = 0
    for heading in candidates:
        if heading.start in taken:
            last = heading.number or last
            continue
        if heading.style != style or heading.number is None or style == "none":
            continue
        following = next((h.number for h in chosen if h.start > heading.start and h.number is not None), 99)
        if last < heading.number < following and (chosen or heading.style == "chinese"):
            found.append(heading)
            last = heading.number
    return found
