"""Cases for benchmarks/fuzz.py: the files that mutations start from, and the mutations."""

from __future__ import annotations

import io
import random
import re
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
for folder in ("tests", "tests/read", "tests/hostile"):
    sys.path.insert(0, str(ROOT / folder))
LARGEST = 300_000  # bytes of a case
UNPACKED = 2_000_000  # bytes of a packed part that is mutated
TOKENS = (
    "0", "7", "１２", "1,234", "1.5", "3" * 50, "1E9", "一百", "零", "两", "万", "亿", "百分之", "%", "％", "-", "－",
    "条", "件", "次", "年", "月", "人", "万元", "其中", "分别为", "共", "和", "、", "，", "。", "；", "：", "（", "）",
    "\n", "\t", "\r", "\u3000", "\ufeff", "\u202e", "\u2028", "\x00", "\U00020000", "同比增长", "没有", "未收到",
    "<p>", "</table>", "<td rowspan=9>", "<!--", "&#0;", "|", "---", "\\u8230?", "{", "}", "/", "\"",
)  # fmt: skip


def seeds(target: str) -> list[bytes]:
    """Files that mutations start from; short ones too, because those are read fastest."""
    import odd_maker
    import other_maker
    import test_docx
    import test_html
    import test_ocr
    import test_pdf

    suffix = {"text": ".txt", "markdown": ".md"}.get(target, "." + target)
    found = [path.read_bytes() for path in sorted((ROOT / "samples").glob(f"*{suffix}"))]
    makers: dict[str, list[Callable[[], bytes]]] = {
        "text": [lambda: other_maker.text(*other_maker.NUMBERS[:3])],
        "rtf": [odd_maker.rtf],
        "odt": [odd_maker.odt],
        "ofd": [odd_maker.ofd, lambda: odd_maker.ofd(*map(rule, range(4)))],
        "zip": [odd_maker.archive, odd_maker.gbk_archive],
        "eml": [odd_maker.eml],
        "mhtml": [odd_maker.mhtml],
        "doc": [odd_maker.compound, lambda: odd_maker.compound(locked=True)],
        "image": [lambda form=form: small_picture(form) for form in ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")],
        "docx": [test_docx.sample, lambda: test_ocr.pasted(test_ocr.FIRST + test_ocr.drawn())],
        "html": [test_html.sample],
        "pdf": [test_pdf.sample, plain_pdf],
    }
    found += [make() for make in makers.get(target, ())]
    if target == "text":
        found += sentences()
    return [data for data in found if len(data) <= LARGEST]


def rule(number: int) -> str:
    """A ruled line of an OFD page."""
    import odd_maker

    return odd_maker.path_object(20, 20 + 10 * number, 120, 20 + 10 * number)


def small_picture(form: str) -> bytes:
    """The upper left corner of a scan."""
    import odd_maker
    from PIL import Image

    buffer = io.BytesIO()
    Image.open(io.BytesIO(odd_maker.picture())).crop((150, 150, 550, 350)).save(buffer, form)
    return buffer.getvalue()


def plain_pdf() -> bytes:
    """A PDF whose streams are not packed, so that bytes of its operators change."""
    from paper_maker import Paper

    paper = Paper(pageCompression=0)
    paper.table((72, 200, 330), 180, [("信息内容", "件数"), ("规章", "27")], height=30)
    return bytes(paper.text(72, 100, "全年主动公开政府信息1286条。").bytes())


def sentences() -> list[bytes]:
    """The passages that the tests of the grammar hold."""
    from case_table import rows

    tables = sorted((ROOT / "tests" / "cases" / "constructions").glob("*.yaml"))
    return [row["text"].encode() for table in tables for row in rows(f"constructions/{table.stem}")]


def mutate(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A damaged copy: inside its packed parts where it is a package, else by words or by bytes."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        changed = mutate_package(data, others, chance)
        if changed is not None:
            return changed[:LARGEST]
    if chance.random() < 0.5:
        try:
            return mutate_words(data.decode("utf-8"), chance).encode("utf-8", "surrogatepass")[:LARGEST]
        except UnicodeDecodeError:
            pass
    return mutate_bytes(data, others, chance)[:LARGEST]


def mutate_bytes(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Bytes changed, a part cut, doubled, or taken from another file; now and then the end is lost."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 60))):
        at, size = chance.randrange(len(out) + 1), chance.choice((1, 4, 40, 400))
        kind = chance.randrange(5)
        if kind == 0 and out:
            out[at % len(out)] = chance.choice((0, 10, 34, 48, 57, 60, 92, 123, 255, chance.randrange(256)))
        elif kind == 1:
            del out[at : at + size]
        elif kind == 2:
            out[at:at] = out[at : at + size] * chance.choice((1, 2, 50))
        elif kind == 3:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            out[at:at] = other[start : start + size]
        elif out:
            out[at % len(out)] ^= 1 << chance.randrange(8)
    if chance.random() < 0.05:
        del out[chance.randrange(len(out) + 1) :]
    return bytes(out)


def mutate_words(text: str, chance: random.Random) -> str:
    """Words of a text or a markup put in, taken out, doubled, or a number replaced by another."""
    for _ in range(chance.choice((1, 2, 6))):
        at, size = chance.randrange(len(text) + 1), chance.choice((1, 2, 6, 30))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:at] + chance.choice(TOKENS) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + size :]
        elif kind == 2:
            text = text[:at] + text[at : at + size] * chance.choice((2, 3, 40)) + text[at + size :]
        elif kind == 3:
            numbers = list(re.finditer(r"\d+", text))
            if numbers:
                place = chance.choice(numbers)
                text = text[: place.start()] + chance.choice(TOKENS[:20]) + text[place.end() :]
        else:
            other = chance.randrange(len(text) + 1)
            text = text[:at] + text[other : other + size] + text[at:]
    return text


def mutate_package(data: bytes, others: list[bytes], chance: random.Random) -> bytes | None:
    """A ZIP file with one of its parts mutated, lost or doubled; None where it can't be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [(entry.filename, package.read(entry)) for entry in package.infolist()
                     if entry.file_size < UNPACKED]  # fmt: skip
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
        return None
    if not parts:
        return None
    at = chance.randrange(len(parts))
    name, content = parts[at]
    kind = chance.randrange(20)
    if kind == 0:
        del parts[at]
    elif kind == 1:
        parts.append((name, content))
    elif kind == 2:
        parts[at] = (mutate_words(name, chance), content)
    else:
        parts[at] = (name, mutate(content, others, chance))
    return packed(parts)


def packed(parts: list[tuple[str, bytes]]) -> bytes | None:
    """A ZIP file of parts; None where a name can't be written."""
    import warnings

    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with zipfile.ZipFile(buffer, "w", compression=zipfile.ZIP_DEFLATED) as package:
                for name, content in parts:
                    package.writestr(name, content)
        except (ValueError, OSError, UnicodeError, IndexError):  # the last for a member without a name
            return None
    return buffer.getvalue()
