"""Checks ``patterns/`` against their schemas; slow (YAML, pydantic), so only where the cache lacks the digest."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from extractor.errors import PatternError
from extractor.lexicon import schemas

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(sources: dict[str, bytes]) -> dict[str, Any]:
    """All YAML tables by name, each checked by ``schemas/NAME.py``.

    sources -- bytes by path inside the patterns folder.
    Raises PatternError naming file, entry and field.
    """
    tables: dict[str, Any] = {}
    for path, data in sources.items():
        if not path.endswith(".yaml"):
            continue
        name, _, inner = path.removesuffix(".yaml").partition("/")
        content = _yaml(path, data)
        _check(name, path, content)
        if inner:
            tables.setdefault(name, []).extend(content)
        else:
            tables[name] = content
    for module in _schemas().values():
        if hasattr(module, "check_whole") and module.TABLE in tables:
            module.check_whole(tables[module.TABLE], tables)
    return tables


def _yaml(path: str, data: bytes) -> Any:
    try:
        return yaml.load(data, Loader=LOADER)
    except yaml.YAMLError as error:
        raise PatternError(f"patterns/{path}: {str(error).replace(chr(10), ' ')}") from None


def _check(name: str, path: str, content: Any) -> None:
    module = _schemas().get(name)
    if module is None:
        raise PatternError(f"patterns/{path}: no schema for table {name!r} (extractor/lexicon/schemas/{name}.py)")
    try:
        TypeAdapter(module.MODEL).validate_python(content, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise PatternError(f"patterns/{path}: {place}: {first['msg']}") from None


def _schemas() -> dict[str, Any]:
    """Schema modules by the table they check."""
    found = {}
    for info in pkgutil.iter_modules(schemas.__path__):
        module = importlib.import_module(f"{schemas.__name__}.{info.name}")
        found[getattr(module, "TABLE", info.name)] = module
    return found
