"""Opens a ZIP container with limits, so that a crafted file can't fill memory, and its XML parts without entities."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from extractor.errors import ReadError

MAX_ENTRIES = 10_000
MAX_RATIO = 100
BIG = 1_000_000  # bytes unpacked above which the ratio counts
MAX_PART = 200_000_000  # bytes of one unpacked part
MAX_TOTAL = 500_000_000  # bytes of all parts as the directory states them
CHUNK = 1 << 20
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def open_package(data: bytes) -> zipfile.ZipFile:
    """The checked container; raises ReadError (damaged, too_large)."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise ReadError("damaged", "the ZIP container of the document is broken; fetch or save it again") from None
    if len(entries) > MAX_ENTRIES:
        raise ReadError(
            "too_large", f"the container has {len(entries)} entries, the limit is {MAX_ENTRIES}; save it anew"
        )
    if sum(e.file_size for e in entries) > MAX_TOTAL or any(is_bomb(e) for e in entries):
        raise ReadError("too_large", f"the container unpacks to more than {MAX_RATIO} times its size; save it anew")
    return package


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether a big entry is packed tighter than any honest one."""
    return entry.file_size > BIG and entry.file_size > MAX_RATIO * max(1, entry.compress_size)


def read_part(package: zipfile.ZipFile, part: str | zipfile.ZipInfo) -> bytes | None:
    """Bytes of one part, None where it is not there; counts what is unpacked because directories can lie."""
    try:
        entry = part if isinstance(part, zipfile.ZipInfo) else package.getinfo(part)
    except KeyError:
        return None
    name = entry.filename if entry.filename.isprintable() and len(entry.filename) < 200 else "a part"
    if entry.flag_bits & 1:
        raise ReadError("encrypted", "the document is locked with a password; remove the password and try again")
    limit = min(MAX_PART, max(BIG, MAX_RATIO * entry.compress_size))
    pieces = []
    size = 0
    try:
        with package.open(entry) as stream:
            while piece := stream.read(CHUNK):
                size += len(piece)
                if size > limit:
                    raise ReadError("too_large", f"{name} unpacks to more than {limit} bytes; save the document anew")
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise ReadError("damaged", f"{name} in the document is broken; fetch or save it again") from None
    return b"".join(pieces)


def parse_part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Root of one XML part, None where it is not there; entities are not resolved, nothing is fetched."""
    data = read_part(package, name)
    if data is None:
        return None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data.replace(STRICT, USUAL), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ReadError("damaged", f"{name} in the document is no sound XML; fetch or save it again") from None
    if b"<!DOCTYPE" in data[:4096]:
        raise ReadError("damaged", f"{name} declares a document type, which no Word document does; save it anew")
    return root
