"""pdfium through its C interface, with the few functions that reading needs.

The library is the one that pypdfium2 brings.  Its Python side declares all of pdfium and checks every argument, which
takes longer at the start, and for each character, than pdfium itself.  So arguments are not checked here: numbers are
C integers, everything else has to be handed over as what it is in C.
"""

from __future__ import annotations

import ctypes
import os
import sys
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from itertools import repeat
from typing import Any

from extractor.lexicon import keep_read

WRONG_PASSWORD, WITH_NOTES, MOVE_TO = 4, 1, 2  # FPDF_ERR_PASSWORD, FPDF_ANNOT, FPDF_SEGMENT_MOVETO
TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5  # types of page objects
MAX_OBJECTS = 200_000  # of one page that are looked at
NO_FONTS = (ctypes.c_char_p * 1)()  # a list of folders, ended by none
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
    None: (
        "FPDF_InitLibraryWithConfig", "FPDF_DestroyLibrary", "FPDF_CloseDocument", "FPDF_ClosePage",
        "FPDFText_ClosePage",
    ),
}  # fmt: skip

# functions that are asked for every character or object, too short to let go of the interpreter's lock; the arguments
# of those that are told places in memory as numbers: p for a pointer, i for an integer
QUICK = {
    "FPDFText_GetLooseCharBox": "pip", "FPDFPageObj_GetBounds": "ppppp", "FPDFPageObj_GetMatrix": "pp",
    "FPDFPath_GetDrawMode": "ppp", "FPDFPathSegment_GetPoint": "ppp", "FPDFPage_GetObject": "",
    "FPDFPageObj_GetType": "", "FPDFTextObj_GetTextRenderMode": "", "FPDFPath_CountSegments": "",
    "FPDFPath_GetPathSegment": "", "FPDFText_IsGenerated": "",
}  # fmt: skip


@cache
def load_pdfium() -> Any:
    """The library, ready for use: its functions by their names; what they give is an integer where not listed above.

    It sees no fonts of the machine, or the boxes of text whose font the file does not bring would hang on them; but
    where a program has started pdfium before, it stays as it was started.
    """
    library = ctypes.CDLL(find_library())
    quick = ctypes.PyDLL(find_library())
    for name, kinds in QUICK.items():
        setattr(library, name, getattr(quick, name))
        if kinds:
            getattr(quick, name).argtypes = [ctypes.c_int if kind == "i" else ctypes.c_void_p for kind in kinds]
    for result, names in RESULTS.items():
        for name in names:
            getattr(library, name).restype = result
    start(library, ctypes.addressof(NO_FONTS))  # a second start, by pypdfium2 itself, does nothing
    return library


def start(library: Any, fonts: int | None) -> None:
    """Start the library with the fonts of the folders listed at an address, with None with those of the machine."""
    library.FPDF_InitLibraryWithConfig(ctypes.byref(Configuration(version=2, fonts=fonts)))


@contextmanager
def machine_fonts() -> Iterator[None]:
    """Let pages be drawn with the machine's fonts where a file brings none; no document may be open before or after."""
    library = load_pdfium()
    library.FPDF_DestroyLibrary()
    start(library, None)
    try:
        yield
    finally:
        library.FPDF_DestroyLibrary()
        start(library, ctypes.addressof(NO_FONTS))


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


def page_objects(raw: Any, handle: Any) -> tuple[list[tuple[Any, int]], list[int]]:
    """The objects of a page, each with its type, but for texts; of these how each is rendered."""
    count = min(raw.FPDFPage_CountObjects(handle), MAX_OBJECTS)
    items = list(map(raw.FPDFPage_GetObject, repeat(handle), range(count)))
    modes = list(map(raw.FPDFTextObj_GetTextRenderMode, items))  # below 0 where an object is no text
    return typed(raw, [item for item, mode in zip(items, modes, strict=True) if mode < 0]), modes


def form_objects(raw: Any, form: Any) -> list[tuple[Any, int]]:
    """The objects of a form object, each with its type."""
    count = min(raw.FPDFFormObj_CountObjects(form), MAX_OBJECTS)
    return typed(raw, list(map(raw.FPDFFormObj_GetObject, repeat(form), range(count))))


def typed(raw: Any, items: list[Any]) -> list[tuple[Any, int]]:
    """Objects, each with its type."""
    return list(zip(items, map(raw.FPDFPageObj_GetType, items), strict=True))


def ask_all(
    ask: Callable[..., int], size: int, *given: Sequence[Any], kind: str = "f", together: bool = False
) -> list[list[Any]]:
    """Ask a function for the same ``size`` numbers of many items: one list for each number, 0 where there are none.

    All are asked for without a step of Python in between, and their numbers taken over at once.
    given -- what the function is told of each item, a sequence for each argument.
    kind -- "f" for numbers with single precision, "i" for integers.
    together -- the function writes the numbers of an item to one place, else it is told a place for each.
    """
    answers = array(kind, bytes(4 * size * len(given[0])))
    first, count = answers.buffer_info()
    places = [range(first + 4 * at, first + 4 * (at + count), 4 * size) for at in range(1 if together else size)]
    deque(map(ask, *given, *places), maxlen=0)
    return [answers[at::size].tolist() for at in range(size)]


def character_edges(raw: Any, text: Any, indices: list[int]) -> list[list[float]]:
    """Left edges of these characters of a text page, bottoms, right edges, tops: of boxes as high as the line."""
    handles = [text.value] * len(indices)
    left, top, right, bottom = ask_all(raw.FPDFText_GetLooseCharBox, 4, handles, indices, together=True)
    return [left, bottom, right, top]
