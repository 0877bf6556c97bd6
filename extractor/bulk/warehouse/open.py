"""From an address to a destination."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.bulk.warehouse.base import Warehouse

DUCK, POSTGRES, DLT = "duckdb:///", ("postgresql://", "postgres://", "postgresql+psycopg://"), "dlt:"
PASSWORD = re.compile(r"(?<=://)([^:@/]{0,200}):[^@/]{0,500}@|(?<=password=)[^&]{0,500}")
MISSING = "needs the extra: pip install 'nianbao-extractor[{extra}]'"


def shown_address(address: str) -> str:
    """The address without its password."""
    return PASSWORD.sub(lambda hit: f"{hit[1]}:***@" if hit[1] is not None else "***", address)


def open_warehouse(address: str) -> Warehouse:
    """The destination at ``address``: duckdb:///FILE, postgresql://…, dlt:NAME, or a folder of Parquet.

    Raises UsageError for an address that can't be one or whose extra is missing, ExtractorError where another run
    holds the destination.
    """
    try:
        return _open(address)
    except ImportError as error:
        extra = "dlt" if address.startswith(DLT) else "warehouse"
        raise UsageError(f"--to {shown_address(address)} {MISSING.format(extra=extra)} ({error.name})") from None


def _open(address: str) -> Warehouse:
    if address.startswith(DUCK):
        from extractor.bulk.warehouse.duck import DuckWarehouse

        return DuckWarehouse(Path(address.removeprefix(DUCK)))
    if address.startswith(POSTGRES):
        from extractor.bulk.warehouse.postgres import PostgresWarehouse

        return PostgresWarehouse(address.replace("postgres://", "postgresql://", 1))
    if address.startswith(DLT):
        from extractor.bulk.warehouse.hub import HubWarehouse

        return HubWarehouse(address.removeprefix(DLT), ledger_path(address).with_suffix(".duckdb"))
    if "://" in address:
        raise UsageError(f"--to {shown_address(address)}: no such destination; known: duckdb:///FILE, postgresql://, "
                         "dlt:NAME, FOLDER")  # fmt: skip
    from extractor.bulk.warehouse.parquet import ParquetWarehouse

    return ParquetWarehouse(Path(address))


def ledger_path(address: str) -> Path:
    """Where the ledger of a destination is: beside a file, inside a folder, else in the user's state folder."""
    if address.startswith(DUCK):
        path = Path(address.removeprefix(DUCK))
        return path.with_name(path.name + ".ledger")
    if "://" not in address and not address.startswith(DLT):
        return Path(address) / "_ledger"
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    name = hashlib.sha256(shown_address(address).encode()).hexdigest()[:16]
    return state / "nianbao-extractor" / f"{name}.ledger"
