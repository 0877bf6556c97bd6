"""Files of a request, one after the other, bounded before they are looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from extractor.service.store.blobs import Taken
from extractor.service.web.context import Context
from extractor.service.web.lanes import run_slowly
from extractor.service.web.problems import Problem

FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            }
        },
    }
}
Upload = tuple[str, Taken]


@asynccontextmanager
async def take_files(request: Request, context: Context, caller: str, most: int) -> AsyncIterator[list[Upload]]:
    """Names and scratch files of the request; the files are gone behind the context unless they were settled.

    Raises Problem 415, 422, 413 and 429.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Problem(415, "send the files as multipart/form-data, field: files")
    taken: list[Upload] = []
    try:
        try:
            async with request.form(max_files=most, max_fields=most) as form:
                files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
                _check(files, context, caller)
                for file in files:
                    taken.append((file.filename or "", await run_slowly(request, context.blobs.take, file.file)))
        except (MultiPartException, HTTPException) as error:
            told = str(getattr(error, "detail", None) or getattr(error, "message", "")) or "the form can't be read"
            raise Problem(413 if "Too many" in told else 422, told) from None
        yield taken
    finally:
        for _, left in taken:
            left.drop()


def _check(files: list[Any], context: Context, caller: str) -> None:
    if not files:
        raise Problem(422, "the form holds no file")
    limit = context.settings.upload
    if any((file.size or 0) > limit for file in files):
        raise Problem(413, f"a file may have {limit} bytes", "too_large")
    wait = context.uploads.take(caller, len(files))
    if wait:
        raise Problem(429, "too many uploads from this key", headers={"Retry-After": str(int(wait) + 1)})
