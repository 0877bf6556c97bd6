"""Text of page images through rapidocr (extra ``ocr``): characters with boxes and how sure each of them is."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable
from functools import cache
from typing import Any

from extractor.errors import ReadError
from extractor.read.ocr_digits import judge_numbers
from extractor.read.outside import ask_to_recognise
from extractor.record import field, record
from extractor.types import Box

ADVICE = "install the extra [ocr] to have its text recognised, or save it with a text layer"
DPI = 200  # at which pages are drawn for recognition
MAX_PIXELS = 9_000_000  # of one page
INK = 0.72  # of the height of a text box that the characters take
DOUBTFUL = 0.85  # mean confidence below which a page may lie upside down
SAME_HEIGHT = 0.3  # heights that differ less from the page's median are one size
NEAR = 0.6  # of the width of a digit: a gap within a number that is no blank
STEEP = 0.12  # radians; lines steeper than this tell nothing of the page's slant
IDEOGRAPHS = "\u4e00"  # and behind
INSIDE = frozenset("0123456789.,%")
Point = tuple[float, float]
Glyph = tuple[str, float, tuple[Point, ...]]  # character, confidence, corners in pixels


@record(frozen=False)
class ScanLine:
    """One line as recognised: corners in pixels (upper left first, clockwise) and its characters."""

    corners: tuple[Point, ...]
    glyphs: list[Glyph]


@record(frozen=False)
class Scan:
    """What was recognised on one image; all places in pixels.

    chars, boxes, confidences -- one for each character; boxes are set upright, as if the page had been laid straight.
    places -- boxes on the image as it is; angle -- slant of the page in radians, clockwise;
    size -- usual height of a character.
    """

    chars: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    places: list[Box] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)
    angle: float = 0.0
    size: float = 30.0


def has_ocr() -> bool:
    """Whether the extra is installed; loads nothing."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@cache
def engine() -> Any:
    """The recogniser with the models of its own package."""
    from rapidocr import RapidOCR

    chosen = {
        "Global.log_level": "critical",
        "Global.return_word_box": True,
        "Global.return_single_char_box": True,
        "Global.use_cls": False,  # it turns lines of one figure over: 6 becomes 9
        "Global.max_side_len": 4000,
        "Det.limit_type": "max",
        "Det.limit_side_len": 1600,  # finding lines on the whole scan takes twice the memory and finds no more
        "Rec.rec_batch_num": 3,
    }
    return RapidOCR(params=chosen)


def engine_version() -> str:
    """Version of the recogniser."""
    from importlib.metadata import version

    return version("rapidocr")


def recognise(image: Any) -> tuple[Scan, Any]:
    """What stands on ``image`` (height x width x 3, uint8), and the image turned so that its lines run across."""
    ask_to_recognise()
    lines = find_text(image)
    turns = (1, 3) if stands_sideways(lines) else (0, 2) if 0 < mean_confidence(lines) < DOUBTFUL else ()
    if turns:
        import numpy

        pictures = [numpy.ascontiguousarray(numpy.rot90(image, times)) for times in turns]
        tries = [(find_text(picture), picture) for picture in pictures]
        lines, image = max(tries, key=lambda found: legibility(found[0]))
    judged = guarded(lambda: judge_numbers(engine(), image, [line.glyphs for line in lines]))
    return lay_out(lines, judged, image.shape[1] / 2, image.shape[0] / 2), image


def find_text(image: Any) -> list[ScanLine]:
    """Lines of an image with one glyph for each character."""
    found = guarded(lambda: engine()(image))
    if found.txts is None or found.boxes is None:
        return []
    words = found.word_results or ()
    aligned = len(words) == len(found.txts)
    lines = []
    for index, (text, score, box) in enumerate(zip(found.txts, found.scores, found.boxes, strict=True)):
        corners = tuple((float(x), float(y)) for x, y in box)
        glyphs = read_glyphs(words[index]) if aligned else []
        if "".join(g[0] for g in glyphs) != "".join(text.split()):
            glyphs = spread("".join(text.split()), float(score), corners)
        if glyphs:
            lines.append(ScanLine(corners, glyphs))
    return lines


def guarded(step: Callable[[], Any]) -> Any:
    """What a step of the recogniser returns; its errors of every kind become errors of this library."""
    try:
        return step()
    except MemoryError:
        raise
    except Exception as error:
        if "alloc" in str(error):
            raise MemoryError from None
        kind = type(error).__name__
        raise ReadError("crash", f"the recogniser failed on the page ({kind}); save it with a text layer") from None


def read_glyphs(words: Any) -> list[Glyph]:
    """Glyphs of one line of the recogniser's answer."""
    glyphs = []
    for char, score, corners in words:
        if char.strip() and corners is not None:
            glyphs.append((char, float(score), tuple((float(x), float(y)) for x, y in corners)))
    return glyphs


def spread(text: str, score: float, corners: tuple[Point, ...]) -> list[Glyph]:
    """Glyphs of equal width, for a line of which only the whole box is known."""
    upper_left, upper_right, lower_right, lower_left = corners

    def between(a: Point, b: Point, share: float) -> Point:
        return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)

    glyphs: list[Glyph] = []
    for index, char in enumerate(text):
        left, right = index / len(text), (index + 1) / len(text)
        upper = (between(upper_left, upper_right, left), between(upper_left, upper_right, right))
        lower = (between(lower_left, lower_right, right), between(lower_left, lower_right, left))
        glyphs.append((char, score, (*upper, *lower)))
    return glyphs


def stands_sideways(lines: list[ScanLine]) -> bool:
    """Whether most of the lines with several characters run from top to bottom."""
    long = [line.corners for line in lines if len(line.glyphs) > 3]
    tall = sum(abs(c[2][1] - c[0][1]) > 1.5 * abs(c[2][0] - c[0][0]) for c in long)
    return len(long) > 2 and tall * 2 > len(long)


def mean_confidence(lines: list[ScanLine]) -> float:
    """How sure the recogniser is of all characters together."""
    scores = [glyph[1] for line in lines for glyph in line.glyphs]
    return sum(scores) / len(scores) if scores else 0.0


def legibility(lines: list[ScanLine]) -> tuple[float, float]:
    """How well a page reads this way up: by its ideographs, because figures like 0 and 8 read well upside down too."""
    scores = [glyph[1] for line in lines for glyph in line.glyphs if glyph[0] >= IDEOGRAPHS]
    return sum(score * score for score in scores), mean_confidence(lines)


def slant(lines: list[ScanLine]) -> float:
    """Slant of the page in radians, from its long lines."""
    angles = []
    for line in lines:
        (x0, y0), (x1, y1) = line.corners[0], line.corners[1]
        if x1 - x0 > 5 * abs(line.corners[3][1] - y0):
            angles.append(math.atan2(y1 - y0, x1 - x0))
    angle = median(angles) if angles else 0.0
    return angle if abs(angle) < STEEP else 0.0


def lay_out(lines: list[ScanLine], judged: dict[tuple[int, int], float], x: float, y: float) -> Scan:
    """The characters of all lines, set upright about the middle (``x``, ``y``); heights of one size made equal."""
    heights = [line.corners[3][1] - line.corners[0][1] for line in lines]
    usual = median(heights) if heights else 0.0
    scan = Scan(angle=slant(lines), size=usual * INK)
    cos, sin = math.cos(scan.angle), math.sin(scan.angle)
    for number, (line, height) in enumerate(zip(lines, heights, strict=True)):
        half = (usual if abs(height - usual) < SAME_HEIGHT * usual else max(height, 1.0)) * INK / 2
        middles = [sum(c[1] for c in line.corners) / 4, sum(c[0] for c in line.corners) / 4]
        level = y + (middles[0] - y) * cos - (middles[1] - x) * sin
        for index, (char, score, corners) in enumerate(line.glyphs):
            xs = [x + (cx - x) * cos + (cy - y) * sin for cx, cy in corners]
            if index:
                close_gap(scan, char, min(xs))
            scan.chars.append(char)
            scan.boxes.append((min(xs), level - half, max(xs), level + half))
            scan.places.append(surround(corners))
            scan.confidences.append(round(judged.get((number, index), score), 3))
    return scan


def close_gap(scan: Scan, char: str, left: float) -> None:
    """Make the last character reach up to ``char`` where both are of one number and stand nearly side by side."""
    x0, top, x1, bottom = scan.boxes[-1]
    inside = scan.chars[-1] in INSIDE and char in INSIDE
    if inside and 0 < left - x1 < NEAR * (x1 - x0):
        scan.boxes[-1] = (x0, top, left, bottom)


def median(values: list[float]) -> float:
    """The middle one of the values."""
    return sorted(values)[len(values) // 2]


def surround(corners: tuple[Point, ...]) -> Box:
    """The upright box around corners."""
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return (min(xs), min(ys), max(xs), max(ys))
