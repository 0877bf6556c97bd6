"""The JSON Schema (draft 2020-12) of the output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("schema.json")


def load_schema() -> dict[str, Any]:
    """The schema of one report as ``extract schema`` prints it."""
    schema: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return schema
