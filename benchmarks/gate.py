"""Holds quality: ``python benchmarks/gate.py [--raise | --lower]``.

Scores the development corpus, rules with the trained part and rules alone, and compares F1 of every part with
``floors.json``.  The file holds the digest of the corpus: another corpus needs new floors.  ``--raise`` writes figures
that are better than their floor; ``--lower`` writes them as they are and is for a reviewer to allow.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "models" / "assets" / "corpus"
FLOORS = Path(__file__).with_name("floors.json")
FAMILIES = ("found", "strict", "indicator", "links")
PLACES = 4
sys.path.insert(0, str(ROOT / "models" / "scripts"))

Figures = dict[str, dict[str, float]]


def corpus_digest() -> str:
    """First 16 hex digits of SHA-256 over the corpus files."""
    total = hashlib.sha256()
    for path in sorted(CORPUS.glob("*.txt")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def score() -> Figures:
    """F1 of every family, by part and side: ``test, both``."""
    from corpus import PARTS, read_corpus, write

    from extractor import Settings, evaluate, extract, outputs

    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        write(read_corpus(), out)
        for part in PARTS:
            gold = evaluate.read_gold(out / f"{part}.jsonl")
            for side, model in (("rules", False), ("both", True)):
                settings = Settings(model=model, audit=False)
                found = evaluate.evaluate(
                    gold,
                    lambda doc, settings=settings: outputs.to_dict(extract(out / "texts" / f"{doc}.txt", settings)),
                )
                counts = found.counts
                figures[f"{part}, {side}"] = {
                    name: round(evaluate.score_family(counts, name)["f1"], PLACES) for name in FAMILIES
                }
    return figures


def fallen(figures: Figures, floors: Figures) -> list[str]:
    """One line for every figure below its floor, or whose floor has no figure any more."""
    lines = []
    for row, own in floors.items():
        for name, floor in own.items():
            figure = figures.get(row, {}).get(name, 0.0)
            if figure < floor:
                lines.append(f"{row}: {name} {figure:.4f} is below its floor {floor:.4f}")
    return lines


def raised(figures: Figures, floors: Figures) -> Figures:
    """The floors with every better figure in the place of its floor."""
    return {
        row: {name: max(figure, floors.get(row, {}).get(name, 0.0)) for name, figure in own.items()}
        for row, own in figures.items()
    }


def main() -> int:
    """0 when no figure is below its floor, else 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--raise", dest="higher", action="store_true", help="write better figures as floors")
    choice.add_argument("--lower", action="store_true", help="write the figures as floors, whatever they are")
    arguments = parser.parse_args()
    saved = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"corpus": "", "floors": {}}
    figures, digest = score(), corpus_digest()
    for row, own in figures.items():
        print(f"{row:18}" + "  ".join(f"{name} {figure:.4f}" for name, figure in own.items()))
    if arguments.lower or (arguments.higher and saved["corpus"] == digest):
        floors = figures if arguments.lower else raised(figures, saved["floors"])
        FLOORS.write_text(json.dumps({"corpus": digest, "floors": floors}, indent=1) + "\n", encoding="utf-8")
        saved = {"corpus": digest, "floors": floors}
    lines = fallen(figures, saved["floors"])
    if saved["corpus"] != digest:
        lines.append("the corpus is not the one that the floors were set on; review the figures, then --lower")
    for line in lines:
        print(line, file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
