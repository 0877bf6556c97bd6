"""``extract serve``: the service in the foreground."""

from __future__ import annotations

import logging
import os
import sys

from extractor.service.settings import ServiceSettings
from extractor.service.store import documents, keys
from extractor.service.store.blobs import Blobs
from extractor.service.store.engine import open_store

GRACE = 10  # seconds that open requests have at the end


def serve(settings: ServiceSettings, host: str = "127.0.0.1", port: int = 8000) -> int:
    """Serve until interrupted; the first start makes an admin key and shows it once on stderr.

    Raises UsageError where the database can't be opened.
    """
    import uvicorn

    from extractor.service.web.app import make_app
    from extractor.service.web.protocol import timed_protocol

    os.umask(0o077)
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    sweep(settings)
    _welcome(settings, host, port)
    config = uvicorn.Config(
        make_app(settings), host=host, port=port, log_level="warning", access_log=False, server_header=False,
        timeout_keep_alive=15, timeout_graceful_shutdown=GRACE, http=timed_protocol(settings.header_seconds),
        backlog=512, proxy_headers=False,
    )  # fmt: skip
    uvicorn.Server(config).run()
    return 0


def make_first_key(settings: ServiceSettings) -> str | None:
    """The secret of a first admin key where there is no key yet; None otherwise."""
    store = open_store(settings.url)
    try:
        with store.writing() as connection:
            return None if keys.has_keys(connection) else keys.make_key(connection, "admin", "admin", "main")[1]
    finally:
        store.close()


def sweep(settings: ServiceSettings) -> int:
    """Remove uploads that belong to no document, as a refused or killed request may leave; gives back their number."""
    blobs, store = Blobs(settings.home), open_store(settings.url)
    try:
        with store.writing() as connection:
            left = [sha256 for sha256 in blobs.stored() if not documents.is_stored(connection, sha256)]
            for sha256 in left:
                blobs.remove(sha256)
        return len(left)
    finally:
        store.close()


def _welcome(settings: ServiceSettings, host: str, port: int) -> None:
    secret = make_first_key(settings)
    if secret is not None:
        print(f"extract: first start, admin key (shown this once): {secret}", file=sys.stderr)
    shown = f"[{host}]" if ":" in host else host
    print(f"extract: serving on http://{shown}:{port}", file=sys.stderr, flush=True)
