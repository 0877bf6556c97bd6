"""Second looks at digits: each number is cut out and read again, tightly and with more paper above and below it.

A number is doubted where the readings differ, where one of its characters was unsure from the start, and where a point
may have been overlooked.  A digit alone in its line has nothing around it that helps.  On poor paper a zero is taken
for another round digit, and no digit was seen to be taken for a zero: a lone zero that is read three times is trusted
sooner, a lone 6 or 9 later.
"""

from __future__ import annotations

from typing import Any

from extractor.lexicon import matcher

NUMBER = matcher(r"[-－−]?[0-9０-９]+(?:[.．,，·:：][0-9０-９]+){0,6}[%％]?")
GROUPED = matcher(r"-?[0-9]{1,3}(?:\.[0-9]{3}){1,4}")  # thousands parted by points: on poor paper they are commas
SAME = str.maketrans("０１２３４５６７８９．，％：－−", "0123456789.,%:--")
DOUBT = 0.5  # confidence of a number that was read in two ways
UNSURE = 0.9  # confidence of a character below which its number is doubted as well
UNSURE_ROUND = 0.95  # the same for a round digit alone in its line
UNSURE_ZERO = 0.6  # and for a zero alone in its line, if a further reading is surer
CERTAIN = 0.99  # confidence of a number that may be read with a piece of its neighbour
ROUND = "35689"  # digits that a zero is taken for
RINGS = ("。", "○", "〇")  # what else a zero is taken for
LOOKS = (0.0, 0.3)  # of the height: paper above and below the number in each further reading
POINTS = ".．,，·:："
HEIGHT = 72  # pixels of a number that is read again
PAD = 0.35  # of the height, left and right of it
SIDE = 16  # pixels added left and right of the picture
DOT = 0.3  # of the height of a digit: smaller pieces of ink at its foot are points
Glyph = tuple[str, float, tuple[tuple[float, float], ...]]
Look = tuple[str, float]  # text of a further reading, how sure it is
Place = tuple[int, int]


def judge_numbers(engine: Any, image: Any, lines: list[list[Glyph]]) -> dict[Place, float]:
    """Confidence for the characters (line, index) of the numbers that are in doubt, and of zeros that are beyond it."""
    found = [(number, m) for number, glyphs in enumerate(lines) for m in NUMBER.finditer("".join(g[0] for g in glyphs))]
    found = [(number, m) for number, m in found if len(lines[number]) == len("".join(g[0] for g in lines[number]))]
    if not found:
        return {}
    cuts = [lines[number][m.start() : m.end()] for number, m in found]
    pictures = [cut_out(image, glyphs, margin) for margin in LOOKS for glyphs in cuts]
    looks = read_again(engine, pictures)
    judged: dict[Place, float] = {}
    for index, ((number, m), glyphs) in enumerate(zip(found, cuts, strict=True)):
        again = looks[index :: len(cuts)]
        behind = lines[number][m.end() :]
        pointed = bool(behind) and behind[0][0] in POINTS
        overlooked = not pointed and hides_point(pictures[index], m.group())
        if overlooked or is_doubted(glyphs, again, m.start() > 0, bool(behind)):
            judged.update({(number, at): min(DOUBT, glyph[1]) for at, glyph in enumerate(glyphs, m.start())})
        elif m.group() == m.string == "0":
            judged[number, 0] = max(glyphs[0][1], *(look[1] for look in again))
    return judged


def is_doubted(glyphs: list[Glyph], looks: list[Look], before: bool, behind: bool) -> bool:
    """Whether a number is in doubt after further readings; ``before``, ``behind`` -- whether its line goes on there."""
    number, least = "".join(g[0] for g in glyphs), min(g[1] for g in glyphs)
    alone = len(number) == 1 and not before and not behind
    if alone and number == "0":
        agree = all(confirms(number, text) or text.strip() in RINGS for text, _ in looks)
        return not agree or least < UNSURE_ZERO or max(least, *(score for _, score in looks)) < UNSURE
    if GROUPED.fullmatch(plain(number)):
        return True
    agreeing = [confirms(number, text) for text, _ in looks]
    grown = len(number) > 1 and least >= CERTAIN and any(agreeing)
    for agree, (text, _) in zip(agreeing, looks, strict=True):
        if not agree and not (grown and has_grown(number, text, before, behind)):
            return True
    if alone and number in ROUND:
        return least < UNSURE_ROUND or (least + sum(score for _, score in looks)) / (1 + len(looks)) < UNSURE
    return least < UNSURE


def read_again(engine: Any, pictures: list[Any]) -> list[Look]:
    """What stands on the pictures, and how sure that is."""
    from rapidocr.ch_ppocr_rec.typings import TextRecInput

    recogniser = engine.text_rec or engine._load_rec_model()
    found = recogniser(TextRecInput(img=pictures, return_word_box=False))
    if not found.txts:
        return [("", 0.0)] * len(pictures)
    return [(text, float(score)) for text, score in zip(found.txts, found.scores, strict=True)]


def confirms(number: str, text: str) -> bool:
    """Whether a further reading holds the same number."""
    return plain(number) in numbers_in(text)


def has_grown(number: str, text: str, before: bool, behind: bool) -> bool:
    """Whether a further reading holds the number and one more digit, where its neighbour was cut."""
    own = plain(number)
    return any((before and more[1:] == own) or (behind and more[:-1] == own) for more in numbers_in(text))


def numbers_in(text: str) -> list[str]:
    """The numbers of a further reading."""
    return [plain(m.group()) for m in NUMBER.finditer(text.replace(" ", ""))]


def plain(number: str) -> str:
    """A number in half width, without its sign of per cent."""
    return number.translate(SAME).rstrip("%")


def cut_out(image: Any, glyphs: list[Glyph], margin: float) -> Any:
    """The part of the image that holds the glyphs and ``margin`` of their height above and below, enlarged."""
    xs = [x for g in glyphs for x, _ in g[2]]
    ys = [y for g in glyphs for _, y in g[2]]
    high = max(ys) - min(ys)
    pad, more = PAD * high, margin * high
    left, right = max(0, int(min(xs) - pad)), min(image.shape[1], int(max(xs) + pad) + 1)
    top, bottom = max(0, int(min(ys) - more)), min(image.shape[0], int(max(ys) + more) + 1)
    return enlarge(image[top : max(bottom, top + 2), left : max(right, left + 2)])


def enlarge(part: Any) -> Any:
    """A picture of one number, ``SIDE`` and ``HEIGHT`` as the recogniser likes it; an empty one becomes paper."""
    import cv2
    import numpy

    if part.size == 0:
        part = numpy.full((2, 2, 3), 255, dtype=numpy.uint8)
    width = min(4000, max(8, round(part.shape[1] * HEIGHT / part.shape[0])))
    enlarged = cv2.resize(part, (width, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(enlarged, 6, 6, SIDE, SIDE, cv2.BORDER_REPLICATE)


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
    own = SIDE + int(PAD * HEIGHT)  # further out are pieces of the neighbours
    left = max(own, min(p[0] for p in tall))
    right = min(picture.shape[1] - own, max(p[0] + p[2] for p in tall))
    for x, y, wide, high, _ in pieces:
        small = 0.06 * size < high < DOT * size and 0.06 * size < wide < DOT * size
        if small and abs(y + high - foot) < 0.15 * size and left < x and x + wide < right:
            return True
    return False
