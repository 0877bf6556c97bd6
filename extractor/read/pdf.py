"""PDF files with a text layer, through pdfium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from extractor.errors import ReadError
from extractor.read.declare import Reading, reader
from extractor.read.pdf_cells import DraftTable, draft_table
from extractor.read.pdf_flow import PageFlow, Paragraph, build_flow, drop_furniture
from extractor.read.pdf_glyphs import Frame, Page, read_glyphs
from extractor.read.pdf_grids import PageGrid, find_grids
from extractor.read.pdf_lines import find_lines
from extractor.read.pdf_rules import RuleReader
from extractor.read.pdf_second import confirm_grids
from extractor.read.pdf_write import PdfBuilder
from extractor.types import Notice, ReaderInfo

MAX_PAGES = 2000


def looks_like_pdf(data: bytes) -> bool:
    """Whether the mark of a PDF stands in the first 1,024 bytes."""
    return b"%PDF-" in data[:1024]


@reader("pdf", media_type="application/pdf", suffixes=(".pdf",), sniff=looks_like_pdf)
def read_pdf(data: bytes) -> Reading:
    """Text, tables and places of a PDF; pages without text are named in the warnings."""
    flows: list[PageFlow] = []
    warnings: list[Notice] = []
    with open_pdf(data) as (raw, document):
        total = raw.FPDF_GetPageCount(document)
        for number in range(1, min(total, MAX_PAGES) + 1):
            flow = read_page(raw, document, number, data)
            if flow is None:
                warnings.append(Notice("page_damaged", f"page {number} can't be read; look at it yourself", number))
            else:
                flows.append(flow)
    check_text(flows, total, warnings)
    pages = [flow.page for flow in flows]
    builder = PdfBuilder(pages)
    drop_furniture(flows)
    for item in build_flow(flows):
        if isinstance(item, Paragraph):
            builder.add_paragraph(item)
        elif isinstance(item, DraftTable):
            builder.add_table(item)
    blocks, grids = tuple(builder.blocks), tuple(builder.grids)
    info = ReaderInfo("pdfium", engine_version())
    return Reading(builder.text, blocks, grids, info, total, builder.layout(), tuple(warnings))


@contextmanager
def open_pdf(data: bytes) -> Iterator[tuple[Any, Any]]:
    """pdfium's functions and the open document; raises ReadError (encrypted, damaged)."""
    import pypdfium2
    from pypdfium2 import raw

    del pypdfium2  # its import starts the library
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            raise ReadError("encrypted", "the PDF is locked with a password; remove the password and try again")
        raise ReadError("damaged", "the PDF is broken and can't be opened; fetch or export it again")
    try:
        yield raw, document
    finally:
        raw.FPDF_CloseDocument(document)


def engine_version() -> str:
    """Version of the engine."""
    from pypdfium2 import PYPDFIUM_INFO

    return str(PYPDFIUM_INFO.version)


def read_page(raw: Any, document: Any, number: int, data: bytes) -> PageFlow | None:
    """Lines and tables of one page; None where pdfium can't load it."""
    handle = raw.FPDF_LoadPage(document, number - 1)
    if not handle:
        return None
    try:
        frame = Frame(raw, handle)
        page = read_glyphs(raw, handle, number, frame)
        grids = find_grids(RuleReader(raw, frame).read(handle)) if page.chars else []
    finally:
        raw.FPDF_ClosePage(handle)
    grids = confirm_grids(data, number, grids)
    outside = share_out(page, grids)
    tables = [draft for grid in grids if (draft := draft_table(page, grid)) is not None]
    return PageFlow(page, find_lines(page, outside), tables)


def share_out(page: Page, grids: list[PageGrid]) -> list[int]:
    """Give the characters inside grids to their cells; the indices of all others."""
    if not grids:
        return list(range(len(page.chars)))
    outside = []
    for index, (x0, top, x1, bottom) in enumerate(page.boxes):
        x, y = (x0 + x1) * 0.5, (top + bottom) * 0.5
        for grid in grids:
            region = grid.cell_at(x, y)
            if region is not None:
                region.glyphs.append(index)
                break
        else:
            outside.append(index)
    return outside


def check_text(flows: list[PageFlow], total: int, warnings: list[Notice]) -> None:
    """Raise ReadError where no page has text; warn of single pages without it and of pages left out."""
    blank = [flow.page.number for flow in flows if not any(not c.isspace() for c in flow.page.chars)]
    if len(blank) == len(flows):
        if not flows:
            raise ReadError("damaged", "the PDF has no page that can be read; fetch or export it again")
        listed = ", ".join(map(str, blank[:20])) + (", …" if len(blank) > 20 else "")
        raise ReadError("no_text", f"no text layer on page {listed}; recognise the text first (OCR needed)")
    for number in blank:
        warnings.append(Notice("page_without_text", f"page {number} has no text layer; OCR needed to read it", number))
    if total > MAX_PAGES:
        warnings.append(Notice("pages_left_out", f"only the first {MAX_PAGES} of {total} pages were read"))
