"""How a format is declared: a function from bytes to ``Reading`` with its name, media type, suffixes and sniffer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.record import record
from extractor.registry import Registry
from extractor.types import Block, Grid, Layout, Notice, ReaderInfo


@record
class Reading:
    """What a reader got out of the bytes; the fields are those of ``Document``.

    media_type -- where the reader takes several and knows better than its declaration; "" else.
    """

    text: str
    blocks: tuple[Block, ...]
    grids: tuple[Grid, ...]
    reader: ReaderInfo
    pages: int | None = None
    layout: Layout | None = None
    warnings: tuple[Notice, ...] = ()
    media_type: str = ""
    confidences: Sequence[float] | None = None


Load = Callable[[bytes], Reading]
Sniff = Callable[[bytes], bool]


@record
class Reader:
    """A format that can be read.

    name       -- short name, as ``extract list readers`` shows it.
    media_type -- told for documents of this format.
    suffixes   -- file name endings in lower case, with the dot.
    sniff      -- whether the bytes are of this format; must not raise.
    load       -- reads the bytes; raises ReadError when they can't be read.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    sniff: Sniff
    load: Load


readers: Registry[Reader] = Registry("reader")


def reader(name: str, *, media_type: str, suffixes: tuple[str, ...], sniff: Sniff) -> Callable[[Load], Load]:
    """Declare the decorated function as the reader of a format; formats are tried in the order of declaration."""

    def declare(load: Load) -> Load:
        readers.add(name, Reader(name, media_type, suffixes, sniff, load))
        return load

    return declare
