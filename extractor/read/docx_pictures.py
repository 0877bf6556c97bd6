"""Pictures of a Word document that are as large as scans: recognised with the extra, else named in a warning."""

from __future__ import annotations

import posixpath
import re
import zipfile

from lxml import etree

from extractor.errors import ReadError
from extractor.read.build import Builder
from extractor.read.declare import Reading
from extractor.read.docx_runs import BOX, NESTED
from extractor.read.ocr import ADVICE, has_ocr
from extractor.read.package import parse_part, read_part
from extractor.record import replace
from extractor.types import Notice

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
IDENTITY = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CENTIMETRE = {"": 360_000.0, "pt": 72 / 2.54, "in": 1 / 2.54, "cm": 1.0, "mm": 10.0, "px": 96 / 2.54}
SHOWN = re.compile(r"(?:^|;)\s{0,4}(width|height):([0-9.]{1,12})(pt|in|cm|mm|px|)")
WIDE, HIGH = 10.0, 4.0  # centimetres; smaller pictures are logos, stamps, photographs, codes to scan
MAX_PICTURES = 60  # of one document that are looked at
LISTED = 5  # in a warning
IDEOGRAPHS = re.compile("[\u4e00-\u9fff]")
LEAST = 20  # ideographs of a picture that is text; charts and photographs have fewer


class Pictures:
    """The pictures of one document: what was recognised of them goes into the builder, the rest into warnings."""

    def __init__(self, package: zipfile.ZipFile, part: str) -> None:
        self.package = package
        self.part = part
        self.targets: dict[str, str] | None = None
        self.unread: list[str] = []
        self.looked_at = 0
        self.recognised = 0
        self.doubted = 0
        self.sure: list[tuple[int, list[float]]] = []

    def add(self, paragraph: etree._Element, builder: Builder) -> None:
        """Put the text of a paragraph's pictures behind it."""
        for identity in large_pictures(paragraph):
            name = self.target(identity)
            reading = self.recognise(name) if name else None
            if reading is not None and len(IDEOGRAPHS.findall(reading.text)) >= LEAST:
                self.splice(builder, reading)

    def target(self, identity: str) -> str:
        """Name of the part that a picture is in, "" where it lies outside of the document or nowhere."""
        if self.targets is None:
            self.targets = read_targets(self.package, self.part)
        return self.targets.get(identity, "")

    def recognise(self, name: str) -> Reading | None:
        """What stands on a picture; None, and its name kept, where that can't be told."""
        from extractor.read.image import looks_like_image, read_image

        data = read_part(self.package, name)
        if data is None:
            return None
        try:
            if has_ocr() and self.looked_at < MAX_PICTURES and looks_like_image(data):
                self.looked_at += 1
                return read_image(data)
        except ReadError as refused:
            if refused.reason == "no_text":
                return None
            if refused.reason not in ("damaged", "too_large"):
                raise
        self.unread.append(name)
        return None

    def splice(self, builder: Builder, reading: Reading) -> None:
        """Append a reading to the document's text."""
        from extractor.read.scan import SURE

        shift, _ = builder.put(reading.text)
        for block in reading.blocks:
            builder.blocks.append(replace(block, start=block.start + shift, end=block.end + shift, page=None))
        for grid in reading.grids:
            cells = tuple(
                replace(cell, start=cell.start + shift, end=cell.end + shift, page=None, box=None)
                for cell in grid.cells
            )
            builder.grids.append(replace(grid, cells=cells, start=grid.start + shift, end=grid.end + shift, pages=()))
        sure = list(reading.layout.confidences or ()) if reading.layout is not None else []
        self.doubted += sum(c.isdigit() and s < SURE for c, s in zip(reading.text, sure, strict=True))
        self.recognised += 1
        self.sure.append((shift, sure))

    def confidences(self, length: int) -> list[float] | None:
        """How sure each character of the document is; None where no picture was recognised."""
        if not self.sure:
            return None
        whole = [1.0] * length
        for start, sure in self.sure:
            whole[start : start + len(sure)] = sure
        return whole

    def warnings(self) -> tuple[Notice, ...]:
        """What to look at again."""
        found = []
        if self.recognised:
            message = f"the text of {self.recognised} pictures was recognised; compare figures"
            found.append(Notice("text_recognised", message))
        if self.doubted:
            message = f"{self.doubted} digits of pictures were recognised with doubt; compare them with the pictures"
            found.append(Notice("ocr_digits_unsure", message))
        if self.unread:
            names = ", ".join(posixpath.basename(name)[:40] for name in self.unread[:LISTED])
            advice = "look at them yourself" if has_ocr() else ADVICE
            message = f"{len(self.unread)} pictures as large as a scan were not read ({names}); {advice}"
            found.append(Notice("picture_not_read", message))
        return tuple(found)


def read_targets(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Parts of the package by the identity that ``part`` calls them by; what lies outside is left out."""
    folder, name = posixpath.split(part)
    root = parse_part(package, f"{folder}/_rels/{name}.rels")
    found = {}
    for link in root if root is not None else ():
        if link.get("TargetMode", "Internal") == "Internal":
            found[link.get("Id", "")] = posixpath.normpath(posixpath.join("/" + folder, link.get("Target", "")))[1:]
    return found


def large_pictures(paragraph: etree._Element) -> list[str]:
    """Identities of the pictures of a paragraph that are shown as large as a scan; those of its text boxes apart."""
    found = []
    for picture in paragraph.iter(PICTURE, OLD_PICTURE):
        parents = list(picture.iterancestors())
        inside = parents[: parents.index(paragraph)]
        if any(parent.tag in NESTED or parent.tag == BOX for parent in inside):
            continue
        if any(wide >= WIDE and high >= HIGH for wide, high in map(shown_size, inside)):
            identity = picture.get(IDENTITY + "embed") or picture.get(IDENTITY + "id")
            if identity and identity not in found:
                found.append(identity)
    return found


def shown_size(node: etree._Element) -> tuple[float, float]:
    """Width and height in centimetres that a drawing or an old shape states; zeros for other nodes."""
    extent = node.find(DRAWING + "extent")
    if extent is not None:
        return centimetres(extent.get("cx", "")), centimetres(extent.get("cy", ""))
    stated = {name: centimetres(size, unit) for name, size, unit in SHOWN.findall(node.get("style", "")[:500])}
    return stated.get("width", 0.0), stated.get("height", 0.0)


def centimetres(size: str, unit: str = "") -> float:
    """A length in centimetres, 0 where it is none; a bare number is in units of which a centimetre has 360,000."""
    digits = size.replace(".", "", 1)
    return float(size) / CENTIMETRE[unit] if digits.isascii() and digits.isdigit() and len(digits) < 13 else 0.0
