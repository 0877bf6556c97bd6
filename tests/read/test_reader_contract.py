"""What every registered reader promises; its sample comes from ``sample()`` in the test module of its name."""

import importlib
import random
import socket
import tempfile
from fnmatch import fnmatch

import odd_maker
import pytest

from extractor.errors import REASONS, ReadError
from extractor.read import load_readers, read, readers
from extractor.read.libreoffice import find_program
from extractor.read.ocr import has_ocr

load_readers()
READERS = dict(readers.items())
SAMPLES = {
    "markdown": lambda: "# 年度报告\n\n|规章|件数|\n|---|---|\n|新制|3|\n".encode(),
    "odt": odd_maker.odt,
    "ofd": odd_maker.ofd,
    "rtf": odd_maker.rtf,
    "zip": odd_maker.archive,
    "eml": odd_maker.eml,
    "mhtml": odd_maker.mhtml,
    "image": odd_maker.picture,
    "doc": odd_maker.old_word,
}
NEEDS = {"image": has_ocr, "doc": find_program}
SLOW = 3  # damaged inputs that are tried on readers which take seconds


def sample(name):
    if name in NEEDS and not NEEDS[name]():
        pytest.skip("what reads this format is not installed here")
    return SAMPLES[name]() if name in SAMPLES else importlib.import_module(f"test_{name}").sample()


each_reader = pytest.mark.parametrize("name", READERS)


@each_reader
def test_declaration(name):
    reader = READERS[name]
    assert reader.name == name
    assert "/" in reader.media_type
    assert reader.suffixes and all(s.startswith(".") and s == s.lower() for s in reader.suffixes)


@each_reader
def test_spans_hold(name):
    document = read(sample(name))
    assert fnmatch(document.media_type, READERS[name].media_type)
    assert document.text.strip() and document.blocks
    document.text.encode("utf-8")
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip()
        end = block.end
    for grid in document.grids:
        for cell in grid.cells:
            assert document.text[cell.start : cell.end] == cell.text
            assert grid.start <= cell.start <= cell.end <= grid.end
            assert cell.row + cell.row_span <= grid.rows and cell.column + cell.column_span <= grid.columns
            assert "\n" not in cell.text and "\t" not in cell.text


@each_reader
def test_same_bytes_same_document(name):
    first, second = (read(sample(name), name="a") for _ in range(2))
    assert (first.text, first.blocks, first.grids, first.warnings) == (
        second.text, second.blocks, second.grids, second.warnings,
    )  # fmt: skip


@each_reader
def test_damaged_input_gives_a_reason(name):
    chance = random.Random(7)
    whole = sample(name)
    for _ in range(SLOW if name in NEEDS else 40):
        data = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.5 else whole)
        for _ in range(chance.choice((0, 3, 40)) if data else 0):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            document = read(bytes(data))
        except ReadError as refused:
            assert refused.reason in REASONS and "\n" not in str(refused)
        else:
            document.text.encode("utf-8")


@each_reader
def test_no_network_and_no_files(name, monkeypatch, tmp_path):
    def refuse(*arguments, **options):
        raise AssertionError("the network was touched")

    data = sample(name)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read(data)
    assert list(tmp_path.iterdir()) == []
