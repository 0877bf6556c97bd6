"""The hostile set: a function for each row of tests/cases/hostile/files.yaml that writes its bytes."""

import functools
import zlib
from inspect import signature

import office_maker as office
import other_maker as other
import pdf_maker as pdf


def packed_blanks(megabytes):
    """A stream that unpacks to blanks, packed chunk by chunk so that writing it needs no memory."""
    packer = zlib.compressobj(9)
    chunk = b" " * 1_000_000
    return b"".join([*(packer.compress(chunk) for _ in range(megabytes)), packer.flush()])


def flate_bomb():
    twice = zlib.compress(packed_blanks(1500), 9)
    head = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(twice)
    return pdf.one_page(head + twice + b"\nendstream")


def locked_pdf(user):
    import io

    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(user, ownerPassword="own"), invariant=1)
    canvas.drawString(72, 700, "Report 2022: 1286 items")
    canvas.save()
    return buffer.getvalue()


def crowded_page():
    line = b"(" + b"1286 items " * 20 + b") Tj 0 -0.01 Td "
    return pdf.one_page(pdf.stream(b"BT /F1 1 Tf 10 800 Td " + line * 4500 + b"ET"))


def drawing():
    lines = b"".join(b"%d %d m %d %d l S " % (i % 595, i % 842, (i * 7) % 595, (i * 3) % 842) for i in range(120_000))
    grid = b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (i, i, i, i) for i in range(0, 590, 1))
    return pdf.one_page(pdf.stream(pdf.WORDS + lines + grid))


def off_page():
    words = b"BT /F1 12 Tf 5000 9000 Td (hidden 9999) Tj ET BT 3 Tr /F1 12 Tf 72 600 Td (unseen 8888) Tj ET "
    return pdf.one_page(pdf.stream(words + pdf.WORDS))


MAKERS = {
    # PDF
    "flate_bomb": flate_bomb,
    "nested_forms": lambda: pdf.nested_forms(9, 10),
    "form_in_itself": pdf.form_in_itself,
    "page_tree_loop": pdf.page_tree_loop,
    "xref_loop": pdf.xref_loop,
    "deep_arrays": lambda: pdf.one_page(pdf.stream(b"[" * 200_000 + b"]" * 200_000 + pdf.WORDS)),
    "deep_dictionaries": lambda: pdf.plain(catalog="/A " + "<< /A " * 5000 + "1" + " >>" * 5000),
    "many_pages": lambda: pdf.many_pages(4000),
    "huge_paper": lambda: pdf.one_page(pdf.stream(b"0 0 9 9 re f"), box="0 0 100000000 100000000"),
    "no_paper": lambda: pdf.one_page(pdf.stream(pdf.WORDS), box="0 0 0 0"),
    "crowded_page": crowded_page,
    "drawing": drawing,
    "cmap_bomb": pdf.cmap_bomb,
    "locked_pdf": lambda: locked_pdf("secret"),
    "owner_locked_pdf": lambda: locked_pdf(""),
    "cut_pdf": lambda: pdf.plain()[:300],
    "pdf_header_only": lambda: b"%PDF-1.7\n%%EOF\n",
    "active_pdf": lambda address, secret: pdf.active(address),
    "outside_stream": lambda address, secret: pdf.outside_stream(secret),
    "image_bomb": lambda: pdf.image_page(60_000, 60_000, zlib.compress(packed_blanks(450), 9),
                                         "[/FlateDecode /FlateDecode]"),
    "broken_jpx": lambda: pdf.image_page(900, 900, b"\0\0\0\x0cjP  " + bytes(range(256)) * 20, "/JPXDecode"),
    "broken_jbig2": lambda: pdf.image_page(900, 900, bytes(range(256)) * 40, "/JBIG2Decode"),
    "pdf_in_zip": lambda: pdf.plain() + office.zipped([("a.txt", office.LINE)]),
    "off_page": off_page,
    "two_faces": pdf.two_faces,
    # ZIP and Office
    "docx_bomb": lambda: office.docx(extra=[("word/media/x.bin", b"\0" * 200_000_000)]),
    "lying_sizes": office.lying_sizes,
    "many_entries": lambda: office.docx(extra=[(f"x/{i}", b"") for i in range(100_000)], packed=False),
    "overlapping_entries": office.overlapping,
    "laughs": office.laughs,
    "entity_file": lambda address, secret: office.entity(f"file://{secret}"),
    "entity_remote": lambda address, secret: office.entity(address),
    "include_file": lambda address, secret: office.include(f"file://{secret}"),
    "remote_template": lambda address, secret: office.remote_template(address),
    "nested_tables": lambda: office.nested_tables(200),
    "nested_tables_deep": lambda: office.nested_tables(20_000),
    "nested_runs": lambda: office.nested_runs(240),
    "wide_cells": office.wide_cells,
    "locked_entries": office.locked_entries,
    "odd_names": office.odd_names,
    "zip_in_zip": lambda: functools.reduce(lambda inner, _: office.zipped([("a.zip", inner)]), range(40), b"x"),
    "text_bomb_in_zip": lambda: office.zipped([("report.txt", "零" * 100_000_000)]),
    "repeated_cells": office.repeated_cells,
    "odt_entity": lambda address, secret: office.odt(
        "<text:p>&e;</text:p>", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    ),
    "endless_steps": office.endless_steps,
    "looping_compound": other.looping_compound,
    # pages
    "deep_page": lambda: other.page("<div>" * 40_000 + other.PARAGRAPHS),
    "many_attributes": lambda: other.page(f"<p {' '.join(f'a{i}=1' for i in range(300_000))}>{other.LINE}</p>"),
    "wide_page_cells": lambda: other.page(other.PARAGRAPHS + "<table>" + "<tr><td rowspan=999999999 colspan=999999999>3"
                                          "<td>4</tr>" * 3000 + "</table>"),
    "open_comment": lambda: other.page(other.PARAGRAPHS + "<!--" + "x" * 5_000_000),
    "many_tables": lambda: other.page("<table><tr><td>" * 3000 + other.PARAGRAPHS),
    "remote_page": lambda address, secret: other.remote(address),
    "xhtml_entity": lambda address, secret: other.xhtml_entity(f"file://{secret}"),
    "frame_opening": lambda: other.page(other.PARAGRAPHS + "<iframe srcdoc='" * 100_000),
    "tag_opening": lambda: other.page(other.PARAGRAPHS + "<" * 2_000_000),
    # texts
    "digits_in_one_line": lambda: other.text("9" * 3_000_000),
    "number_bombs": lambda: other.text(*other.NUMBERS),
    "brackets": lambda: other.text("（" * 400_000, "《" * 400_000, "“" * 400_000),
    "one_line": lambda: other.text("公开12条，" * 150_000),
    "too_long": lambda: other.text("公开信息工作。" * 900_000),
    "blanks_in_one_line": lambda: other.text("公开" + " " * 2_000_000 + "12条"),
    "separators": lambda: other.text("、" * 500_000 + "12" + "，" * 500_000),
    "terminal_codes": lambda: other.text(other.TERMINAL),
    "only_nul": lambda: b"\0" * 1_000_000,
    "lone_surrogates": lambda: b"\xff\xfe" + (b"\x00\xd8" + "3条".encode("utf-16-le")) * 20_000,
    "noise": lambda: bytes((i * 7919 + i // 3) % 256 for i in range(300_000)),
    "rtf_binary": lambda: other.rtf(b"\\bin999999999 3" + b"\\bin-5 " * 1000),
    "rtf_groups": lambda: other.rtf(b"{" * 1_000_000),
    "rtf_codes": lambda: other.rtf(b"\\u-99999999?\\u55296?\\uc999999 \\u3?" * 20_000),
    "rtf_cells": lambda: other.rtf(b"\\trowd" + b"\\cellx9" * 50_000 + b"\\intbl 3\\cell" * 50_000 + b"\\row"),
    # mails
    "nested_mail": lambda: other.nested_mail(900),
    "many_headers": lambda: other.many_headers(100_000),
    "odd_charsets": other.odd_charsets,
    # images
    "huge_png": other.huge_png,
    "looping_tiff": other.looping_tiff,
    "cut_jpeg": lambda: b"\xff\xd8\xff\xe0" + bytes(range(200)),
}  # fmt: skip


def make(name, address, secret):
    """Bytes of a case; those that reach out are told the canary's address and the canary file."""
    maker = MAKERS[name]
    return maker(address, secret) if signature(maker).parameters.keys() >= {"address"} else maker()
