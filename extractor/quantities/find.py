"""The walk through a sentence: every number is read once and ends in exactly one list."""

from __future__ import annotations

import re

from extractor.lexicon import matcher
from extractor.quantities.characters import SKIP, judge_characters, judge_word
from extractor.quantities.expressions import read_chinese, read_digits, read_fold, read_half, read_part
from extractor.quantities.grammar import grammar
from extractor.quantities.joins import Token, join_tokens
from extractor.quantities.judge import OPEN, judge_digits, judge_setting
from extractor.quantities.measure_words import Expression
from extractor.quantities.ordinals import read_front, read_ordinal
from extractor.quantities.resolve import resolve_quantity
from extractor.quantities.scene import Scene, look_at
from extractor.quantities.shapes import match_shape
from extractor.record import record
from extractor.types import NonFact, Numbers, Quantity, Span

DIGITS = matcher(r"\d{1,100000}")
HAN = matcher(r"[\u4e00-\u9fff]")
CLOSING = matcher(r"[，,。；;、）)\n]|$")
NOTHING = Numbers((), ())


@record
class Blank:
    """A counter whose number is missing."""

    start: int
    end: int


def find_numbers(text: str, start: int, end: int) -> Numbers:
    """Every number of the sentence [start, end) of the folded ``text``, each in exactly one list.

    Spans are folded offsets; a value expression reaches from its modifier to the end of its unit.
    """
    pattern = grammar().anchor
    match = pattern.search(text, start, end)
    if match is None:
        return NOTHING
    scene = look_at(text, start, end)
    tokens: list[Token] = []
    blanks: list[Span] = []
    while match is not None:
        token = _read(scene, match, tokens[-1].end if tokens else start)
        if isinstance(token, Blank):
            blanks.append((token.start, token.end))
        elif not isinstance(token, int):
            tokens.append(token)
        at = token if isinstance(token, int) else token.end
        match = pattern.search(text, max(at, match.start() + 1), end)
    return _sort(scene, join_tokens(scene, tokens), tuple(blanks))


def _read(scene: Scene, match: re.Match[str], done: int) -> Token | Blank | int:
    """What stands at an anchor; a place to go on from where it is no number.  Nothing reaches back before ``done``."""
    place = match.start()
    if match.lastgroup == "blank":
        return _read_blank(scene, match)
    mask = scene.mask_at(place)
    if mask is not None:
        return NonFact(max(mask.start, done), mask.end, mask.reason)
    if match.lastgroup == "arabic":
        return _read_arabic(scene, place, done)
    if match.lastgroup == "ordinal":
        ordinal = read_ordinal(scene, place)
        return match.end() + 1 if ordinal is None else ordinal
    if match.lastgroup == "front":
        return read_front(scene, place) or match.end()
    if match.lastgroup == "vague":
        return NonFact(place, match.end(), "vague")
    return _read_characters(scene, match, done)


def _read_arabic(scene: Scene, place: int, done: int) -> Token:
    shape = match_shape(scene, place)
    if shape is not None:
        return shape
    before = scene.before(place, 2).rstrip(" ")[-1:]
    if before in {"第", "前"} and scene.text.rindex(before, 0, place) >= done:
        mark = scene.text.rindex(before, 0, place)
        ordinal = read_ordinal(scene, mark) if before == "第" else read_front(scene, mark)
        if ordinal is not None:
            return ordinal
    expression = read_digits(scene.text, place, done, scene.end)
    if expression is not None:
        return expression
    run = DIGITS.match(scene.text, place, scene.end)
    return NonFact(place, run.end() if run else place + 1, "too_long")


def _read_characters(scene: Scene, match: re.Match[str], done: int) -> Token | int:
    place, kind = match.start(), match.lastgroup
    if kind == "fold":
        return read_fold(scene.text, place, match.end())
    if kind == "half":
        return read_half(scene.text, place, match.end(), done, scene.end)
    if kind == "part":
        part = read_part(scene.text, place, done, scene.end)
        return match.end() if part is None else part
    if kind == "bare":
        return read_chinese(scene.text, place, done, scene.end, bare=True) or match.end()
    word = judge_word(scene, place)
    if word is not None:
        return word[0] if word[1] == SKIP else NonFact(place, word[0], word[1])
    front = read_front(scene, place - 1) if place > done and scene.text[place - 1] == "前" else None
    expression = front or read_chinese(scene.text, place, done, scene.end)
    if expression is not None:
        return expression
    unknown = grammar().unknown.match(scene.text, place, scene.end)
    return NonFact(place, unknown.end(), "vague") if unknown else match.end()


def _read_blank(scene: Scene, match: re.Match[str]) -> Blank | int:
    """A gap where a number should stand, before a measure word that ends its clause."""
    if HAN.match(scene.text, match.start() - 1) is None or match.start() == scene.start:
        return match.end()
    form = grammar().units.at(scene.text, match.end(), scene.end)
    if form is None or grammar().units.words[form].kind not in {"count", "event", "people", "money", "percent"}:
        return match.end()
    end = match.end() + len(form)
    return Blank(match.start(), end) if CLOSING.match(scene.text, end, scene.end) else match.end()


def _sort(scene: Scene, tokens: list[Token], blanks: tuple[Span, ...]) -> Numbers:
    """Every token into its list."""
    quantities: list[Quantity] = []
    non_facts: list[NonFact] = []
    unexplained: list[Span] = []
    for token in tokens:
        reason = token.reason if isinstance(token, NonFact) else _judge(scene, token)
        if reason is None and isinstance(token, Expression):
            quantities.append(resolve_quantity(token))
        elif reason == OPEN:
            unexplained.append((token.start, token.end))
        elif reason is not None and reason != SKIP:
            non_facts.append(NonFact(token.start, token.end, reason))
    return Numbers(tuple(quantities), tuple(non_facts), tuple(unexplained), blanks)


def _judge(scene: Scene, expression: Expression) -> str | None:
    if expression.form in {"rank", "multiple"} or (expression.unit is None and expression.written == "characters"):
        return judge_setting(scene, expression)
    return judge_digits(scene, expression) if expression.written == "digits" else judge_characters(scene, expression)
