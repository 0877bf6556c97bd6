"""Uploads and the queue."""

from __future__ import annotations

import zlib
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from extractor.service.parcel import unwrap
from extractor.service.store import documents, jobs
from extractor.service.store.keys import Caller
from extractor.service.store.tables import results
from extractor.service.web.access import Reader, Reviewer
from extractor.service.web.context import Context, Id, Limit, Offset, Parts, must_find
from extractor.service.web.lanes import run_slowly
from extractor.service.web.problems import Problem
from extractor.service.web.schemas import Job, Jobs, State, Submission, Submitted, answer, tell_time
from extractor.service.web.uploads import FORM, Upload, take_files

router = APIRouter(tags=["jobs"])
WAIT = 10.0  # seconds that a synchronous call waits for its turn


@router.post("/extract", openapi_extra=FORM, response_class=Response)
async def extract_now(request: Request, caller: Reader, context: Parts) -> Response:
    """Read one file and answer with its report (the object of ``extract FILE --json``); nothing is kept."""
    async with take_files(request, context, caller.id, 1) as files:
        name, taken = files[0]
        shown = documents.clean_name(name)
        told = await run_slowly(request, context.crew.read_now, taken.path, shown, WAIT)
    if told is None:
        raise Problem(503, "every reader is at work", headers={"Retry-After": "5"})
    if told.reason is not None:
        raise Problem(422, told.message, f"unreadable_{told.reason}")
    return Response(zlib.decompress(unwrap(told.content).report), media_type="application/json")


@router.post("/jobs", status_code=202, openapi_extra=FORM)
async def submit(request: Request, caller: Reviewer, context: Parts) -> Submission:
    """Take files in to be read; the same bytes are read once and give the same job."""
    async with take_files(request, context, caller.id, context.settings.files) as files:
        submitted = await run_slowly(request, _keep, context, caller, files)
    context.crew.wake()
    return Submission(jobs=submitted)


@router.get("/jobs", response_model=Jobs)
def list_jobs(
    caller: Reader,
    context: Parts,
    state: Annotated[State | None, Query()] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The jobs, newest first."""
    with context.store.reading() as connection:
        items, total = jobs.list_jobs(connection, caller.space, state, limit, offset)
    return answer(Jobs(total=total, items=[show_job(job) for job in items]))


@router.get("/jobs/{job}", response_model=Job)
def show_one(job: Id, caller: Reader, context: Parts) -> Response:
    """State of a job."""
    return answer(show_job(_must_find(context, caller, job)))


@router.get("/jobs/{job}/result", response_class=Response)
def show_result(job: Id, caller: Reader, context: Parts) -> Response:
    """The report that a finished job made; 409 while it is not finished or when it failed."""
    found = _must_find(context, caller, job)
    if found["state"] != "done":
        raise Problem(409, f"the job is {found['state']}", f"job_{found['state']}")
    return Response(load_report(context, found["document"]), media_type="application/json")


@router.post("/jobs/{job}/cancel")
def cancel(job: Id, caller: Reviewer, context: Parts) -> Job:
    """Cancel a job that is not ended; one that is stays as it is."""
    with context.store.writing() as connection:
        jobs.cancel_job(connection, caller.space, job)
    return show_job(_must_find(context, caller, job))


@router.post("/documents/{document}/read-again", status_code=202)
def read_again(document: Id, caller: Reviewer, context: Parts) -> Submission:
    """Read the document anew, with the present version; decisions stay."""
    with context.store.writing() as connection:
        found = must_find(connection, caller, document)
        try:
            number, new = jobs.add_job(connection, caller.space, document, "again", context.settings.queue)
        except jobs.QueueFull:
            raise _full() from None
    context.crew.wake()
    return Submission(jobs=[Submitted(name=found["name"], job=number, document=document, new=new)])


def show_job(job: dict[str, Any]) -> Job:
    """The public shape of a job."""
    times = {key: tell_time(job[key]) for key in ("created", "started", "ended")}
    return Job(**{**{key: job[key] for key in Job.model_fields}, **times})


def load_report(context: Context, document: str) -> bytes:
    """The JSON of the document's report; Problem 409 where nothing was read yet."""
    with context.store.reading() as connection:
        packed = connection.execute(select(results.c.report).where(results.c.document == document)).scalar()
    if packed is None:
        raise Problem(409, "the document has not been read yet", "not_read")
    return zlib.decompress(packed)


def _keep(context: Context, caller: Caller, files: list[Upload]) -> list[Submitted]:
    """Every file as a document with a job, all of them or none."""
    with context.store.writing() as connection:
        size = sum(taken.size for _, taken in files)
        if documents.stored_bytes(connection, caller.space) + size > context.settings.quota:
            raise Problem(429, "the space's store is full; remove documents", "quota", {"Retry-After": "3600"})
        submitted = []
        for name, taken in files:
            number = documents.keep_document(connection, caller.space, (taken.sha256, taken.size), name)
            context.blobs.settle(taken)
            try:
                job, new = jobs.add_job(connection, caller.space, number, "upload", context.settings.queue)
            except jobs.QueueFull:
                raise _full() from None
            submitted.append(Submitted(name=documents.clean_name(name), job=job, document=number, new=new))
        return submitted


def _full() -> Problem:
    return Problem(429, "the queue is full; come again", "queue_full", {"Retry-After": "5"})


def _must_find(context: Context, caller: Caller, number: str) -> dict[str, Any]:
    with context.store.reading() as connection:
        found = jobs.find_job(connection, caller.space, number)
    if found is None:
        raise Problem(404, "no such job")
    return found
