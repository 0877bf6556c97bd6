"""Writes PDF files by hand, with whatever an attacker would put into them."""

import zlib


def stream(data, extra="", packed=True, times=1):
    """A stream object, packed ``times`` times."""
    if not packed:
        return b"<< /Length %d %s >>\nstream\n" % (len(data), extra.encode()) + data + b"\nendstream"
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = f"/Filter [{' /FlateDecode' * times}]"
    return b"<< /Length %d %s %s >>\nstream\n" % (len(data), filters.encode(), extra.encode()) + data + b"\nendstream"


def pdf(objects, trailer="", tail=b""):
    """A file of numbered objects; object 1 is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        body = content.encode("latin-1") if isinstance(content, str) else content
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out) + tail


FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = b"BT /F1 12 Tf 72 700 Td (Report 2022: 1286 items) Tj ET"


def one_page(content, more=(), catalog="", page="", resources="", box="0 0 595 842"):
    """A file of one page; ``content`` -- a finished stream object; objects from number 6 on are ``more``."""
    return pdf(
        [
            f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {page} "
            f"/Resources << /Font << /F1 5 0 R >> {resources} >> >>",
            content,
            FONT,
            *more,
        ]
    )


def plain(**options):
    return one_page(stream(WORDS), **options)


def many_pages(count):
    kids = " ".join(f"{5 + i} 0 R" for i in range(count))
    pages = ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> "
             ">> >>"] * count  # fmt: skip
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"
    return pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            tree,
            stream(WORDS.replace(b"(", b"(\\(1\\) ").replace(b"items", b"items;")),
            FONT,
            *pages,
        ]
    )


def nested_forms(depth, times):
    """Forms that each draw the next one ``times`` times."""
    forms = []
    for level in range(depth):
        inner = f"/XObject << /X {7 + level} 0 R >>" if level + 1 < depth else ""
        calls = b"/X Do " * times if level + 1 < depth else WORDS
        extra = f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> {inner} >>"
        forms.append(stream(calls, extra))
    return one_page(stream(b"/X Do " * times), forms, resources="/XObject << /X 6 0 R >>")


def form_in_itself():
    extra = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    return one_page(stream(WORDS + b" /X Do"), [stream(b"/X Do", extra)], resources="/XObject << /X 6 0 R >>")


def page_tree_loop():
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", page])


def xref_loop():
    data = plain()
    start = data.rindex(b"startxref\n") + len(b"startxref\n")
    place = data[start : data.index(b"\n", start)].decode()
    return data.replace(b"/Root 1 0 R", f"/Root 1 0 R /Prev {place}".encode())


def image_page(width, height, data, filters="/FlateDecode", more=""):
    image = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 "
        b"/Filter %s /Length %d %s >>\nstream\n" % (width, height, filters.encode(), len(data), more.encode())
    )
    objects = [image + data + b"\nendstream"]
    return one_page(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), objects, resources="/XObject << /I 6 0 R >>")


def cmap_bomb():
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> "
        b"endcodespacerange 100 beginbfrange " + b"<00000000> <FFFFFFFF> <0041> " * 2000 + b"endbfrange endcmap end end"
    )
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 7 0 R "
        "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    content = stream(b"BT /F2 12 Tf 72 700 Td <00410042> Tj ET " + WORDS)
    return pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R "
            "/F2 6 0 R >> >> >>",
            content,
            FONT,
            font,
            stream(cmap),
        ]
    )


def active(address):
    """A page that would like to open an address and run a program."""
    catalog = (
        f"/OpenAction << /S /JavaScript /JS (app.launchURL\\('{address}'\\)) >> "
        f"/AA << /WC << /S /Launch /F (/bin/sh) >> >>"
    )
    link = f"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI ({address}) >> >>]"
    return plain(catalog=catalog, page=link)


def outside_stream(path):
    """A page whose content is said to lie in another file."""
    return one_page(f"<< /Length 0 /F ({path}) >>\nstream\n\nendstream")


def two_faces():
    """A page that an appended update replaces; readers that ignore the update see other figures."""
    first = plain()
    start = first.rindex(b"startxref\n") + len(b"startxref\n")
    place = int(first[start : first.index(b"\n", start)])
    other = stream(WORDS.replace(b"1286", b"9999"))
    at = len(first)
    update = b"4 0 obj\n" + other + b"\nendobj\n"
    table = at + len(update)
    return first + update + (
        f"xref\n4 1\n{at:010d} 00000 n \ntrailer << /Size 6 /Root 1 0 R /Prev {place} >>\nstartxref\n{table}\n%%EOF\n"
    ).encode()  # fmt: skip
