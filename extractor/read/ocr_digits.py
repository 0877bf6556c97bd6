"""Second looks at digits: each number is cut out and read again, tightly and with more paper above and below it.

A number is doubted where the readings differ, where one of its characters was unsure from the start, and where a point
may have been overlooked.
"""

from __future__ import annotations

from typing import Any

from extractor.lexicon import matcher

NUMBER = matcher(r"[-－−]?[0-9０-９]+(?:[.．,，·:：][0-9０-９]+){0,6}[%％]?")
SAME = str.maketrans("０１２３４５６７８９．，％：－−", "0123456789.,%:--")
DOUBT = 0.5  # confidence of a number that was read in two ways
UNSURE = 0.9  # confidence of a character below which its number is doubted as well
UNSURE_ALONE = 0.95  # the same for a digit that stands alone in its line, where nothing around it helps
LOOKS = (0.0, 0.3)  # of the height: paper above and below the number in each further reading
POINTS = ".．,，·:："
HEIGHT = 72  # pixels of a number that is read again
PAD = 0.35  # of the height, left and right of it
DOT = 0.3  # of the height of a digit: smaller pieces of ink at its foot are points
Glyph = tuple[str, float, tuple[tuple[float, float], ...]]
Place = tuple[int, int]


def doubt_numbers(engine: Any, image: Any, lines: list[list[Glyph]]) -> dict[Place, float]:
    """Confidence for the characters (line, index) of the numbers that are in doubt."""
    found = [(number, m) for number, glyphs in enumerate(lines) for m in NUMBER.finditer("".join(g[0] for g in glyphs))]
    found = [(number, m) for number, m in found if len(lines[number]) == len("".join(g[0] for g in lines[number]))]
    if not found:
        return {}
    cuts = [lines[number][m.start() : m.end()] for number, m in found]
    pictures = [cut_out(image, glyphs, margin) for margin in LOOKS for glyphs in cuts]
    texts = read_again(engine, pictures)
    doubted: dict[Place, float] = {}
    for index, ((number, m), glyphs) in enumerate(zip(found, cuts, strict=True)):
        behind = lines[number][m.end() :]
        pointed = bool(behind) and behind[0][0] in POINTS
        agree = all(confirms(m.group(), text) for text in texts[index :: len(cuts)])
        overlooked = not pointed and hides_point(pictures[index], m.group())
        if not agree or overlooked or is_unsure(glyphs, len(lines[number])):
            doubted.update({(number, place): DOUBT for place in range(*m.span())})
    return doubted


def is_unsure(glyphs: list[Glyph], length: int) -> bool:
    """Whether a character of a number was unsure from the start; ``length`` -- characters of its line."""
    return min(g[1] for g in glyphs) < (UNSURE_ALONE if length == 1 else UNSURE)


def read_again(engine: Any, pictures: list[Any]) -> list[str]:
    """Texts of the pictures."""
    from rapidocr.ch_ppocr_rec.typings import TextRecInput

    recogniser = engine.text_rec or engine._load_rec_model()
    return list(recogniser(TextRecInput(img=pictures, return_word_box=False)).txts or [""] * len(pictures))


def confirms(number: str, text: str) -> bool:
    """Whether a further reading holds the same number."""
    again = [m.group().translate(SAME).rstrip("%") for m in NUMBER.finditer(text.replace(" ", ""))]
    return number.translate(SAME).rstrip("%") in again


def cut_out(image: Any, glyphs: list[Glyph], margin: float) -> Any:
    """The part of the image that holds the glyphs and ``margin`` of their height above and below, enlarged."""
    import cv2

    xs = [x for g in glyphs for x, _ in g[2]]
    ys = [y for g in glyphs for _, y in g[2]]
    high = max(ys) - min(ys)
    pad, more = PAD * high, margin * high
    left, right = max(0, int(min(xs) - pad)), min(image.shape[1], int(max(xs) + pad) + 1)
    top, bottom = max(0, int(min(ys) - more)), min(image.shape[0], int(max(ys) + more) + 1)
    part = image[top : max(bottom, top + 2), left : max(right, left + 2)]
    if part.size == 0:
        part = image[:2, :2]
    width = min(4000, max(8, round(part.shape[1] * HEIGHT / part.shape[0])))
    enlarged = cv2.resize(part, (width, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(enlarged, 6, 6, 16, 16, cv2.BORDER_REPLICATE)


def hides_point(picture: Any, number: str) -> bool:
    """Whether a small piece of ink stands at the foot between digits of a number that was read without a point."""
    if any(c in number for c in POINTS):
        return False
    import cv2

    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, parts, _ = cv2.connectedComponentsWithStats(ink)
    pieces = [tuple(int(v) for v in part[:5]) for part in parts[1:] if part[4] > 12]
    tall = [p for p in pieces if HEIGHT * 0.3 < p[3] < HEIGHT * 0.8]
    if len(tall) < 2:
        return False
    size, foot = max(p[3] for p in tall), max(p[1] + p[3] for p in tall)
    left, right = min(p[0] for p in tall), max(p[0] + p[2] for p in tall)
    for x, y, wide, high, _ in pieces:
        small = 0.06 * size < high < DOT * size and 0.06 * size < wide < DOT * size
        if small and abs(y + high - foot) < 0.15 * size and left < x and x + wide < right:
            return True
    return False
