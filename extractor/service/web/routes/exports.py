"""Downloads: working paper, CSV, Parquet, gold, rectification notice."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from extractor.service.exports.gold import gold_lines
from extractor.service.exports.material import Material, load_material
from extractor.service.exports.notice import notice_docx
from extractor.service.exports.parquet import parquet_bytes
from extractor.service.exports.tables import csv_text
from extractor.service.exports.workbook import make_workbook
from extractor.service.store import documents
from extractor.service.store.documents import Filter
from extractor.service.store.keys import Caller
from extractor.service.ui.words import load_words
from extractor.service.web.access import Reader
from extractor.service.web.context import Context, Parts
from extractor.service.web.problems import Problem

router = APIRouter(tags=["exports"], prefix="/exports")
MOST = 500  # documents of one export
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Choice(BaseModel):
    """Which documents an export takes, and in which language it speaks."""

    model_config = ConfigDict(extra="forbid")
    document: str | None = Field(None, pattern="^[0-9a-f]{32}$")
    body: str | None = Field(None, max_length=200, pattern=r"^[^\x00-\x1f]*$")
    year: int | None = Field(None, ge=1990, le=2100)
    language: Literal["zh", "en"] = "zh"


class FactChoice(Choice):
    """All facts, or those that a person decided about."""

    facts: Literal["all", "reviewed"] = "all"


class NoticeChoice(Choice):
    """A notice is for one body."""

    body: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")


@router.get("/working-paper.xlsx", response_class=Response)
def export_workbook(chosen: Annotated[Choice, Query()], caller: Reader, context: Parts) -> Response:
    """Facts, findings and history of the chosen documents as a workbook."""
    content = make_workbook(load_chosen(context, caller, chosen), load_words(chosen.language))
    return _file(content, XLSX, "working-paper.xlsx")


@router.get("/facts.csv", response_class=Response)
def export_csv(chosen: Annotated[FactChoice, Query()], caller: Reader, context: Parts) -> Response:
    """Facts of the chosen documents, with what was decided about them, as CSV."""
    materials = load_chosen(context, caller, chosen)
    content = csv_text(materials, load_words(chosen.language), chosen.facts == "reviewed")
    return _file(content.encode("utf-8", "replace"), "text/csv; charset=utf-8", "facts.csv")


@router.get("/facts.parquet", response_class=Response)
def export_parquet(chosen: Annotated[FactChoice, Query()], caller: Reader, context: Parts) -> Response:
    """The same facts as Parquet, with codes in place of words."""
    content = parquet_bytes(load_chosen(context, caller, chosen), chosen.facts == "reviewed")
    return _file(content, "application/vnd.apache.parquet", "facts.parquet")


@router.get("/gold.jsonl", response_class=Response)
def export_gold(chosen: Annotated[Choice, Query()], caller: Reader, context: Parts) -> Response:
    """Accepted, corrected and added facts as gold, for evaluation and training."""
    lines = "".join(line + "\n" for one in load_chosen(context, caller, chosen) for line in gold_lines(one))
    return _file(lines.encode("utf-8", "replace"), "application/x-ndjson", "gold.jsonl")


@router.get("/notice.docx", response_class=Response)
def export_notice(chosen: Annotated[NoticeChoice, Query()], caller: Reader, context: Parts) -> Response:
    """What a body should correct, as a letter."""
    content = notice_docx(chosen.body, load_chosen(context, caller, chosen), load_words(chosen.language))
    return _file(content, DOCX, "notice.docx")


def load_chosen(context: Context, caller: Caller, choice: Choice) -> list[Material]:
    """The material of the chosen documents that were read; Problem 404 for an unknown one, 413 for too many."""
    with context.store.reading() as connection:
        if choice.document is not None:
            found = documents.find_document(connection, caller.space, choice.document)
            if found is None:
                raise Problem(404, "no such document")
            rows: list[dict[str, Any]] = [found]
        else:
            chosen = Filter("", choice.body, choice.year, None, "done", None, "body")
            rows, total = documents.list_documents(connection, caller.space, chosen, MOST)
            if total > MOST:
                raise Problem(413, f"an export takes {MOST} documents; choose a body or a year", "too_many_documents")
        materials = [load_material(connection, row) for row in rows]
    return [material for material in materials if material is not None]


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
