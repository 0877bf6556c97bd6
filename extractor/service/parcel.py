"""What a worker hands to the server: a report packed for the store, with what the server has to see of it."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]
SIZES = struct.Struct(">II")
ABOUT = ("media_type", "title", "organization", "region", "year", "pages")
FACT_KEYS = ("id", "indicator", "measure", "confidence")
FINDING_KEYS = ("fingerprint", "rule", "severity", "outcome")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A report and its view, both packed, and ``head``.

    Keys of the head: about (fields of the document), counts (facts, unexplained), versions (JSON), facts and findings
    (the columns of their tables; ``body`` is JSON).
    """

    head: Body
    report: bytes
    view: bytes


def wrap(report: Body, view: Body) -> bytes:
    """The parcel of a report, as bytes."""
    counts = report["coverage"]["counts"]
    head = {
        "about": {name: report["document"][name] for name in ABOUT},
        "counts": {"facts": len(report["facts"]), "unexplained": counts["unexplained"] + counts["blanks"]},
        "versions": dump(report["versions"]),
        "facts": [
            {**{name: fact[name] for name in FACT_KEYS}, "section": fact["evidence"]["section"], "body": dump(fact)}
            for fact in report["facts"]
        ],
        "findings": [
            {**{name: finding[name] for name in FINDING_KEYS}, "body": dump(finding)} for finding in report["findings"]
        ],
    }
    parts = dump(head).encode(), pack(report), pack(view)
    return SIZES.pack(len(parts[0]), len(parts[1])) + b"".join(parts)


def unwrap(content: bytes) -> Parcel:
    """The parcel that ``wrap`` made."""
    first, second = SIZES.unpack_from(content)
    start, middle = SIZES.size + first, SIZES.size + first + second
    return Parcel(json.loads(content[SIZES.size : start]), content[start:middle], content[middle:])


def dump(value: Any) -> str:
    """JSON in ASCII: PostgreSQL refuses some characters that a report may hold, their escapes pass."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def pack(value: Body) -> bytes:
    """JSON, compressed."""
    return zlib.compress(dump(value).encode(), 6)


def unpack(content: bytes) -> Body:
    """What ``pack`` was given."""
    value: Body = json.loads(zlib.decompress(content))
    return value
