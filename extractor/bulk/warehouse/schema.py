"""The tables for SQLAlchemy Core: one definition and one set of statements for every SQL destination."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Double, Index, MetaData, Numeric, Table, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import JSON, TypeEngine

from extractor.bulk.rows import SCALE, WHOLE_DIGITS
from extractor.bulk.tables import tables


@cache
def metadata() -> MetaData:
    """Every table with its columns, key and comments."""
    base = MetaData()
    for shape in tables().values():
        columns = [
            Column(field.name, _type(field.type), primary_key=field.name in shape.key, comment=field.doc)
            for field in shape.fields
        ]
        table = Table(shape.name, base, *columns, comment=shape.doc)
        if shape.rows_of_documents and shape.key[0] != "document_id":
            Index(f"{shape.name}_by_document", table.c.document_id)
    return base


def sql_table(name: str) -> Table:
    """The table called ``name``."""
    return metadata().tables[name]


def _type(name: str) -> TypeEngine[Any]:
    types: dict[str, TypeEngine[Any]] = {
        "text": Text(),
        "integer": BigInteger(),
        "decimal": Numeric(WHOLE_DIGITS + SCALE, SCALE),
        "real": Double(),
        "boolean": Boolean(),
        "date": Date(),
        "time": DateTime(timezone=True),
        "json": JSON().with_variant(JSONB(), "postgresql"),
    }
    return types[name]
