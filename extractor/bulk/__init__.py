"""Many documents into a warehouse: isolated workers, a ledger, one transaction a batch."""

from typing import TYPE_CHECKING, Any

from extractor.bulk.inputs import count_inputs
from extractor.bulk.limits import Limits
from extractor.bulk.plan import Choice, Tally
from extractor.bulk.request import BatchRequest, Summary, all_cores
from extractor.bulk.sandbox import close_doors, die_with_parent
from extractor.bulk.tables import tables

if TYPE_CHECKING:
    from extractor.bulk.run import run_batch

__all__ = [
    "BatchRequest",
    "Choice",
    "Limits",
    "Summary",
    "Tally",
    "all_cores",
    "close_doors",
    "count_inputs",
    "die_with_parent",
    "run_batch",
    "tables",
]


def __getattr__(name: str) -> Any:
    """``run_batch`` on demand: it needs the drivers of the extra ``warehouse``, the rest does not."""
    if name != "run_batch":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from extractor.bulk.run import run_batch

    return run_batch
