"""Settings of one run, as one frozen object."""

from __future__ import annotations

from extractor.record import record

VERSION = "0.1.0"  # of the program; stands on every result


@record
class Settings:
    """What a caller may choose.

    max_bytes -- inputs larger than this are refused before they are read (bytes).
    model     -- use the trained part where it is installed.
    audit     -- run the audit rules.
    """

    max_bytes: int = 100 * 1024 * 1024
    model: bool = True
    audit: bool = True
