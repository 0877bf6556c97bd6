"""Writes small reports in old and odd containers."""

import base64
import functools
import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

import test_docx
import test_html
import test_pdf

LINES = ("青禾县民政局2022年政府信息公开工作年度报告", "一、总体情况", "全年主动公开政府信息1286条，举办培训3期。")
HEAD = "From: office@example.gov.cn\r\nTo: reader@example.org\r\nSubject: =?utf-8?b?5bm05oql?=\r\nMIME-Version: 1.0\r\n"
SPACES = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{1}:1.0"'
ODT_NAMES = " ".join(
    SPACES.format(short, long)
    for short, long in [("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
                        ("style", "style")]
)  # fmt: skip
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def escape(text, charset="gbk"):
    """Text as rich text writes it: bytes in hex."""
    return "".join(c if c.isascii() else "".join(f"\\'{b:02x}" for b in c.encode(charset)) for c in text)


def rtf(body="", head="\\ansicpg936", fonts="{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\f1\\fcharset0 Arial;}}"):
    paragraphs = body or "".join(f"\\pard {escape(line)}\\par\r\n" for line in LINES)
    return f"{{\\rtf1\\ansi{head}{fonts}{{\\*\\generator Writer;}}\\f0 {paragraphs}}}".encode("ascii")


def odt(body="", styles="", extra=()):
    paragraphs = body or "".join(f"<text:p>{line}</text:p>" for line in LINES)
    content = (
        f"<office:document-content {ODT_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{paragraphs}</office:text></office:body></office:document-content>"
    )
    return zipped([("mimetype", ODT_TYPE), ("content.xml", content), *extra])


def zipped(files, **options):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **options) as package:
        for name, content in files:
            package.writestr(name, content)
    return buffer.getvalue()


def archive(*extra):
    return zipped([("年报/2022年度报告.pdf", test_pdf.sample()), *extra], compression=zipfile.ZIP_DEFLATED)


def gbk_archive(name="2022年度报告.html"):
    """An archive as old Chinese programs write it: the name in GBK, no flag."""
    plain = zipped([("x" * len(name.encode("gbk")), test_html.sample())])
    return plain.replace(b"x" * len(name.encode("gbk")), name.encode("gbk"))


def part(kind, content, *headers):
    data = base64.encodebytes(content).decode("ascii")
    lines = [f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *headers, "", data]
    return "\r\n".join(lines)


def message(*parts, kind="multipart/mixed"):
    body = "".join(f"--frontier\r\n{piece}\r\n" for piece in parts)
    return f'{HEAD}Content-Type: {kind}; boundary="frontier"\r\n\r\n{body}--frontier--\r\n'.encode()


def attached(content, name, kind="application/octet-stream"):
    return part(kind, content, f'Content-Disposition: attachment; filename="{name}"')


def eml():
    note = part("text/plain; charset=utf-8", "请查收附件。".encode())
    return message(note, attached(test_docx.sample(), "report.docx"))


def mhtml(*parts):
    pages = parts or (part("text/html; charset=utf-8", test_html.sample(), "Content-Location: http://x.example/a.htm"),)
    return message(*pages, kind='multipart/related; type="text/html"')


def text_object(x, y, text, size=4.0):
    steps = " ".join(str(size / 2 if c.isascii() else size) for c in text[:-1])
    code = f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{text}</ofd:TextCode>'
    boundary = f"{x} {y} {size * len(text)} {size * 1.2}"
    return f'<ofd:TextObject ID="1" Boundary="{boundary}" Font="1" Size="{size}">{code}</ofd:TextObject>'


def path_object(x0, y0, x1, y1):
    boundary = f"{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}"
    data = f"M 0 0 L {x1 - x0} {y1 - y0}"
    return (
        f'<ofd:PathObject ID="2" Boundary="{boundary}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd(*objects):
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    shown = "".join(objects) or "".join(text_object(20, 20 + 14 * i, line) for i, line in enumerate(LINES))
    root = f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    document = (
        f"<ofd:Document {space}><ofd:CommonData>{area}</ofd:CommonData>"
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>'
    )
    page = f"<ofd:Page {space}><ofd:Content><ofd:Layer>{shown}</ofd:Layer></ofd:Content></ofd:Page>"
    files = [("OFD.xml", root), ("Doc_0/Document.xml", document), ("Doc_0/Pages/Page_0/Content.xml", page)]
    return zipped(files, compression=zipfile.ZIP_DEFLATED)


def compound(locked=False, word=True):
    """The outer shape of an old Word file, nothing readable in it."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    stream = b"\xec\xa5\xc1\0" + b"\0" * 6 + (0x0100 if locked else 0).to_bytes(2, "little") + b"\0" * 500
    return head + stream + ("WordDocument" if word else "Workbook").encode("utf-16-le") + b"\0" * 512


@functools.cache
def old_word():
    """A real .doc, made by LibreOffice from a rich text."""
    from extractor.read.libreoffice import find_program

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.rtf"
        source.write_bytes(rtf())
        profile = (Path(folder) / "profile").as_uri()
        command = [find_program(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc"]
        subprocess.run([*command, "--outdir", folder, str(source)], capture_output=True, timeout=120, check=True)
        return source.with_suffix(".doc").read_bytes()


def picture(lines=LINES, angle=0.0, form="PNG", pages=1, **options):
    """A scanned report."""
    import numpy
    import pypdfium2
    from paper_maker import Paper
    from PIL import Image

    paper = Paper()
    for index, line in enumerate(lines):
        paper.text(72, 80 + 40 * index, line, 14)
    sheet = pypdfium2.PdfDocument(paper.bytes())[0].render(scale=200 / 72).to_pil().convert("L")
    turned = sheet.rotate(angle, resample=Image.BICUBIC, fillcolor=255)
    grain = numpy.random.default_rng(5).normal(0, 8, (turned.height, turned.width))
    noisy = Image.fromarray(numpy.clip(numpy.asarray(turned) + grain, 0, 255).astype("uint8"))
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": [noisy] * (pages - 1)} if pages > 1 else {}
    noisy.save(buffer, form, dpi=(200, 200), **more, **options)
    return buffer.getvalue()


def scanned_pdf(lines=LINES, angle=0.5, pages=1):
    """A PDF of page images."""
    from PIL import Image

    image = Image.open(io.BytesIO(picture(lines, angle)))
    buffer = io.BytesIO()
    image.save(buffer, "PDF", resolution=200.0, save_all=True, append_images=[image] * (pages - 1))
    return buffer.getvalue()
