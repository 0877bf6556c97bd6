"""``extract serve``: the HTTP service and the page."""

from __future__ import annotations

from pathlib import Path

from extractor.errors import UsageError
from extractor.record import record


@record
class ServeRequest:
    """Where to listen, where to store, how many workers; ``database`` is an SQLAlchemy URL or None."""

    host: str
    port: int
    home: Path
    database: str | None
    workers: int
    secure: bool


def run_serve(request: ServeRequest) -> int:
    """Serve until interrupted; raises UsageError where the service's libraries are not installed."""
    try:
        import fastapi  # noqa: F401
        import jinja2  # noqa: F401
        import sqlalchemy  # noqa: F401
        import uvicorn  # noqa: F401
    except ModuleNotFoundError as error:
        raise UsageError(f"serve needs {error.name}; install nianbao-extractor[service]") from None
    from extractor.service import ServiceSettings, serve

    home = request.home.expanduser().absolute()
    settings = ServiceSettings(home, request.database, request.workers, secure=request.secure)
    return serve(settings, request.host, request.port)
