"""Downloads: working paper, CSV, gold, rectification notice."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from extractor.service.exports.gold import gold_lines
from extractor.service.exports.material import Material, load_material
from extractor.service.exports.notice import notice_docx
from extractor.service.exports.tables import csv_text
from extractor.service.exports.workbook import make_workbook
from extractor.service.store import documents
from extractor.service.store.documents import Filter
from extractor.service.store.keys import Caller
from extractor.service.ui.words import load_words
from extractor.service.web.access import Reader
from extractor.service.web.context import Context, Parts, Word, Year
from extractor.service.web.problems import Problem

router = APIRouter(tags=["exports"], prefix="/exports")
MOST = 500  # documents of one export
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Language = Annotated[Literal["zh", "en"], Query()]
OneDocument = Annotated[str | None, Query(pattern="^[0-9a-f]{32}$")]


@router.get("/working-paper.xlsx", response_class=Response)
def export_workbook(
    caller: Reader, context: Parts, document: OneDocument = None, body: Word = None, year: Year = None,
    language: Language = "zh",
) -> Response:  # fmt: skip
    """Facts, findings and history of the chosen documents as a workbook."""
    content = make_workbook(load_chosen(context, caller, document, body, year), load_words(language))
    return _file(content, XLSX, "working-paper.xlsx")


@router.get("/facts.csv", response_class=Response)
def export_csv(
    caller: Reader, context: Parts, document: OneDocument = None, body: Word = None, year: Year = None,
    language: Language = "zh",
) -> Response:  # fmt: skip
    """Reviewed facts of the chosen documents as CSV."""
    content = csv_text(load_chosen(context, caller, document, body, year), load_words(language))
    return _file(content.encode("utf-8", "replace"), "text/csv; charset=utf-8", "facts.csv")


@router.get("/gold.jsonl", response_class=Response)
def export_gold(
    caller: Reader, context: Parts, document: OneDocument = None, body: Word = None, year: Year = None
) -> Response:
    """Accepted, corrected and added facts as gold, for evaluation and training."""
    chosen = load_chosen(context, caller, document, body, year)
    lines = "".join(line + "\n" for material in chosen for line in gold_lines(material))
    return _file(lines.encode("utf-8", "replace"), "application/x-ndjson", "gold.jsonl")


@router.get("/notice.docx", response_class=Response)
def export_notice(
    caller: Reader,
    context: Parts,
    body: Annotated[str, Query(min_length=1, max_length=200)],
    year: Year = None,
    language: Language = "zh",
) -> Response:
    """What a body should correct, as a letter."""
    chosen = load_chosen(context, caller, None, body, year)
    return _file(notice_docx(body, chosen, load_words(language)), DOCX, "notice.docx")


def load_chosen(
    context: Context, caller: Caller, document: str | None, body: str | None, year: int | None
) -> list[Material]:
    """The material of the chosen documents that were read; Problem 404 for an unknown one, 413 for too many."""
    with context.store.reading() as connection:
        if document is not None:
            found = documents.find_document(connection, caller.space, document)
            if found is None:
                raise Problem(404, "no such document")
            rows: list[dict[str, Any]] = [found]
        else:
            chosen = Filter("", body, year, None, "done", None, "body")
            rows, total = documents.list_documents(connection, caller.space, chosen, MOST)
            if total > MOST:
                raise Problem(413, f"an export takes {MOST} documents; choose a body or a year", "too_many_documents")
        materials = [load_material(connection, row) for row in rows]
    return [material for material in materials if material is not None]


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
