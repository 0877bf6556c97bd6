"""Destinations: where the rows of a bulk run go."""

from extractor.bulk.warehouse.base import Batch, Warehouse
from extractor.bulk.warehouse.open import open_warehouse, shown_address

__all__ = ["Batch", "Warehouse", "open_warehouse", "shown_address"]
