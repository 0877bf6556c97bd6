"""Inputs behind addresses such as ``s3://bucket/reports/``, through fsspec (extra ``warehouse``)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from extractor.bulk.items import Item
from extractor.bulk.limits import Limits
from extractor.errors import ReadError, UsageError


def list_remote(address: str, limits: Limits) -> Iterator[Item]:
    """Files under an address or fitting its pattern, by name.

    Raises UsageError where fsspec or the protocol's own package is not installed, or nothing is there.
    """
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(address)
        found = _find(system, path)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{address}: {error}; install the package that reads it") from None
    except OSError as error:
        raise UsageError(f"{address}: {error}") from None
    if not found:
        raise UsageError(f"{address}: nothing is there")
    for name, size in found:
        yield Item(system.unstrip_protocol(name), partial(load_remote, system, name, size, limits))


def _find(system: Any, path: str) -> list[tuple[str, int]]:
    details = system.glob(path, detail=True) if "*" in path else system.find(path, detail=True)
    return sorted((name, int(info.get("size") or 0)) for name, info in details.items() if info["type"] == "file")


def load_remote(system: Any, name: str, size: int, limits: Limits) -> bytes:
    """Bytes of one remote file; raises ReadError."""
    if size > limits.file_bytes:
        raise ReadError("too_large", f"{size} bytes, the limit is {limits.file_bytes} (--max-bytes)")
    try:
        with system.open(name, "rb") as file:
            data: bytes = file.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise ReadError("not_found", "it was there when the folder was listed and is gone") from None
    except OSError as error:
        raise ReadError("io", f"can't be read ({error}); try again") from None
    return data
