"""A few damaged files for each reader, the same ones every time; benchmarks/fuzz.py runs as long as it is told to."""

import importlib.util
import random
import sys
from pathlib import Path

import pytest

from extractor.errors import ReadError
from extractor.read import load_readers, read, readers

PLACE = Path(__file__).resolve().parents[2] / "benchmarks" / "fuzz.py"
sys.path.insert(0, str(PLACE.parent))
load_readers()


@pytest.fixture(scope="module")
def fuzz():
    description = importlib.util.spec_from_file_location("fuzz", PLACE)
    module = importlib.util.module_from_spec(description)
    description.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", [name for name, _ in readers.items() if name not in ("image", "doc")])
def test_damaged_files_are_read_or_refused(fuzz, name, monkeypatch):
    monkeypatch.setattr("extractor.read.pdf.has_ocr", lambda: False)
    chance, corpus = random.Random(11), fuzz.seeds(name)
    assert corpus
    for _ in range(6):
        fuzz.check(fuzz.mutate(chance.choice(corpus), corpus, chance), name)


def test_archive_whose_entry_has_no_name():
    from odd_maker import zipped

    data = zipped([("a", "x")])
    at = data.index(b"PK\x01\x02")
    nameless = data[: at + 28] + b"\0\0" + data[at + 30 : at + 46] + data[at + 47 :]
    with pytest.raises(ReadError) as refused:
        read(nameless)
    assert refused.value.reason in ("type", "damaged")
