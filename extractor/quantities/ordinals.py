"""Numbers behind 第 and 前: ranks measure, everything else only orders."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extractor.lexicon import matcher, table
from extractor.quantities.grammar import Unit, any_of, grammar
from extractor.quantities.judge import is_ranked
from extractor.quantities.measure_words import Expression
from extractor.quantities.numerals import Numeral, read_characters, read_plain
from extractor.quantities.scene import Scene, contexts
from extractor.types import NonFact

PLACE = Unit("名", "rank", None, True, "")
LAW = matcher(r" ?[章节款编条]")


def read_ordinal(scene: Scene, mark: int) -> Expression | NonFact | None:
    """What stands at the 第 at ``mark``: a rank, a number that only orders, None where no measure word follows."""
    series = _series().match(scene.text, mark, scene.end)
    if series is not None:
        article = LAW.match(scene.text, series.end(), scene.end)
        end = article.end() if article else series.end()
        return NonFact(mark, end, "article" if article or LAW.search(series[0]) else "ordinal")
    numeral = _read_numeral(scene, mark + 1)
    if numeral is None:
        return None
    digits = scene.text[numeral.start].isascii()
    rank = _read_rank(scene, mark, numeral, digits)
    if rank is not None:
        return rank
    if LAW.match(scene.text, numeral.end, scene.end):
        return NonFact(mark, numeral.end + 1, "article")
    form = grammar().units.at(scene.text, numeral.end, scene.end)
    if form is None:
        return NonFact(mark, numeral.end, "ordinal") if digits else None
    reason = grammar().units.words[form].reason
    return NonFact(mark, numeral.end + len(form), reason if reason in {"period", "page"} else "ordinal")


def read_front(scene: Scene, mark: int) -> Expression | NonFact | None:
    """A rank behind 前: 前3名, 位居全省前10; how many are listed is none (访问量前三位的栏目是…)."""
    numeral = _read_numeral(scene, mark + 1)
    if numeral is None:
        return None
    unit = _rank_unit().match(scene.text, numeral.end, scene.end)
    if unit is not None and scene.text.startswith(tuple(contexts()["front_lists"]), unit.end(), scene.end):
        return NonFact(mark, unit.end(), "ordinal")
    if not is_ranked(scene, mark):
        return None
    rank = _read_rank(scene, mark, numeral, scene.text[numeral.start].isascii())
    return None if rank is None else Expression(rank.start, rank.end, rank.numeral, rank.unit, "at_most", "rank")


def _read_numeral(scene: Scene, place: int) -> Numeral | None:
    at = place + (scene.text[place : place + 1] == " ")
    if at >= scene.end:
        return None
    numeral = (
        read_plain(scene.text, at, scene.end, grammar())
        if scene.text[at].isascii()
        else read_characters(scene.text, at, scene.end, grammar())
    )
    if numeral is None or numeral.more or numeral.coarse or numeral.value_max is not None:
        return None
    return numeral if numeral.value == numeral.value.to_integral_value() and numeral.value < Decimal(100000) else None


@cache
def _series() -> re.Pattern[str]:
    """Several ordinals behind one 第: 第1、2、3期, 第十九、二十条."""
    words = table("numerals")
    numeral = "".join([*words["digits"], *words["scales"]])
    number = rf"(?:\d{{1,4}}|[{numeral}]{{1,6}})(?:{LAW.pattern})?"
    joint = any_of([*words["joints"], *words["range_marks"]])
    return matcher(rf"第 ?{number}(?: ?{joint} ?{number}){{1,12}}")


@cache
def _closing() -> re.Pattern[str]:
    return matcher(rf"[，,。；;、）)”\"\n ]|$|{any_of(contexts()['rank_closing'])}")


@cache
def _rank_unit() -> re.Pattern[str]:
    return matcher(rf" ?({any_of(contexts()['rank_units'])})(?![单额义次])")


def _read_rank(scene: Scene, mark: int, numeral: Numeral, digits: bool) -> Expression | None:
    ranked = is_ranked(scene, mark) or scene.before(mark, 3).endswith(tuple(contexts()["rank_brackets"]))
    unit = _rank_unit().match(scene.text, numeral.end, scene.end)
    if unit is not None and (ranked or digits):
        name = Unit(unit[1], "rank", None, True, "")
        return Expression(mark, unit.end(), numeral, name, form="rank")
    if unit is None and ranked and _closing().match(scene.text, numeral.end, scene.end):
        return Expression(mark, numeral.end, numeral, PLACE, form="rank")
    return None
