"""Draws a PDF page as an image for recognition."""

from __future__ import annotations

import ctypes
from typing import Any

from extractor.errors import ReadError
from extractor.read.ocr import DPI, MAX_PIXELS
from extractor.read.pdf_glyphs import Frame
from extractor.read.pdfium import WITH_NOTES

POINTS = 72  # in an inch
WHITE = 0xFFFFFFFF


def draw_page(raw: Any, handle: Any, frame: Frame) -> tuple[Any, float]:
    """The page as displayed (height x width x 3, blue green red), and how many points a pixel takes."""
    import numpy

    wide, high = frame.size
    scale = min(DPI / POINTS, (MAX_PIXELS / max(1.0, wide * high)) ** 0.5)
    width, height = max(8, round(wide * scale)), max(8, round(high * scale))
    bitmap = raw.FPDFBitmap_Create(width, height, 0) if width * height <= 2 * MAX_PIXELS else None
    if not bitmap:
        raise ReadError("damaged", "a page is too large to be drawn for recognition; print it to A4 and try again")
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
        raw.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, WITH_NOTES)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        pointer = ctypes.cast(raw.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte))
        pixels = numpy.ctypeslib.as_array(pointer, shape=(height, stride))
        image = pixels[:, : width * 4].reshape(height, width, 4)[:, :, :3].copy()
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return image, 1.0 / scale
