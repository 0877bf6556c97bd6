"""The weights of all features as two strings of bytes, which are taken over as they are and looked up name by name."""

from __future__ import annotations

import sys
from array import array
from binascii import crc32
from collections.abc import Mapping

ROOM = 3  # slots for each feature, so that most names find theirs at once
WIDE = f"utf-16-{sys.byteorder[0]}e"  # two bytes for each character of a value
LONGEST = 255  # bytes of a name


class FeatureTable:
    """Features by name, for asking only.

    slots -- numbers of four bytes: where in ``data`` the entry of a name stands whose check sum leads here, 0 for none;
    an entry that finds its slot taken goes to the next.  data -- entries: length of the name, name, characters of the
    value (two bytes each) as their number and themselves.
    """

    def __init__(self, slots: bytes, data: bytes) -> None:
        self._slots = memoryview(slots).cast("I")
        self._data = data

    def get(self, name: str) -> str | None:
        """The characters of a feature, None where there is no such feature."""
        key = name.encode("utf-8", "surrogatepass")
        slots, data = self._slots, self._data
        if len(key) > LONGEST:
            return None
        start, slot = b"%c%b" % (len(key), key), crc32(key) % len(slots)
        while place := slots[slot]:
            if data.startswith(start, place):
                begin = place + len(start) + 2
                size = int.from_bytes(data[begin - 2 : begin], sys.byteorder)
                return data[begin : begin + 2 * size].decode(WIDE)
            slot = (slot + 1) % len(slots)
        return None


def pack_features(features: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Slots and data of a table."""
    slots, data = array("I", bytes(4 * (ROOM * len(features) + 1))), bytearray(1)
    for name, value in features.items():
        key = name.encode()
        slot = crc32(key) % len(slots)
        while slots[slot]:
            slot = (slot + 1) % len(slots)
        slots[slot] = len(data)
        data += bytes([len(key)]) + key + len(value).to_bytes(2, sys.byteorder) + value.encode(WIDE)
    return slots.tobytes(), bytes(data)
