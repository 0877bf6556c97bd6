"""What goes wrong around a file: disks, folders, descriptors, programs that fail, patterns that mean harm."""

import builtins
import contextlib
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from extractor.errors import ReadError
from extractor.read import read

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "read"))
import odd_maker  # noqa: E402
import test_docx  # noqa: E402
import test_html  # noqa: E402
import test_text  # noqa: E402

PATTERNS = Path(__file__).resolve().parents[2] / "patterns"
needs_linux = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts what Linux tells")

DISKS = [("fails", errno.EIO, "io"), ("is gone", errno.ESTALE, "io"), ("forbids", errno.EACCES, "permission")]


@pytest.mark.parametrize(("number", "reason"), [x[1:] for x in DISKS], ids=[x[0] for x in DISKS])
def test_disk_that(tmp_path, monkeypatch, number, reason):
    path = tmp_path / "report.txt"
    path.write_bytes(test_text.sample())
    opened = builtins.open

    def refuse(name, *arguments, **options):
        if name == str(path):
            raise OSError(number, os.strerror(number))
        return opened(name, *arguments, **options)

    monkeypatch.setattr(builtins, "open", refuse)
    with pytest.raises(ReadError) as refused:
        read(path)
    assert refused.value.reason == reason and "\n" not in str(refused.value)


def test_file_that_vanishes(tmp_path, monkeypatch):
    path = tmp_path / "report.txt"
    path.write_bytes(test_text.sample())
    found = os.stat(path)
    path.unlink()
    monkeypatch.setattr(os, "stat", lambda name: found)
    with pytest.raises(ReadError) as refused:
        read(path)
    assert refused.value.reason == "not_found"


def test_file_that_grows_while_it_is_read_is_held_to_the_limit(tmp_path, monkeypatch):
    path = tmp_path / "report.txt"
    path.write_bytes(b"1" * 50)
    small = os.stat(path)
    path.write_bytes(b"1" * 5000)
    monkeypatch.setattr(os, "stat", lambda name: small)
    with pytest.raises(ReadError) as refused:
        read(path, max_bytes=100)
    assert refused.value.reason == "too_large"


def test_sparse_gigabyte_is_refused_by_its_size(tmp_path, monkeypatch):
    path = tmp_path / "report.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    monkeypatch.setattr(builtins, "open", lambda *a, **k: pytest.fail("was opened"))
    with pytest.raises(ReadError) as refused:
        read(path)
    assert refused.value.reason == "too_large"


def every_kind():
    """One sound file of each format and a damaged one of it."""
    sound = [test_text.sample(), test_html.sample(), test_docx.sample(), odd_maker.rtf(), odd_maker.odt()]
    sound += [odd_maker.ofd(), odd_maker.archive(), odd_maker.eml(), odd_maker.mhtml()]
    return [part for data in sound for part in (data, data[: len(data) // 2])]


def read_all():
    for data in every_kind():
        with contextlib.suppress(ReadError):
            read(data)


@needs_linux
def test_no_descriptor_stays_open():
    read_all()
    before = os.listdir("/proc/self/fd")
    read_all()
    assert len(os.listdir("/proc/self/fd")) == len(before)


def test_nothing_is_left_in_the_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_all()
    assert list(tmp_path.iterdir()) == []


PROGRAMS = [("fails", "#!/bin/sh\nexit 1\n"), ("leaves files", "#!/bin/sh\ntouch more; exit 0\n")]


@pytest.mark.skipif(os.name != "posix", reason="the program is a shell script")
@pytest.mark.parametrize("script", [x[1] for x in PROGRAMS], ids=[x[0] for x in PROGRAMS])
def test_conversion_that(tmp_path, monkeypatch, script):
    program, scratch = tmp_path / "soffice", tmp_path / "scratch"
    program.write_text(script, encoding="ascii")
    program.chmod(0o755)
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setattr("extractor.read.libreoffice.find_program", lambda: str(program))
    with pytest.raises(ReadError) as refused:
        read(odd_maker.compound())
    assert refused.value.reason == "damaged"
    assert list(scratch.iterdir()) == []


BOMB = "\n".join(["a0: &a0 ['x']", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12))])
HARMFUL = [
    ("starts a program", '!!python/object/apply:os.mkdir ["{place}"]\n'),
    ("opens itself", "a: &a [*a]\n"),
    ("grows", BOMB),
]


@pytest.mark.parametrize("content", [x[1] for x in HARMFUL], ids=[x[0] for x in HARMFUL])
def test_pattern_file_that(tmp_path, content):
    copy, place = tmp_path / "patterns", tmp_path / "made"
    shutil.copytree(PATTERNS, copy)
    (copy / "channels.yaml").write_text(content.replace("{place}", str(place)), encoding="utf-8")
    script = "import extractor; extractor.extract('一、总体情况\\n公开3条。'.encode())"
    environment = os.environ | {"EXTRACTOR_PATTERNS": str(copy), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, timeout=120, cwd=HERE
    )
    assert done.returncode == 1 and "PatternError: patterns/channels.yaml" in done.stderr.splitlines()[-1]
    assert not place.exists()
