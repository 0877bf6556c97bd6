"""Scanned reports as images (PNG, JPEG, TIFF and others): their text is recognised, page by page."""

from __future__ import annotations

import io
import warnings
from typing import Any

from extractor.errors import ReadError
from extractor.read.declare import Reading, reader
from extractor.read.ocr import ADVICE, MAX_PIXELS, engine_version, has_ocr
from extractor.read.outside import ask_to_recognise
from extractor.record import replace

TYPES = (
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)
MAGIC = tuple(mark for mark, _ in TYPES)
SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
MAX_FRAMES = 200
LARGEST = 200_000_000  # pixels of one page before it is made smaller
A4 = 595.0  # points; width of a page whose image does not tell its resolution


def looks_like_image(data: bytes) -> bool:
    """Whether the first bytes are those of a picture format."""
    bitmap = data[:2] != b"BM" or data[6:10] == b"\0\0\0\0"
    return (data.startswith(MAGIC) and bitmap) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


@reader("image", media_type="image/*", suffixes=SUFFIXES, sniff=looks_like_image)
def read_image(data: bytes) -> Reading:
    """Text, tables and places of the pages of an image file."""
    if not has_ocr():
        raise ReadError("no_text", f"the file is an image (page {pages_of(data)}); {ADVICE}")
    ask_to_recognise()
    from extractor.read.pdf import Sheets, check_text, write_reading
    from extractor.read.scan import read_scan, unsure_digits
    from extractor.types import ReaderInfo

    sheets = Sheets()
    total = 0
    for number, (pixels, scale) in enumerate(frames(data), 1):
        total = number
        flow = read_scan(pixels, number, scale)
        sheets.flows.append(flow)
        (sheets.recognised if flow.page.chars else sheets.wanting["blank"]).append(number)
        sheets.warnings.extend(unsure_digits(flow.page))
    check_text(sheets, total)
    reading = write_reading(sheets, ReaderInfo("rapidocr", engine_version(), True), total)
    return replace(reading, media_type=media_type(data))


def media_type(data: bytes) -> str:
    """Media type of the picture format."""
    named = (mark for mark, _ in TYPES if data.startswith(mark))
    return dict(TYPES).get(next(named, b""), "image/webp")


def pages_of(data: bytes) -> str:
    """The pages of the file for a message; only the first where that can't be told."""
    try:
        from PIL import Image

        with Image.open(io.BytesIO(data)) as image:
            count = min(int(getattr(image, "n_frames", 1)), MAX_FRAMES)
    except Exception:  # without the imaging library, or broken: the message still names a page
        count = 1
    return "1" if count == 1 else f"1-{count}"


def frames(data: bytes) -> list[tuple[Any, float]]:
    """Pages of the file as pixels (height x width x 3, blue green red), each with the points that a pixel takes."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data)) as image:
                image_pages = []
                for index in range(min(int(getattr(image, "n_frames", 1)), MAX_FRAMES)):
                    image.seek(index)
                    image_pages.append(to_pixels(image))
                return image_pages
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
            raise ReadError("too_large", "the image has too many pixels; scan it at 200 to 300 dpi") from None
        except ReadError:
            raise
        except Exception as error:  # decoders let errors of every kind escape
            kind = type(error).__name__
            raise ReadError("damaged", f"the image is broken ({kind}) and can't be read; scan it again") from None


def to_pixels(image: Any) -> tuple[Any, float]:
    """One page, turned as its camera says, on white, made smaller where it has more pixels than are looked at."""
    import numpy
    from PIL import Image, ImageOps

    if image.width * image.height > LARGEST or min(image.size) < 8:
        raise ReadError("too_large", "the image has too many or too few pixels; scan it at 200 to 300 dpi")
    stated = image.info.get("dpi", (0, 0))[0]
    page = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGBA", page.size, "white")
    paper.alpha_composite(page)
    wide = paper.width
    share = (MAX_PIXELS / (paper.width * paper.height)) ** 0.5
    if share < 1:
        paper = paper.resize((max(8, int(wide * share)), max(8, int(paper.height * share))))
    points = wide * 72.0 / float(stated) if 72 < float(stated) < 2400 else A4
    pixels = numpy.ascontiguousarray(numpy.asarray(paper.convert("RGB"))[:, :, ::-1])
    return pixels, points / paper.width
