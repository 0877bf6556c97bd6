"""How server and worker talk: a length of four bytes, then that many bytes of JSON, of a file or of an answer."""

from __future__ import annotations

import struct
from typing import BinaryIO

HEAD = struct.Struct(">I")
LARGEST = 512 * 1024 * 1024


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Send one frame."""
    stream.write(HEAD.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame; None at the end of the stream."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    (size,) = HEAD.unpack(head)
    if size > LARGEST:
        return None
    content = stream.read(size)
    return content if len(content) == size else None
