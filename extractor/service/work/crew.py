"""Threads that take jobs from the queue, have them done by worker processes, and write down what came of them."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from extractor.service.parcel import Parcel, unwrap
from extractor.service.settings import ServiceSettings
from extractor.service.store import documents, jobs, results
from extractor.service.store.blobs import Blobs
from extractor.service.store.decisions import recount
from extractor.service.store.engine import Store
from extractor.service.work.worker import Answer, Worker

log = logging.getLogger("extractor.service")
IDLE = 0.5  # seconds between two looks into an empty queue
RETRY = 2.0  # seconds to wait when the database is away
UNSTEADY = "crash"


class Crew:
    """All workers of one server."""

    def __init__(self, settings: ServiceSettings, store: Store, blobs: Blobs) -> None:
        self._settings, self._store, self._blobs = settings, store, blobs
        self._stop, self._work = threading.Event(), threading.Condition()
        self.workers = [Worker(settings, blobs.scratch) for _ in range(settings.workers)]
        self._drawer, self._drawing = Worker(settings, blobs.scratch, niceness=0), threading.Lock()
        self._reader, self._reading = Worker(settings, blobs.scratch), threading.Lock()
        self._threads = [threading.Thread(target=self._serve, args=(worker,), daemon=True) for worker in self.workers]

    def start(self) -> None:
        """Begin to take jobs."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop; a job in work goes back to the queue."""
        self._stop.set()
        self.wake()
        for thread in self._threads:
            thread.join(timeout=10)
        for worker in (*self.workers, self._drawer, self._reader):
            worker.stop()

    def wake(self) -> None:
        """Tell the threads that there is a job."""
        with self._work:
            self._work.notify_all()

    def alive(self) -> bool:
        """Whether every thread still takes jobs."""
        return all(thread.is_alive() for thread in self._threads)

    def draw(self, sha256: str, page: int) -> bytes | None:
        """PNG of a page, made once; None where it can't be drawn."""
        target = self._blobs.image(sha256, page)
        if target.exists():
            return target.read_bytes()
        with self._drawing:
            answer = self._drawer.run({"task": "page", "page": page}, [self._blobs.path(sha256)])
        if answer.reason is not None:
            return None
        self._blobs.keep_image(sha256, page, answer.content)
        return answer.content

    def read_now(self, path: Path, name: str, seconds: float) -> Answer | None:
        """The parcel of an upload, without a job; None when the one process for it is busy for ``seconds``."""
        if not self._reading.acquire(timeout=seconds):
            return None
        try:
            return self._reader.run({"task": "report", "name": name}, [path])
        finally:
            self._reading.release()

    def _serve(self, worker: Worker) -> None:
        while not self._stop.is_set():
            try:
                with self._store.writing() as connection:
                    job = jobs.claim_job(connection, self._settings.lease)
                if job is not None:
                    self._attempt(worker, job)
                    continue
            except (SQLAlchemyError, OSError) as error:
                log.warning("queue: %s", type(error).__name__)
                self._stop.wait(RETRY)
                continue
            with self._work:
                self._work.wait(IDLE)

    def _attempt(self, worker: Worker, job: dict[str, Any]) -> None:
        """Do the job; what nobody foresaw ends the job, never the thread."""
        try:
            self._do(worker, job)
        except (SQLAlchemyError, OSError):
            raise
        except Exception as error:
            log.error("job %s: %s", job["id"], type(error).__name__)
            self._fail(job, Answer(reason="crash", message=f"the result can't be used ({type(error).__name__})"))

    def _do(self, worker: Worker, job: dict[str, Any]) -> None:
        with self._store.reading() as connection:
            document = documents.find_document(connection, job["space"], job["document"])
        if document is None:
            return
        if job["attempts"] > jobs.ATTEMPTS:
            self._fail(job, Answer(reason="crash", message=f"given up after {jobs.ATTEMPTS} attempts"))
            return
        answer = self._read(worker, job, document)
        if answer.reason == UNSTEADY and not self._stop.is_set():
            answer = self._read(worker, job, document)
        if answer.reason is None:
            self._finish(worker, job, document, unwrap(answer.content))
        elif answer.reason == "cancelled":
            self._give_back(job)
        else:
            self._fail(job, answer)

    def _read(
        self, worker: Worker, job: dict[str, Any], document: dict[str, Any], last: dict[str, Any] | None = None
    ) -> Answer:
        """The parcel of a document, audited beside last year's report where that is given."""
        files = [self._blobs.path(one["sha256"]) for one in (document, last) if one is not None]
        return worker.run({"task": "report", "name": document["name"]}, files, lambda: self._hold(job))

    def _hold(self, job: dict[str, Any]) -> bool:
        """Whether the job is still ours to do; renews its lease."""
        if self._stop.is_set():
            return False
        try:
            with self._store.writing() as connection:
                return jobs.renew_lease(connection, job, self._settings.lease)
        except SQLAlchemyError:
            return True

    def _finish(self, worker: Worker, job: dict[str, Any], document: dict[str, Any], parcel: Parcel) -> None:
        """Write the result down, compared with last year's report where there is one."""
        about = {"space": job["space"], **parcel.head["about"]}
        with self._store.reading() as connection:
            last = documents.find_neighbour(connection, about, -1)
        if last is not None:
            answer = self._read(worker, job, document, last)
            parcel = parcel if answer.reason else unwrap(answer.content)
        with self._store.writing() as connection:
            if not jobs.end_job(connection, job, "done"):
                return
            results.keep_result(connection, job, parcel)
            recount(connection, job["document"])
            later = documents.find_neighbour(connection, about, 1)
            if later is not None and job["kind"] == "upload":
                jobs.add_job(connection, job["space"], later["id"], "again", self._settings.queue * 2)
        log.info("job %s done", job["id"])

    def _fail(self, job: dict[str, Any], answer: Answer) -> None:
        message = results.storable(answer.message)
        with self._store.writing() as connection:
            if jobs.end_job(connection, job, "failed", answer.reason, message):
                told = {"state": "failed", "reason": answer.reason, "message": message}
                documents.set_state(connection, job["document"], **told)
        log.info("job %s failed: %s", job["id"], answer.reason)

    def _give_back(self, job: dict[str, Any]) -> None:
        if self._stop.is_set():
            with self._store.writing() as connection:
                jobs.release_job(connection, job)
