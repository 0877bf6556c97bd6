"""The weights of all features as two strings of bytes, which are taken over as they are and looked up name by name."""

from __future__ import annotations

import sys
from array import array
from binascii import crc32
from collections.abc import Mapping

ROOM = 3  # slots for each feature, so that most names find theirs at once
WIDE = f"utf-16-{sys.byteorder[0]}e"  # two bytes for each character of a value
END = b"\xff"  # stands behind a name, in none of which it can stand


class FeatureTable:
    """Features by name, for asking only.

    slots -- numbers of four bytes: where in ``data`` the entry of a name stands whose check sum leads here, 0 for none;
    an entry that finds its slot taken goes to the next.  data -- entries: name, its end, number of the value's
    characters in two bytes, low one first, and these characters in the form ``WIDE``.
    """

    def __init__(self, slots: bytes, data: bytes) -> None:
        self._slots = memoryview(slots).cast("I")
        self._size = len(self._slots)
        self._data = data

    def get(self, name: str) -> bytes | None:
        """The characters of a feature in the form ``WIDE``, None where there is no such feature."""
        key = name.encode("utf-8", "surrogatepass")
        slots, data = self._slots, self._data
        slot = crc32(key) % self._size
        key += END
        while place := slots[slot]:
            if data.startswith(key, place):
                begin = place + len(key)
                return data[begin + 2 : begin + 2 + 2 * (data[begin] | data[begin + 1] << 8)]
            slot = (slot + 1) % self._size
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
        data += key + END + len(value).to_bytes(2, "little") + value.encode(WIDE)
    return slots.tobytes(), bytes(data)
