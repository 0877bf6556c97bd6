"""Many documents into a warehouse: isolated workers, a ledger, one transaction a batch."""

from extractor.bulk.inputs import count_inputs
from extractor.bulk.limits import Limits
from extractor.bulk.plan import Choice, Tally
from extractor.bulk.request import BatchRequest, Summary, all_cores
from extractor.bulk.run import run_batch
from extractor.bulk.tables import tables

__all__ = ["BatchRequest", "Choice", "Limits", "Summary", "Tally", "all_cores", "count_inputs", "run_batch", "tables"]
