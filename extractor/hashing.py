"""SHA-256 without the library of all hashes, whose import takes longer than all that a report needs of it."""

from __future__ import annotations

try:
    from _sha256 import sha256  # type: ignore[import-not-found]
except ImportError:
    from hashlib import sha256

LARGE = 1 << 20  # bytes from which that library is quicker, import and all


def sha256_hex(data: bytes) -> str:
    """SHA-256 of ``data`` in 64 hexadecimal digits."""
    if len(data) < LARGE:
        return str(sha256(data).hexdigest())
    import hashlib

    return hashlib.sha256(data).hexdigest()
