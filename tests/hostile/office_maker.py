"""Writes ZIP containers, Word, OpenDocument and fixed layout files that mean harm."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINE = "全年主动公开政府信息1286条，举办培训3期。"


def zipped(files, packed=True):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as package:
        for name, content in files:
            package.writestr(name, content)
    return buffer.getvalue()


def docx(body=None, prolog="", extra=(), packed=True):
    content = f"<w:p><w:r><w:t>{LINE}</w:t></w:r></w:p>" if body is None else body
    main = f'{prolog}<w:document xmlns:w="{W}"><w:body>{content}</w:body></w:document>'
    return zipped([("word/document.xml", main), *extra], packed)


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def laughs(levels=9):
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(levels)
    )  # fmt: skip
    return docx(paragraph(f"{LINE}&a{levels};"), prolog=f"<!DOCTYPE x [{entities}]>")


def entity(address):
    return docx(paragraph(f"{LINE}&e;"), prolog=f'<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>')


def include(address):
    node = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>'
    return docx(paragraph(LINE) + f"<w:p><w:r><w:t>{node}</w:t></w:r></w:p>")


def remote_template(address):
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="r1" Type="{kind}/attachedTemplate" Target="{address}" TargetMode="External"/>'
    links = f'<Relationships xmlns="{space}">{relation}</Relationships>'
    return docx(extra=[("word/_rels/settings.xml.rels", links), ("word/_rels/document.xml.rels", links)])


def nested_tables(depth):
    return docx("<w:tbl><w:tr><w:tc>" * depth + paragraph(LINE) + "</w:tc></w:tr></w:tbl>" * depth)


def nested_runs(depth):
    return docx("<w:p>" + "<w:smartTag>" * depth + f"<w:r><w:t>{LINE}</w:t></w:r>" + "</w:smartTag>" * depth + "</w:p>")


def wide_cells():
    cell = (
        '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("3") + "</w:tc>"
    )
    return docx(paragraph(LINE) + "<w:tbl>" + f"<w:tr>{cell * 50}</w:tr>" * 50 + "</w:tbl>")


def lying_sizes():
    data = docx(paragraph(LINE * 2_000_000))
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + (1000).to_bytes(4, "little") + data[at + 28 :]


def overlapping(count=2000):
    """Entries of the directory that all point at one packed part."""
    data = zipped([("word/document.xml", "0" * 1_000_000)])
    at, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry = data[at:end]
    size = len(entry) * count
    tail = (
        b"PK\x05\x06"
        + b"\0" * 4
        + count.to_bytes(2, "little") * 2
        + size.to_bytes(4, "little")
        + at.to_bytes(4, "little")
    )
    return data[:at] + entry * count + tail + b"\0\0"


def locked_entries():
    data = bytearray(zipped([("report.txt", LINE)]))
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


NAMES = (
    *("../../../tmp/evil.txt", "/etc/evil.txt", "C:\\evil.txt", "..%2fevil.txt", "．．／evil.txt", "x" * 4096 + ".txt"),
    *("con", "nul.txt", "a\u202etxt.exe"),
)


def odd_names():
    return zipped([(name, LINE) for name in NAMES])


def odt(body, prolog=""):
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
    inner = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"{prolog}<office:document-content {names}>{inner}</office:document-content>"
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)], packed=False)


def repeated_cells():
    cell = '<table:table-cell table:number-columns-repeated="999999"><text:p>3</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="999999">{cell * 30}</table:table-row>'
    return odt(f"<text:p>{LINE}</text:p><table:table>{row * 100}</table:table>")


def endless_steps():
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    code = f'<ofd:TextCode X="0" Y="4" DeltaX="g 999999999 4.2 g 99999 1">{LINE}</ofd:TextCode>'
    text = f'<ofd:TextObject ID="1" Boundary="20 20 99999999999 5" Size="4">{code}</ofd:TextObject>'
    files = [
        ("OFD.xml", f"<ofd:OFD {space}><ofd:DocRoot>../../D.xml</ofd:DocRoot></ofd:OFD>"),
        ("../../D.xml", f'<ofd:Document {space}><ofd:Page BaseLoc="P.xml"/></ofd:Document>'),
        ("../../P.xml", f"<ofd:Page {space}>{text}</ofd:Page>"),
    ]
    return zipped(files)
