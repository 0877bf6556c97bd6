"""Compiles the development corpus (``assets/corpus/*.txt``, see ``assets/GUIDELINE.md``) to gold, dealt by family.

    python models/scripts/corpus.py OUT        writes OUT/{train,validation,test}.jsonl and OUT/texts/<passage>.txt

Values, units and modifiers of plain number expressions are read here, independently of the extractor; every other one
is given by hand.  Stops with file and line at the first thing that does not fit the guideline.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from opencc import OpenCC

CORPUS = Path(__file__).resolve().parents[1] / "assets" / "corpus"
PARTS = {"train": 30, "validation": 65, "test": 100}  # upper ends of the slots that families fall into
KEYS = set(
    [
        "value",
        "value_max",
        "unit",
        "kind",
        "measure",
        "per",
        "modifier",
        "channel",
        "category",
        "subject",
        "part_of",
        "numerator",
        "period",
        "optional",
    ]
)
BEFORE = {
    "approx": ("近", "约", "达近"),
    "over": ("超", "超过", "逾", "突破", "破"),
    "under": ("不足",),
    "at_least": ("不少于", "不低于", "至少"),
    "at_most": ("不超过", "最多"),
}
AFTER = {"approx": ("左右", "上下"), "at_least": ("以上",), "at_most": ("以内", "以下")}
MODIFIER_BEFORE = {word: name for name, words in BEFORE.items() for word in words}
MODIFIER_AFTER = {word: name for name, words in AFTER.items() for word in words}
PLAIN = re.compile(
    rf"(?P<before>{'|'.join(sorted(MODIFIER_BEFORE, key=len, reverse=True))})?"
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<power>[万亿千百]?)(?P<more>余|多)?(?P<power2>[万亿]?)"
    rf"(?P<unit>[^\d\s]{{0,4}}?)(?P<more2>余)?(?P<after>{'|'.join(MODIFIER_AFTER)})?"
)
RANK = re.compile(r"第(\d+)(名|位)?")
POWERS = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
MEASURES = {"%": "share", "元": "amount"}
MONEY = {"元": ("元", 1), "万元": ("元", 10_000), "亿元": ("元", 100_000_000)}


class CorpusError(Exception):
    """The corpus does not fit the guideline; the message names file and line."""


@dataclass
class Passage:
    """One annotated text: name, paragraphs, facts as gold dictionaries."""

    name: str
    part: str
    year: str
    text: str = ""
    facts: list[dict[str, object]] = field(default_factory=list)


def read_corpus(folder: Path = CORPUS) -> list[Passage]:
    """All passages of the corpus, in order of files and lines."""
    passages: list[Passage] = []
    for path in sorted(folder.glob("*.txt")):
        passages += read_file(path)
    names = [passage.name for passage in passages]
    doubled = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
    if doubled:
        raise CorpusError(f"passages with one name: {', '.join(sorted(doubled)[:5])}")
    return passages


def read_file(path: Path) -> list[Passage]:
    """Passages of one corpus file."""
    passages: list[Passage] = []
    family = year = ""
    parts = PARTS
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            if line.startswith("@parts "):
                parts = {name: int(end) for name, end in (pair.split() for pair in line[7:].split(","))}
            elif line.startswith("@family "):
                family, _, year = [part.strip() for part in line[8:].split("|")][:3]
            elif line.startswith("@ "):
                name = f"{family}-{line[2:].split('|')[0].strip()}"
                passages.append(Passage(name, deal(family, parts), year))
            elif line.strip() and not line.startswith("#"):
                read_passage_line(line, passages[-1])
        except (CorpusError, ValueError, IndexError, KeyError) as error:
            raise CorpusError(f"{path.name}:{number}: {error}") from None
    return passages


def read_passage_line(line: str, passage: Passage) -> None:
    """Take a T line or an F line into its passage."""
    if line.startswith("T "):
        passage.text += ("\n" if passage.text else "") + line[2:].replace("\\n", "\n")
    elif line.startswith("F "):
        passage.facts.append(read_fact(line[2:], passage))
    else:
        raise CorpusError("a line starts with none of @parts, @family, @, T, F, #")


def read_fact(line: str, passage: Passage) -> dict[str, object]:
    """Gold dictionary of one F line."""
    number, indicator, label, *rest = [part.strip().replace("\\n", "\n") for part in line.split("|")]
    given = dict(pair.split("=", 1) for pair in shlex.split(rest[0])) if rest else {}
    if unknown := given.keys() - KEYS:
        raise CorpusError(f"unknown keys {sorted(unknown)}")
    num, _, nth = number.partition("#")
    occurrence = int(nth or 1)
    fact: dict[str, object] = {"doc": passage.name, "n": len(passage.facts) + 1}
    fact |= quote(passage.text, num, occurrence)
    fact |= plain(num) if given.get("kind", "explicit") == "explicit" and "value" not in given else {}
    for key, value in given.items():
        fact[key] = convert(key, value)
    if "value" not in fact and given.get("kind") in {"zero", "implied"}:
        fact["value"] = 0 if given["kind"] == "zero" else 100
    if "value" not in fact:
        raise CorpusError(f"{num}: not a plain number, give value=")
    if indicator:
        fact["indicator"] = indicator
    if label:
        fact["label"] = label
    if "period" not in fact and passage.year.isdigit():
        fact["period"] = f"{passage.year}-01-01/{passage.year}-12-31"
    return fact


def convert(key: str, value: str) -> object:
    """A given value in its JSON type."""
    if key in {"part_of", "numerator"}:
        return int(value)
    if key in {"value", "value_max"}:
        return number_of(Decimal(value))
    return value == "true" if key == "optional" else value


def number_of(value: Decimal) -> int | float:
    """A JSON number."""
    return int(value) if value == value.to_integral_value() else float(value)


def plain(num: str) -> dict[str, object]:
    """Value, unit and modifier of a plain expression; empty where it is none."""
    if hit := RANK.fullmatch(num):
        return {"value": int(hit[1]), "unit": hit[2] or "名", "measure": "rank"}
    hit = PLAIN.fullmatch(simplify("".join(num.split())))
    if not hit:
        return {}
    value = Decimal(hit["digits"].replace(",", "")) * POWERS[hit["power"]] * POWERS[hit["power2"]]
    unit, factor = MONEY.get(hit["unit"], (hit["unit"], 1))
    unit = "工作日" if unit.startswith("个工作日") else unit
    fact: dict[str, object] = {"value": number_of(value * factor), "unit": unit, "measure": MEASURES.get(unit, "")}
    more = "over" if hit["more"] or hit["more2"] else ""
    fact["modifier"] = MODIFIER_BEFORE.get(hit["before"] or "") or MODIFIER_AFTER.get(hit["after"] or "") or more
    return {key: found for key, found in fact.items() if found != ""}


@cache
def script_folder() -> OpenCC:
    """Traditional to simplified script."""
    return OpenCC("t2s")


def simplify(num: str) -> str:
    """Units are gold in simplified script, whatever the text is in."""
    return script_folder().convert(num)


def quote(text: str, num: str, occurrence: int) -> dict[str, object]:
    """Quote of 6 to 25 characters around the number, and which hit it is where it can't be unique."""
    whole = re.compile((r"(?<![\d.])" if num[:1].isdigit() else "") + re.escape(num))
    places = [hit.start() for hit in whole.finditer(text)]
    if len(places) < occurrence:
        raise CorpusError(f"{num!r} does not stand {occurrence} times in the text")
    at = places[occurrence - 1]
    line_start, line_end = text.rfind("\n", 0, at) + 1, text.find("\n", at) if "\n" in text[at:] else len(text)
    start, end = at, at + len(num)
    while text.count(text[start:end]) > 1 or end - start < 6:
        if start > line_start and (end - start) % 3 != 2:
            start -= 1
        elif end < line_end:
            end += 1
        elif start > line_start:
            start -= 1
        else:
            break
    words = text[start:end]
    found: dict[str, object] = {"quote": words, "num": num}
    if text.count(words) > 1:
        found["occurrence"] = text[: start + 1].count(words[:1]) and len(
            re.findall(f"(?={re.escape(words)})", text[: start + len(words)])
        )
    inner = len(re.findall(f"(?={re.escape(num)})", words[: at - start + len(num)]))
    return found | ({"num_occurrence": inner} if inner > 1 else {})


def deal(family: str, parts: Mapping[str, int]) -> str:
    """train, validation or test: by hash of the family's name, so that a family never straddles two parts."""
    slot = int(hashlib.sha256(family.encode()).hexdigest()[:8], 16) % 100
    return next(name for name, end in parts.items() if slot < end)


def write(passages: list[Passage], out: Path) -> dict[str, int]:
    """Write texts and gold of all parts; return the number of passages of each."""
    texts = out / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[str]] = {name: [] for name in PARTS}
    counts = dict.fromkeys(lines, 0)
    for passage in passages:
        counts[passage.part] += 1
        head = f"{passage.year}年政府信息公开工作年度报告\n" if passage.year.isdigit() else ""
        (texts / f"{passage.name}.txt").write_text(head + passage.text + "\n", encoding="utf-8")
        for fact in passage.facts or [{"doc": passage.name, "none": True}]:
            lines[passage.part].append(json.dumps(fact, ensure_ascii=False))
    for name, found in lines.items():
        (out / f"{name}.jsonl").write_text("\n".join(found) + "\n", encoding="utf-8")
    return counts


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    arguments = parser.parse_args()
    try:
        counts = write(read_corpus(arguments.corpus), arguments.out)
    except CorpusError as error:
        print(f"corpus: {error}", file=sys.stderr)
        return 1
    print(", ".join(f"{name}: {count}" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
