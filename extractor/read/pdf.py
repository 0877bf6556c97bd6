"""PDF files through pdfium; pages without a sound text layer through recognition of their image."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from extractor.errors import ReadError
from extractor.read.declare import Reading, reader
from extractor.read.ocr import ADVICE, has_ocr
from extractor.read.pdf_cells import DraftTable, draft_table
from extractor.read.pdf_doubt import PageLook, find_need, look_at
from extractor.read.pdf_flow import PageFlow, Paragraph, build_flow, drop_furniture
from extractor.read.pdf_glyphs import Frame, Page, read_glyphs
from extractor.read.pdf_grids import find_grids
from extractor.read.pdf_lines import find_lines
from extractor.read.pdf_pieces import share_out
from extractor.read.pdf_rules import RuleReader
from extractor.read.pdf_second import confirm_grids, warn_of_two_faces
from extractor.read.pdf_write import PdfBuilder
from extractor.read.pdfium import FORM, WRONG_PASSWORD, engine_version, load_pdfium, page_objects
from extractor.record import field, record
from extractor.types import Notice, ReaderInfo

MAX_PAGES = 2000
MAX_RECOGNISED = 300  # pages of one file whose image is read


@record(frozen=False)
class Sheets:
    """What was read of a file: its pages, warnings, and which pages need or had their image read.

    wanting -- page numbers by what is wrong with their text layer: blank, garbled; recognised -- page numbers.
    """

    flows: list[PageFlow] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    wanting: dict[str, list[int]] = field(default_factory=lambda: {"blank": [], "garbled": []})
    recognised: list[int] = field(default_factory=list)

    def warn(self, code: str, message: str, page: int | None = None) -> None:
        """Keep a warning."""
        self.warnings.append(Notice(code, message, page))


def looks_like_pdf(data: bytes) -> bool:
    """Whether the mark of a PDF stands in the first 1,024 bytes."""
    return b"%PDF-" in data[:1024] and not data.startswith(b"PK\x03\x04")


@reader("pdf", media_type="application/pdf", suffixes=(".pdf",), sniff=looks_like_pdf)
def read_pdf(data: bytes) -> Reading:
    """Text, tables and places of a PDF; pages without text are named in the warnings."""
    sheets = Sheets()
    with open_pdf(data) as (raw, document):
        total = raw.FPDF_GetPageCount(document)
        for number in range(1, min(total, MAX_PAGES) + 1):
            flow = read_page(raw, document, number, data, sheets)
            if flow is None:
                sheets.warn("page_damaged", f"page {number} can't be read; look at it yourself", number)
            else:
                sheets.flows.append(flow)
    sheets.warnings.extend(warn_of_two_faces(data, [flow.page for flow in sheets.flows], sheets.recognised))
    check_text(sheets, total)
    return write_reading(sheets, ReaderInfo("pdfium", engine_version(), bool(sheets.recognised)), total)


def write_reading(sheets: Sheets, info: ReaderInfo, total: int) -> Reading:
    """Pages as one text; page furniture goes, paragraphs and tables run over page ends."""
    builder = PdfBuilder([flow.page for flow in sheets.flows])
    drop_furniture(sheets.flows)
    for item in build_flow(sheets.flows):
        if isinstance(item, Paragraph):
            builder.add_paragraph(item)
        elif isinstance(item, DraftTable):
            builder.add_table(item)
    blocks, grids = tuple(builder.blocks), tuple(builder.grids)
    return Reading(builder.text, blocks, grids, info, total, builder.layout(), tuple(sheets.warnings))


@contextmanager
def open_pdf(data: bytes) -> Iterator[tuple[Any, Any]]:
    """pdfium's functions and the open document; raises ReadError (encrypted, damaged)."""
    raw = load_pdfium()
    document = raw.FPDF_LoadMemDocument64(data, ctypes.c_size_t(len(data)), None)
    if not document:
        if raw.FPDF_GetLastError() == WRONG_PASSWORD:
            raise ReadError("encrypted", "the PDF is locked with a password; remove the password and try again")
        raise ReadError("damaged", "the PDF is broken and can't be opened; fetch or export it again")
    try:
        yield raw, document
    finally:
        raw.FPDF_CloseDocument(document)


def read_page(raw: Any, document: Any, number: int, data: bytes, sheets: Sheets) -> PageFlow | None:
    """Lines and tables of one page; None where pdfium can't load it."""
    handle = raw.FPDF_LoadPage(document, number - 1)
    if not handle:
        return None
    try:
        frame = Frame(raw, handle)
        objects, modes = page_objects(raw, handle)
        page = read_glyphs(raw, handle, number, frame, any(kind == FORM for _, kind in objects))
        flow = recognise_page(raw, handle, page, frame, look_at(raw, objects, modes, page), sheets)
        if flow is not None:
            return flow
        grids = find_grids(RuleReader(raw, frame).read(objects)) if page.chars else []
    finally:
        raw.FPDF_ClosePage(handle)
    grids = confirm_grids(data, number, grids)
    outside = share_out(page, grids)
    tables = [draft for grid in grids if (draft := draft_table(page, grid)) is not None]
    return PageFlow(page, find_lines(page, outside), tables)


def recognise_page(raw: Any, handle: Any, page: Page, frame: Frame, look: PageLook, sheets: Sheets) -> PageFlow | None:
    """The page as read from its image; None where its text layer will do, or has to."""
    if look.hidden:
        hidden = f"page {page.number} holds text that does not show; compare what was read with what is printed"
        sheets.warn("hidden_text", hidden, page.number)
    need = find_need(page, look)
    if not need:
        return None
    if has_ocr() and raw.FPDFPage_CountObjects(handle) and len(sheets.recognised) < MAX_RECOGNISED:
        from extractor.read.pdf_image import draw_page
        from extractor.read.scan import read_scan, unsure_digits

        image, scale = draw_page(raw, handle, frame)
        flow = read_scan(image, page.number, scale)
        if len(flow.page.chars) > (2 * len(page.chars) if need == "sparse" else 0):
            sheets.recognised.append(page.number)
            sheets.warnings.extend(unsure_digits(flow.page))
            return flow
    if need in sheets.wanting:
        sheets.wanting[need].append(page.number)
    return None


def check_text(sheets: Sheets, total: int) -> None:
    """Raise ReadError where no page has text; warn of single pages without it and of pages left out."""
    blank, garbled = sheets.wanting["blank"], sheets.wanting["garbled"]
    if not sheets.flows:
        raise ReadError("damaged", "the PDF has no page that can be read; fetch or export it again")
    if len(blank) == len(sheets.flows):
        message = f"no text layer on page {listed(blank)}"
        raise ReadError("no_text", f"{message}; {'nothing was recognised there either' if has_ocr() else ADVICE}")
    if len(blank) + len(garbled) == len(sheets.flows):
        raise ReadError("no_text", f"the text layer of page {listed(garbled)} is garbled; {ADVICE}")
    for number in blank:
        sheets.warn("page_without_text", f"page {number} has no text layer; {ADVICE}", number)
    for number in garbled:
        sheets.warn("page_garbled", f"the text layer of page {number} is garbled; {ADVICE}", number)
    if sheets.recognised:
        pages = listed(sheets.recognised)
        sheets.warn("text_recognised", f"the text of page {pages} was recognised from the image; compare figures")
    if total > MAX_PAGES:
        sheets.warn("pages_left_out", f"only the first {MAX_PAGES} of {total} pages were read")


def listed(numbers: list[int]) -> str:
    """Page numbers for a message."""
    return ", ".join(map(str, numbers[:20])) + (", …" if len(numbers) > 20 else "")
