import io
import os
import unicodedata
import zipfile

import pytest
import test_docx
import test_html
import test_pdf
import test_text

from extractor.errors import ReadError
from extractor.read import read

TYPES = [
    ("pdf", test_pdf.sample, "application/pdf"),
    ("docx", test_docx.sample, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("html", test_html.sample, "text/html"),
    ("txt", test_text.sample, "text/plain"),
]


@pytest.mark.parametrize(("make", "media_type"), [x[1:] for x in TYPES], ids=[x[0] for x in TYPES])
def test_type_by_content(make, media_type):
    document = read(make(), name="年报.doc")
    assert document.media_type == media_type
    assert [w.code for w in document.warnings] == ["type_mismatch"]
    assert ".doc" in document.warnings[0].message and media_type in document.warnings[0].message


@pytest.mark.parametrize("name", ["年报.md", "年报.txt", "年报.TXT", "年报", "第1.2版年报", None])
def test_names_that_fit(name):
    assert read(test_text.sample(), name=name).warnings == ()


def zipped(name):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(name, "x")
    return buffer.getvalue()


REFUSED = [
    ("empty", b"", "empty"),
    ("blanks", b" \n\t\r\n", "empty"),
    ("only a mark", b"\xef\xbb\xbf", "empty"),
    ("old Word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "type"),
    ("locked Word", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("spreadsheet", zipped("xl/workbook.xml"), "type"),
    ("noise", bytes(range(256)) * 40, "type"),
    ("PDF in name only", b"%PDF-1.4\n" + b"nothing" * 20, "damaged"),
]


@pytest.mark.parametrize(("data", "reason"), [x[1:] for x in REFUSED], ids=[x[0] for x in REFUSED])
def test_refusals(data, reason):
    with pytest.raises(ReadError) as refused:
        read(data)
    assert refused.value.reason == reason
    assert "\n" not in str(refused.value) and ";" in str(refused.value)


def test_too_large(tmp_path):
    path = tmp_path / "年报.txt"
    path.write_bytes(test_text.sample())
    for source in (path, test_text.sample()):
        with pytest.raises(ReadError) as refused:
            read(source, max_bytes=10)
        assert refused.value.reason == "too_large"
    assert read(path, max_bytes=path.stat().st_size).text == test_text.REPORT


NAMES = ["青禾县 2022年（年报）.txt", "Café 年报.txt", "-年报.txt", "a'b\"年报.txt"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", NAMES)
def test_names_in_either_form(tmp_path, name, form):
    other = {"NFC": "NFD", "NFD": "NFC"}[form]
    (tmp_path / unicodedata.normalize(form, name)).write_bytes(test_text.sample())
    asked = tmp_path / unicodedata.normalize(other, name)
    document = read(asked)
    assert document.text == test_text.REPORT
    assert document.name == asked.name and document.source == str(asked)


def test_name_that_is_not_utf8(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), "年报.txt".encode("gbk"))
    try:
        with open(path, "wb") as file:
            file.write(test_text.sample())
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    document = read(os.fsdecode(path))
    document.name.encode("utf-8")
    document.source.encode("utf-8")


@pytest.mark.parametrize("name", ["fehlt.txt", "a\0b", "x" * 5000])
def test_not_found(tmp_path, name):
    with pytest.raises(ReadError) as refused:
        read(f"{tmp_path}/{name}")
    assert refused.value.reason in ("not_found", "io")


def test_folder_and_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    for source in (tmp_path, tmp_path / "pipe.txt"):
        with pytest.raises(ReadError) as refused:
            read(source)
        assert refused.value.reason == "type"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_permission(tmp_path):
    path = tmp_path / "年报.txt"
    path.write_bytes(test_text.sample())
    path.chmod(0)
    with pytest.raises(ReadError) as refused:
        read(path)
    assert refused.value.reason == "permission"


def test_identity_of_the_bytes():
    document = read(test_text.sample(), name="a/b/年报.txt")
    assert (document.source, document.name, document.bytes) == ("a/b/年报.txt", "年报.txt", len(test_text.sample()))
    assert document.sha256 == read(test_text.sample(), name="c.txt").sha256
