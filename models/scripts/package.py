"""Saves the pipeline with its weights as ``zh_facts``, so that ``spacy.load`` takes it from its folder.

python models/scripts/package.py WEIGHTS OUT
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from extractor.nlp import load

NAME, VERSION = "facts", "0.1.0"


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    nlp = load(("zh_quantities", "zh_mentions", "zh_claims"))
    nlp.meta.update({"name": NAME, "version": VERSION, "description": "Facts of disclosure reports, rules and model"})
    component = nlp.get_pipe("zh_claims")
    component.use(arguments.weights)
    nlp.to_disk(arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
