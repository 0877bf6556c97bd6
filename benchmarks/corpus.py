"""Makes N varied synthetic reports: ``python benchmarks/corpus.py OUT N [--corrupt SHARE] [--seed S]``.

The samples are the moulds.  Each report gets another year, another invented body and other figures, and is written as
PDF, DOCX, HTML or plain text; no two have the same bytes.  Figures are changed one by one, so the sums of the forms no
longer hold: that is work for the audit rules, as in real reports that do not add up.  A corrupt file is a PDF or DOCX
cut off or overwritten in its structure; the paths of corrupt files are written to ``OUT.corrupt``.
"""

import argparse
import random
import re
import sys
from dataclasses import replace
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))

import formats  # noqa: E402
import paper  # noqa: E402
from source import Form, Part, read_source  # noqa: E402

MOULDS = ("city-2022", "provincial-office-2021", "township-2021", "district-2023", "hard-wrapped-2022")
FORMATS = ("pdf", "docx", "html", "txt")
SHARES = (40, 20, 30, 10)
NUMBER = re.compile(r"(?<![\d.])([1-9]\d{0,4})(?=[件条次人个篇场期份项])")
YEAR = re.compile(r"20(?:1\d|2\d)(?=年)")
FILES_OF_A_FOLDER = 500
CORRUPT = ("pdf", "docx")


def vary(parts: list[Part], chance: random.Random, year: int) -> list[Part]:
    """The parts with other figures and another year; the years around it move with it."""
    base = max((int(found) for part in parts for found in YEAR.findall(part.text)), default=year)
    changed = []
    for part in parts:
        text = YEAR.sub(lambda hit: str(int(hit[0]) + year - base), part.text)
        text = NUMBER.sub(lambda hit: str(chance.randint(1, max(2, 2 * int(hit[1])))), text)
        changed.append(replace(part, text=text, form=part.form and vary_form(part.form, chance)))
    return changed


def vary_form(form: Form, chance: random.Random) -> Form:
    """The form with other figures in some of its cells."""
    cells = tuple(
        replace(cell, text=str(chance.randint(0, 99))) if cell.text.isdigit() and chance.random() < 0.3 else cell
        for cell in form.cells
    )
    return replace(form, cells=cells)


def write(parts: list[Part], target: Path, chance: random.Random) -> None:
    """Write one report in the format that the name of ``target`` asks for."""
    if target.suffix == ".pdf":
        paper.write_pdf(parts, target, paper.Style(size=chance.choice((12, 14, 16)), numbers="- {} -"))
    elif target.suffix == ".docx":
        formats.write_docx(parts, target)
    elif target.suffix == ".html":
        formats.write_portal_html(parts, target)
    else:
        formats.write_dump(parts, target)


def damage(data: bytes, suffix: str, chance: random.Random) -> bytes:
    """The bytes of a file that can't be read: its structure is gone."""
    if suffix == ".docx":
        return data[: len(data) // chance.randint(2, 6)]
    return b"%PDF-1.7\n" + bytes(chance.randrange(256) for _ in range(2000))


def make_corpus(out: Path, count: int, corrupt: float = 0.0, seed: int = 1) -> list[Path]:
    """Write ``count`` reports below ``out`` and return the corrupt ones."""
    moulds = {name: read_source(name) for name in MOULDS}
    bad = []
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")  # each report can be made again without the others
        folder = out / f"{number // FILES_OF_A_FOLDER:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        broken = chance.random() < corrupt
        suffix = chance.choice(CORRUPT) if broken else chance.choices(FORMATS, SHARES)[0]
        parts = vary(moulds[chance.choice(MOULDS)], chance, chance.randint(2019, 2025))
        parts[-1] = replace(parts[-1], text=f"{parts[-1].text}（{number}）") if parts[-1].text else parts[-1]
        target = folder / f"{number:06d}.{suffix}"
        write(parts, target, chance)
        if broken:
            target.write_bytes(damage(target.read_bytes(), target.suffix, chance))
            bad.append(target)
    return bad


def main() -> None:
    """Read the command line and make what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--corrupt", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    bad = make_corpus(options.out, options.count, options.corrupt, options.seed)
    Path(f"{options.out}.corrupt").write_text("".join(f"{path}\n" for path in bad), encoding="utf-8")
    print(f"{options.count - len(bad)} good, {len(bad)} corrupt")


if __name__ == "__main__":
    main()
