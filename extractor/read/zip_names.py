"""Names in the directory of a ZIP file, for telling formats; nothing is unpacked and nothing heavy is loaded."""

from __future__ import annotations

END = b"PK\x05\x06"
ENTRY = b"PK\x01\x02"
HEAD = 46  # bytes of an entry before its name
MAX_ENTRIES = 20_000


def names_in(data: bytes) -> list[bytes] | None:
    """Names of the entries, None where the directory can't be found."""
    end = data.rfind(END)
    if not data.startswith(b"PK") or end < 0 or end + 22 > len(data):
        return None
    size, at = (int.from_bytes(data[end + i : end + i + 4], "little") for i in (12, 16))
    if data[at : at + 4] != ENTRY:
        at = end - size  # something stands before the archive
    names: list[bytes] = []
    while at >= 0 and data[at : at + 4] == ENTRY and len(names) < MAX_ENTRIES:
        lengths = [int.from_bytes(data[at + i : at + i + 2], "little") for i in (28, 30, 32)]
        names.append(data[at + HEAD : at + HEAD + lengths[0]])
        at += HEAD + sum(lengths)
    return names or None


def holds_entry(data: bytes, start: bytes) -> bool:
    """Whether a ZIP file has an entry whose name starts so; of a cut file, whether the name stands anywhere."""
    if not data.startswith(b"PK") or start not in data:
        return False
    names = names_in(data)
    return names is None or any(name.startswith(start) for name in names)
