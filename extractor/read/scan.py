"""A page image as lines and tables, in the shapes of a page with a text layer."""

from __future__ import annotations

from typing import Any

from extractor.read.ocr import Scan, recognise
from extractor.read.ocr_blanks import read_blanks
from extractor.read.ocr_rules import find_rules
from extractor.read.pdf_cells import draft_table
from extractor.read.pdf_flow import PageFlow
from extractor.read.pdf_glyphs import Page, columns
from extractor.read.pdf_grids import find_grids
from extractor.read.pdf_lines import find_lines
from extractor.read.pdf_pieces import share_out
from extractor.types import Box, Notice

SURE = 0.9  # confidence below which a digit is told in a warning


def read_scan(image: Any, number: int, scale: float) -> PageFlow:
    """Lines and tables of page ``number`` from its image (height x width x 3); ``scale`` -- points in a pixel."""
    scan, upright = recognise(image)
    page = scan_page(scan, number, upright, scale)
    grids = find_grids(find_rules(upright, scan, scale)) if page.chars else []
    outside = share_out(page, grids)
    read_blanks(upright, scan, page, grids, scale)
    tables = [draft for grid in grids if (draft := draft_table(page, grid)) is not None]
    return PageFlow(page, find_lines(page, outside), tables)


def scan_page(scan: Scan, number: int, image: Any, scale: float) -> Page:
    """The page of a scan, in points."""
    high, wide = image.shape[:2]

    def points(box: Box) -> Box:
        return (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)

    places = [points(box) for box in scan.places]
    page = Page(number, wide * scale, high * scale, places=places, confidences=scan.confidences)
    page.fill(scan.chars, columns([points(box) for box in scan.boxes]))
    return page


def unsure_digits(page: Page) -> list[Notice]:
    """A warning for a recognised page some of whose digits are in doubt."""
    doubted = sum(c.isdigit() and s < SURE for c, s in zip(page.chars, page.confidences or (), strict=True))
    if not doubted:
        return []
    message = f"{doubted} digits of page {page.number} were recognised with doubt; compare them with the page"
    return [Notice("ocr_digits_unsure", message, page.number)]
