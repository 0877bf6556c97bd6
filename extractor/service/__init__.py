"""The HTTP service and the auditors' page; every name loads its module when it is first used."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.service.run import serve
    from extractor.service.settings import ServiceSettings
    from extractor.service.web.app import make_app

_HOMES = {"ServiceSettings": "settings", "make_app": "web.app", "serve": "run"}

__all__ = ["ServiceSettings", "make_app", "serve"]


def __getattr__(name: str) -> Any:
    """The public name, from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
