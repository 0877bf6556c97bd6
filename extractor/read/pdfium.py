"""pdfium through its C interface, with the few functions that reading needs.

The library is the one that pypdfium2 brings.  Its Python side declares all of pdfium and checks every argument, which
takes longer at the start, and for each character, than pdfium itself.  So arguments are not checked here: numbers are
C integers, everything else has to be handed over as what it is in C.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections import deque
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from itertools import repeat
from typing import Any

from extractor.lexicon import keep_read

WRONG_PASSWORD, WITH_NOTES, MOVE_TO = 4, 1, 2  # FPDF_ERR_PASSWORD, FPDF_ANNOT, FPDF_SEGMENT_MOVETO
TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5  # types of page objects
MAX_OBJECTS = 200_000  # of one page that are looked at
FILES = {"win32": "pdfium.dll", "cygwin": "pdfium.dll", "darwin": "libpdfium.dylib"}


class Handle(ctypes.c_void_p):
    """Something of pdfium's; false where there is none."""


class MatrixValues(ctypes.Structure):
    """FS_MATRIX."""

    _fields_ = [(name, ctypes.c_float) for name in "abcdef"]


class Configuration(ctypes.Structure):
    """FPDF_LIBRARY_CONFIG, version 2."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("fonts", ctypes.c_void_p),
        ("isolate", ctypes.c_void_p),
        ("slot", ctypes.c_uint),
    ]


RESULTS: dict[Any, tuple[str, ...]] = {
    Handle: (
        "FPDF_LoadMemDocument64", "FPDF_LoadPage", "FPDFText_LoadPage", "FPDFPage_GetObject", "FPDFFormObj_GetObject",
        "FPDFText_GetTextObject", "FPDFPath_GetPathSegment", "FPDFBitmap_Create", "FPDFBitmap_GetBuffer",
    ),
    ctypes.c_uint: ("FPDFText_GetUnicode",),
    ctypes.c_double: ("FPDFText_GetFontSize",),
    None: ("FPDF_InitLibraryWithConfig", "FPDF_CloseDocument", "FPDF_ClosePage", "FPDFText_ClosePage"),
}  # fmt: skip


@cache
def load_pdfium() -> Any:
    """The library, ready for use: its functions by their names; what they give is an integer where not listed above."""
    library = ctypes.CDLL(find_library())
    for kind, names in RESULTS.items():
        for name in names:
            getattr(library, name).restype = kind
    library.FPDFText_GetLooseCharBox.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    # a second start of the library, by pypdfium2 itself, does nothing
    library.FPDF_InitLibraryWithConfig(ctypes.byref(Configuration(version=2)))
    return library


def find_library() -> str:
    """Path of the library."""
    path = os.path.join(package_folder("pypdfium2_raw"), FILES.get(sys.platform, "libpdfium.so"))
    if os.path.isfile(path):
        return path
    bindings = import_module("pypdfium2_raw.bindings")  # a build of its own: it knows where it is linked to
    return str(bindings._libs["pdfium"]._name)


@cache
def engine_version() -> str:
    """Version of the engine."""
    try:
        return keep_read(os.path.join(package_folder("pypdfium2"), "version.json"), _read_version)
    except (OSError, ValueError, KeyError):
        from importlib.metadata import version

        return version("pypdfium2")


def _read_version(data: bytes) -> str:
    import json

    parts = json.loads(data)
    return ".".join(str(parts[name]) for name in ("major", "minor", "patch"))


def package_folder(name: str) -> str:
    """Where a package lies, without importing it; "" where it isn't found."""
    spec = PathFinder.find_spec(name)
    return next(iter(spec.submodule_search_locations or ()), "") if spec is not None else ""


def page_objects(raw: Any, handle: Any) -> list[tuple[Any, int]]:
    """The objects of a page, each with its type."""
    count = min(raw.FPDFPage_CountObjects(handle), MAX_OBJECTS)
    items = list(map(raw.FPDFPage_GetObject, repeat(handle), range(count)))
    return list(zip(items, map(raw.FPDFPageObj_GetType, items), strict=True))


class Bounds:
    """Asks for the bounds of one object after the other."""

    def __init__(self, raw: Any) -> None:
        self.ask = raw.FPDFPageObj_GetBounds
        self.edges = (ctypes.c_float * 4)()
        self.places = [ctypes.byref(self.edges, 4 * at) for at in range(4)]

    def of(self, item: Any) -> list[float] | None:
        """Left, bottom, right, top of an object in the space of what holds it; None where it has none."""
        return self.edges[:] if self.ask(item, *self.places) else None


def character_edges(raw: Any, text: Any, count: int) -> list[list[float]]:
    """Left edges of all characters of a text page, bottoms, right edges, tops: of boxes as high as the line.

    All are asked for without a step of Python in between, and their numbers taken over at once.
    """
    boxes = (ctypes.c_float * (4 * count))()
    first = ctypes.addressof(boxes)
    asked = map(raw.FPDFText_GetLooseCharBox, repeat(text.value), range(count), range(first, first + 16 * count, 16))
    deque(asked, maxlen=0)
    numbers = boxes[:]
    return [numbers[0::4], numbers[3::4], numbers[2::4], numbers[1::4]]
