import io
import os
import stat
import tarfile
import zipfile

import pytest
from bulk_files import put

from extractor.bulk.inputs import list_inputs
from extractor.bulk.limits import Limits
from extractor.errors import ReadError, UsageError


def listed(*inputs, limits=None):
    return list(list_inputs([str(each) for each in inputs], limits or Limits()))


def names(items, folder):
    return [item.source.removeprefix(f"{folder}/") for item in items]


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_a_folder_is_walked_in_the_order_of_its_names(tmp_path):
    put(tmp_path, "b.txt", "a.txt", "deep/c.txt", "deep/er/d.txt", "other/e.txt")
    assert names(listed(tmp_path), tmp_path) == ["a.txt", "b.txt", "deep/c.txt", "deep/er/d.txt", "other/e.txt"]


def test_what_is_named_twice_comes_once(tmp_path):
    put(tmp_path, "a.txt", "b.txt")
    assert names(listed(tmp_path / "a.txt", tmp_path, tmp_path / "*.txt"), tmp_path) == ["a.txt", "b.txt"]


def test_a_list_file_names_paths_line_by_line(tmp_path):
    put(tmp_path, "a b.txt", "c.txt")
    (tmp_path / "list").write_text(f"{tmp_path}/a b.txt\n\n{tmp_path}/c.txt\r\n{tmp_path}/gone.txt\n")
    items = listed(f"@{tmp_path}/list")
    assert names(items, tmp_path) == ["a b.txt", "c.txt", "gone.txt"]
    assert items[2].refused[0] == "not_found"


@pytest.mark.parametrize("given", ["nowhere", "none/*.pdf", "@nolist"])
def test_an_input_that_names_nothing_is_wrong_use(given, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError):
        listed(given)


def test_links_pipes_and_loops_are_told_and_not_opened(tmp_path):
    put(tmp_path, "a.txt")
    os.symlink("/etc/hostname", tmp_path / "link")
    os.symlink(tmp_path, tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    assert [(item.refused or [None])[0] for item in listed(tmp_path)] == [None, "link", "link", "special"]


def test_a_file_that_became_a_pipe_does_not_block(tmp_path):
    put(tmp_path, "a.txt")
    (item,) = listed(tmp_path)
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(ReadError) as caught:
        item.load()
    assert caught.value.reason == "type"


@pytest.mark.parametrize("change", ["gone", "grown"])
def test_a_file_that_changed_since_it_was_listed_has_a_reason(tmp_path, change):
    put(tmp_path, "a.txt")
    (item,) = listed(tmp_path, limits=Limits(file_bytes=100))
    (tmp_path / "a.txt").unlink() if change == "gone" else (tmp_path / "a.txt").write_bytes(b"x" * 101)
    with pytest.raises(ReadError) as caught:
        item.load()
    assert caught.value.reason == {"gone": "not_found", "grown": "too_large"}[change]


def test_names_that_are_no_utf8_are_written_out(tmp_path):
    raw = os.path.join(os.fsencode(tmp_path), "报告".encode("gb18030") + b".txt")
    with open(raw, "wb") as file:
        file.write(b"x")
    (item,) = listed(tmp_path)
    item.source.encode("utf-8")
    assert item.load() == b"x"


def test_members_of_archives_are_inputs(tmp_path):
    zipped(tmp_path / "a.zip", [("x/1.txt", "one"), ("2.txt", "two"), ("2.txt", "again")])
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("../../3.txt")
        entry.size = 5
        archive.addfile(entry, io.BytesIO(b"three"))
        entry = tarfile.TarInfo("l")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    found = [
        (item.source.split("!")[1], item.refused or item.load()) for item in list_inputs([str(tmp_path)], Limits())
    ]
    assert found[:4] == [("x/1.txt", b"one"), ("2.txt", b"two"), ("2.txt#2", b"again"), ("../../3.txt", b"three")]
    assert found[4][1][0] == "link"
    assert sorted(os.listdir(tmp_path)) == ["a.zip", "b.tar.gz"]


@pytest.mark.parametrize(
    ("members", "limits", "reason"),
    [
        ([("a.txt", b"0" * 1_000_000)], Limits(), "bomb"),
        ([(f"{n}.txt", b"%d" % n) for n in range(11)], Limits(entries=10), "bomb"),
        ([("a.txt", os.urandom(2000))], Limits(unpacked_bytes=1000), "bomb"),
        ([("a.zip", b"PK")], Limits(), "nested"),
        ([("__MACOSX/a.txt", b"x")], Limits(), "junk"),
    ],
)
def test_archives_that_are_refused(tmp_path, members, limits, reason):
    assert [item.refused[0] for item in listed(zipped(tmp_path / "a.zip", members), limits=limits)] == [reason]


def test_a_header_that_understates_a_size_is_met_by_the_counter(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.txt", os.urandom(5000))])
    data = path.read_bytes().replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    path.write_bytes(data)
    (item,) = listed(path)
    with pytest.raises(ReadError) as caught:
        item.load()
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz"])
def test_what_is_no_archive_is_damaged(tmp_path, name):
    (tmp_path / name).write_bytes(b"no archive at all" * 100)
    assert [item.refused[0] for item in listed(tmp_path)] == ["damaged"]


def test_chinese_names_of_old_archives_are_read(tmp_path):
    name = "年度报告.txt"
    path = zipped(tmp_path / "a.zip", [("abcdefgh.txt", "x")])
    path.write_bytes(path.read_bytes().replace(b"abcdefgh.txt", name.encode("gb18030")))
    assert [item.source.split("!")[1] for item in listed(path)] == [name]


def test_a_folder_that_may_not_be_read_is_a_failure(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    put(tmp_path, "closed/a.txt", "open.txt")
    (tmp_path / "closed").chmod(stat.S_IWUSR)
    assert [item.refused and item.refused[0] for item in listed(tmp_path)] == [None, "permission"]
