"""Recognition: what it needs, what it promises; the tests that recognise are skipped where the extra is missing."""

import io
import math

import pytest
import test_docx
from odd_maker import LINES, picture, scanned_pdf
from paper_maker import Paper

from extractor import extract
from extractor.errors import ReadError
from extractor.read import read
from extractor.read.ocr import ScanLine, has_ocr, lay_out, legibility
from extractor.read.ocr_blanks import find_ink, lay_back
from extractor.read.ocr_digits import NUMBER, confirms, cut_out, hides_point, is_doubted
from extractor.read.ocr_rules import mend
from extractor.read.pdf_doubt import is_garbled

needs_ocr = pytest.mark.skipif(not has_ocr(), reason="the extra [ocr] is not installed here")
TEXT = "".join(line + "\n" for line in LINES)


@pytest.fixture
def without_ocr(monkeypatch):
    for place in ("pdf", "image"):
        monkeypatch.setattr(f"extractor.read.{place}.has_ocr", lambda: False)


WITHOUT = [
    ("scanned PDF", lambda: scanned_pdf(pages=2), "page 1, 2"),
    ("image", picture, "page 1"),
    ("image of several pages", lambda: picture(form="TIFF", pages=3), "page 1-3"),
]


@pytest.mark.parametrize(("make", "pages"), [x[1:] for x in WITHOUT], ids=[x[0] for x in WITHOUT])
def test_without_the_extra_the_pages_are_told(without_ocr, make, pages):
    pytest.importorskip("PIL")
    with pytest.raises(ReadError) as refused:
        read(make())
    assert refused.value.reason == "no_text"
    assert pages in str(refused.value) and "[ocr]" in str(refused.value)


SCANS = [
    ("PNG", lambda: picture(), "image/png"),
    ("JPEG", lambda: picture(form="JPEG", quality=70), "image/jpeg"),
    ("TIFF, slanted", lambda: picture(form="TIFF", angle=-0.7), "image/tiff"),
    ("PDF, slanted", lambda: scanned_pdf(), "application/pdf"),
    ("upside down", lambda: picture(angle=180), "image/png"),
]


@needs_ocr
@pytest.mark.parametrize(("make", "media_type"), [x[1:] for x in SCANS], ids=[x[0] for x in SCANS])
def test_scan_reads_like_the_print(make, media_type):
    document = read(make())
    assert document.text == TEXT
    assert document.reader.ocr and document.media_type == media_type
    assert "text_recognised" in [notice.code for notice in document.warnings]
    assert len(document.layout.confidences) == len(document.text)


@needs_ocr
def test_boxes_of_a_slanted_page_lie_on_its_ink():
    from PIL import Image

    data = picture(angle=0.8)
    document = read(data)
    image = Image.open(io.BytesIO(data)).convert("L")
    for offset in (0, TEXT.index("总"), TEXT.index("1286")):
        x0, top, x1, bottom = (round(v * 200 / 72) for v in document.layout.box(offset))
        assert min(image.crop((x0, top, x1, bottom)).getdata()) < 90


@needs_ocr
def test_ruled_table_on_a_scan():
    paper = Paper()
    paper.table((72, 200, 330, 460), 180, [("信息内容", "制发件数", "有效件数"), ("规章", "0", "27")], height=30)
    document = read(rescanned(paper.bytes()))
    assert document.text == "信息内容\t制发件数\t有效件数\n规章\t0\t27\n"
    assert [(g.rows, g.columns) for g in document.grids] == [(2, 3)]


def rescanned(data):
    import pypdfium2

    buffer = io.BytesIO()
    pypdfium2.PdfDocument(data)[0].render(scale=200 / 72).to_pil().save(buffer, "PNG", dpi=(200, 200))
    return buffer.getvalue()


@needs_ocr
def test_only_the_scanned_page_of_a_mixed_file_is_recognised():
    pypdfium2 = pytest.importorskip("pypdfium2")
    whole = pypdfium2.PdfDocument(Paper().text(72, 100, LINES[1]).bytes())
    whole.import_pages(pypdfium2.PdfDocument(scanned_pdf(LINES[2:])))
    buffer = io.BytesIO()
    whole.save(buffer)
    document = read(buffer.getvalue())
    assert document.text == f"{LINES[1]}\n{LINES[2]}\n"
    sure = document.layout.confidences
    assert min(sure[: len(LINES[1])]) == 1.0 and max(sure[len(LINES[1]) + 1 : -1]) < 1.0 + 1e-9
    recognised = [notice.message for notice in document.warnings if notice.code == "text_recognised"]
    assert len(recognised) == 1 and "page 2 " in recognised[0]


@needs_ocr
def test_doubt_lowers_the_confidence_of_the_fact(monkeypatch):
    data = picture()
    sure = {fact.raw: fact.confidence for fact in extract(data).facts}
    monkeypatch.setattr("extractor.read.ocr_digits.confirms", lambda number, text: number != "1286")
    unsure = {fact.raw: fact.confidence for fact in extract(data).facts}
    changed = {raw for raw in sure if unsure[raw] < sure[raw]}
    assert {raw[:4] for raw in changed} == {"1286"}
    assert all(unsure[raw] <= 0.5 for raw in changed)


AGAIN = [
    ("1286", "政府1286条", True),
    ("1286", "1266条", False),
    ("1286", "12 86条", True),
    ("3.5", "35", False),
    ("3.5", "3．5", True),
    ("4", "-4", False),
    ("12", "112", False),
    ("12", "", False),
]


@pytest.mark.parametrize(("number", "text", "confirmed"), AGAIN)
def test_further_reading(number, text, confirmed):
    assert NUMBER.fullmatch(number)
    assert confirms(number, text) is confirmed


SURE = ("1286", 0.99)
DOUBTED = [
    ("1286", (0.99,) * 4, [SURE, SURE], "条", False),
    ("1286", (0.99, 0.99, 0.6, 0.99), [SURE, SURE], "条", True),
    ("1286", (0.99,) * 4, [SURE, ("1266", 0.9)], "条", True),
    ("1286", (0.99,) * 4, [SURE, ("12867", 0.9)], "条", False),
    ("1286", (0.99,) * 4, [SURE, ("12867", 0.9)], "", True),
    ("1286", (0.99,) * 4, [("12867", 0.9), ("12867", 0.9)], "条", True),
    ("1286", (0.95,) * 4, [SURE, ("12867", 0.9)], "条", True),
    ("2.593", (0.99,) * 5, [("2.593", 0.99), ("2.593", 0.99)], "", True),
    ("2,593", (0.99,) * 5, [("2,593", 0.99), ("2,593", 0.99)], "", False),
    ("2.59", (0.99,) * 4, [("2.59", 0.99), ("2.59", 0.99)], "万", False),
    ("8", (0.93,), [("8", 0.99), ("8", 0.99)], "件", False),
    ("8", (0.93,), [("8", 0.99), ("8", 0.99)], "", True),
    ("8", (0.97,), [("8", 0.99), ("8", 0.99)], "", False),
    ("6", (0.97,), [("6", 0.79), ("6", 0.5)], "", True),
    ("4", (0.93,), [("4", 0.99), ("4", 0.8)], "", False),
    ("0", (0.75,), [("0", 0.96), ("0", 0.8)], "", False),
    ("0", (0.95,), [("0", 0.99), ("。", 0.4)], "", False),
    ("0", (0.95,), [("0", 0.99), ("6", 0.4)], "", True),
    ("0", (0.75,), [("0", 0.8), ("0", 0.8)], "", True),
    ("0", (0.55,), [("0", 0.99), ("0", 0.99)], "", True),
    ("0", (0.75,), [("0", 0.96), ("0", 0.8)], "件", True),
]


@pytest.mark.parametrize(("number", "scores", "looks", "behind", "doubted"), DOUBTED)
def test_doubt_after_further_readings(number, scores, looks, behind, doubted):
    glyphs = [(c, score, ()) for c, score in zip(number, scores, strict=True)]
    assert is_doubted(glyphs, looks, False, bool(behind)) is doubted


SQUARE = ((0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (0.0, 20.0))
POINTS = [("12.5", "125", True), ("125", "125", False), ("12.5", "12.5", False), ("3.08", "308", True)]


@needs_ocr
@pytest.mark.parametrize(("printed", "number", "hidden"), POINTS)
def test_point_that_was_overlooked(printed, number, hidden):
    numpy = pytest.importorskip("numpy")
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (400, 120), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(40)
    pen.text((100, 40), f",{printed},", font=font, fill="black")
    x0, top, x1, bottom = pen.textbbox((100 + pen.textlength(",", font=font), 40), printed, font=font)
    glyphs = [(number, 0.99, ((x0, top - 6), (x1, top - 6), (x1, bottom + 6), (x0, bottom + 6)))]
    assert hides_point(cut_out(numpy.asarray(image), glyphs, 0.0), number) is hidden


INKED = [
    ("paper", [], 20.0, None),
    ("dust", [(60, 40, 64, 44)], 20.0, None),
    ("figure", [(60, 30, 70, 48)], 20.0, (56, 26, 74, 52)),
    ("two figures", [(60, 30, 70, 48), (80, 30, 90, 48)], 20.0, (56, 26, 94, 52)),
    ("figure and dust", [(60, 30, 70, 48), (110, 60, 113, 63)], 20.0, (56, 26, 74, 52)),
    ("two lines", [(60, 10, 70, 28), (60, 40, 70, 58)], 20.0, None),
    ("stroke over the cell", [(60, 0, 63, 80)], 20.0, None),
]


@needs_ocr
@pytest.mark.parametrize(("ink", "size", "box"), [x[1:] for x in INKED], ids=[x[0] for x in INKED])
def test_ink_in_a_blank_cell(ink, size, box):
    numpy = pytest.importorskip("numpy")
    paper = numpy.full((80, 120, 3), 250, dtype=numpy.uint8)
    for x0, top, x1, bottom in ink:
        paper[top:bottom, x0:x1] = 60
    found = find_ink(paper, (0, 0, 120, 80), size)
    assert (found is None) == (box is None)
    assert box is None or max(abs(a - b) for a, b in zip(found, box, strict=True)) <= 2


def scanned_line(text, score):
    return ScanLine(((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)), [(char, score, ()) for char in text])


UPRIGHT = [
    ("faint page of a table", [("信息公开", 0.6), ("0000", 0.7)], [("丫", 0.3), ("00000000", 0.99)]),
    ("sound page", [("信息公开1286", 0.95)], [("开", 0.4), ("9821", 0.8)]),
    ("figures only", [("1286", 0.95)], [("9821", 0.8)]),
]


@pytest.mark.parametrize(("upright", "turned"), [x[1:] for x in UPRIGHT], ids=[x[0] for x in UPRIGHT])
def test_ideographs_tell_which_way_up(upright, turned):
    sides = [[scanned_line(*line) for line in side] for side in (upright, turned)]
    assert legibility(sides[0]) > legibility(sides[1])


BREAKS = [
    ("short break", [(100, 50, 180), (100.5, 191, 400)], [(50, 10, 300)], [(100, 50, 400)]),
    ("long break", [(100, 50, 180), (100, 230, 400)], [], [(100, 50, 180), (100, 230, 400)]),
    ("border of a cell", [(100, 50, 180), (100, 191, 400)], [(180, 10, 300)], [(100, 50, 180), (100, 191, 400)]),
    ("two lines", [(100, 50, 180), (104, 191, 400)], [], [(100, 50, 180), (104, 191, 400)]),
    ("three pieces", [(100, 50, 80), (100, 90, 120), (100, 130, 200)], [(10, 0, 99)], [(100, 50, 200)]),
]


@pytest.mark.parametrize(("lines", "crossing", "mended"), [x[1:] for x in BREAKS], ids=[x[0] for x in BREAKS])
def test_breaks_of_faint_lines(lines, crossing, mended):
    assert mend(lines, crossing, 20.0) == mended


GAPS = [
    ("51", 2, "27", [10, 22, 32, 42]),
    ("51", 9, "27", [10, 20, 39, 49]),
    ("条1", 2, "27", [10, 22, 32, 42]),
    ("1条", 2, "27", [10, 20, 32, 42]),
]


@pytest.mark.parametrize(("left", "gap", "right", "ends"), GAPS)
def test_small_gap_inside_a_number_is_no_blank(left, gap, right, ends):
    glyphs = []
    for index, char in enumerate(left + right):
        x = index * 10.0 + (gap if index >= len(left) else 0)
        glyphs.append((char, 0.99, ((x, 0.0), (x + 10, 0.0), (x + 10, 20.0), (x, 20.0))))
    line = ScanLine(((0.0, 0.0), (49.0, 0.0), (49.0, 20.0), (0.0, 20.0)), glyphs)
    assert [round(box[2]) for box in lay_out([line], {}, 0.0, 0.0).boxes] == ends


@pytest.mark.parametrize("angle", [0.0, 0.03, -0.05])
def test_box_of_a_straight_page_is_laid_back_on_the_paper(angle):
    slope = math.tan(angle)
    glyphs = [
        ("0", 0.99, tuple((100 + 20 * i + x, 50 + slope * (20 * i + 10) + y) for x, y in SQUARE)) for i in range(9)
    ]
    ends = ((100.0, 50.0), (280.0, 50 + slope * 180), (280.0, 70 + slope * 180), (100.0, 70.0))
    scan = lay_out([ScanLine(ends, glyphs)], {}, 300.0, 400.0)
    assert abs(scan.angle - angle) < 0.001
    for box, place in zip(scan.boxes, scan.places, strict=True):
        back = lay_back(box, scan.angle, (300.0, 400.0))
        assert abs(back[0] + back[2] - place[0] - place[2]) < 2
        assert abs(back[1] + back[3] - place[1] - place[3]) < 2


LAYERS = [
    ("sound", "全年主动公开政府信息1286条，其中网站公开907条，同比增长16.7%，收到申请14件。", False),
    ("traditional", "全年主動公開政府資訊1286條，其中網站公開907條，較上年增長16.7%，收到申請14件，均已辦結。", False),
    ("figures of a table", "0 12 3 4 5 0 0 0 1 0 0 0 0 3 12 44 0 0 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7", False),
    ("radicals under odd codes", "⼀⼆⼉⼊⼋⼏⼑⼒⼔⼗⼘⼝⼟⼠⼤⼥⼦⼩⼭⼯⼰⼲⼸⼼⼿⽂⽅⽇⽉⽊⽔⽕", False),
    ("short", "ÎÒÃÇ", False),
    ("mojibake", "È«ÄêÖ÷¶¯¹«¿ªÕþ¸®ÐÅÏ¢1286Ìõ£¬ÆäÖÐÍøÕ¾¹«¿ª907Ìõ", True),
    ("lost", "\ufffd" * 30 + "1286" + "\ufffd" * 20, True),
    ("private use", "\ue001\ue002\ue003" * 12, True),
    ("glyph codes", "!\"#$%&'()*+,-./" * 6, True),
    ("nobody writes so", "㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉㐊㐋㐌㐍㐎㐏㐐㐑㐒㐓㐔㐕㐖㐗㐘㐙㐚㐛㐜㐝㐞㐟", True),
]


@pytest.mark.parametrize(("text", "garbled"), [x[1:] for x in LAYERS], ids=[x[0] for x in LAYERS])
def test_garbled_text_layers(text, garbled):
    assert is_garbled("".join(text.split())) is garbled


def garbled_pdf():
    """A page that prints well and whose text layer is mojibake, as fonts with a wrong mapping make it."""
    paper = Paper()
    paper.canvas.setFont("Helvetica", 12)
    paper.canvas.drawString(72, 700, "ÈÄêÖÕþÐÅÏÌõÆäÖÐÍøÕÌõ" * 2)
    return paper.bytes()


def test_garbled_layer_is_never_read_as_a_report(without_ocr):
    with pytest.raises(ReadError) as refused:
        read(garbled_pdf())
    assert refused.value.reason == "no_text" and "garbled" in str(refused.value)


def test_two_faces_are_told(monkeypatch):
    monkeypatch.setattr("extractor.read.pdf_second.count_characters", lambda data, numbers: {1: 400})
    changed = Paper().text(72, 100, LINES[2]).bytes() + b"\nstartxref\n0\n%%EOF\n"
    codes = [notice.code for notice in read(changed).warnings]
    assert codes == ["engines_differ"]


def pasted(body, image=None, **options):
    """A Word document with a picture in it, named by the relation r1."""
    links = '<Relationship Id="r1" Type="t/image" Target="media/image1.png"/>'
    links += '<Relationship Id="r2" Type="t/image" Target="http://x.example/a.png" TargetMode="External"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    extra = [("word/_rels/document.xml.rels", f'<Relationships xmlns="{space}">{links}</Relationships>')]
    extra.append(("word/media/image1.png", image or picture(**options)))
    return test_docx.pack(body, extra)


def drawn(relation="r1", wide=16, high=22):
    """A paragraph with a picture of so many centimetres."""
    size = f'<wp:extent cx="{wide * 360000}" cy="{high * 360000}"/>'
    names = (
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    shape = f'<wp:inline {names}>{size}<a:blip r:embed="{relation}"/></wp:inline>'
    return f"<w:p><w:r><w:drawing>{shape}</w:drawing></w:r></w:p>"


def old_drawn(style="width:415pt;height:587pt"):
    names = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    shape = f'<v:shape {names} style="{style}"><v:imagedata r:id="r1"/></v:shape>'
    return f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"


FIRST, LAST = test_docx.p("一、总体情况"), test_docx.p("二、存在问题")
PASTED = [
    ("scan", drawn(), True),
    ("scan of an old version", old_drawn(), True),
    ("logo", drawn(wide=4, high=3), False),
    ("old logo", old_drawn("width:60pt;height:60pt"), False),
    ("size that is none", old_drawn("width:autopt;height:..pt"), False),
    ("deleted", drawn().replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>"), False),
    ("outside of the file", drawn("r2"), False),
    ("missing", drawn("r9"), False),
]


@needs_ocr
@pytest.mark.parametrize(("body", "read_too"), [x[1:] for x in PASTED], ids=[x[0] for x in PASTED])
def test_scan_pasted_into_a_word_document(body, read_too):
    document = read(pasted(FIRST + body + LAST))
    assert document.text == "一、总体情况\n" + TEXT * read_too + "二、存在问题\n"
    assert document.reader.ocr is read_too
    if read_too:
        assert document.confidence(0, 6) == 1.0 > document.confidence(7, len(document.text))
        assert [document.text[b.start : b.end] for b in document.blocks] == document.text.splitlines()
    codes = [notice.code for notice in document.warnings]
    assert ("text_recognised" in codes) is read_too and "picture_not_read" not in codes


@needs_ocr
def test_facts_of_a_pasted_scan_carry_its_doubt():
    facts = {fact.raw: fact for fact in extract(pasted(FIRST + drawn())).facts}
    assert facts["1286条"].value == 1286 and facts["1286条"].evidence.page is None


def test_pasted_scans_are_named_without_the_extra(monkeypatch):
    monkeypatch.setattr("extractor.read.docx_pictures.has_ocr", lambda: False)
    document = read(pasted(FIRST + drawn()))
    assert document.text == "一、总体情况\n" and document.confidence(0, 3) == 1.0
    (notice,) = document.warnings
    assert notice.code == "picture_not_read" and "image1.png" in notice.message and "[ocr]" in notice.message


def test_broken_picture_does_not_cost_the_document():
    document = read(pasted(FIRST + drawn(), image=b"\x89PNG\r\n\x1a\n" + b"broken" * 9))
    assert document.text == "一、总体情况\n"
    assert [notice.code for notice in document.warnings] == ["picture_not_read"]
