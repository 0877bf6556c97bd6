"""What every page shares: templates, language, the frame around the content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from pydantic import ValidationError

from extractor.service.store.keys import Caller
from extractor.service.ui.words import LANGUAGES, Words, load_words
from extractor.service.web.context import Context, Parts
from extractor.service.web.problems import Problem
from extractor.settings import VERSION

HERE = Path(__file__).parent
COOKIE = "nianbao_language"
YEAR = 365 * 24 * 3600


@cache
def templates() -> Environment:
    """The templates; everything in them is escaped."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = print_number
    environment.filters["clock"] = print_clock
    return environment


def print_number(value: Any) -> str:
    """A number for people: thousands parted, no needless decimals; a dash where there is none."""
    if value is None:
        return "—"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return f"{int(value):,}"


def print_clock(seconds: float | None) -> str:
    """Seconds since 1970 as local day and minute."""
    import time

    return "" if seconds is None else time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


async def find_words(request: Request) -> Words:
    """The wording in the language that the reader chose: the address, else the cookie, else Chinese."""
    asked = request.query_params.get("language") or request.cookies.get(COOKIE)
    return load_words(asked if asked in LANGUAGES else LANGUAGES[0])


Language = Annotated[Words, Depends(find_words)]


@dataclass(frozen=True, slots=True)
class Question:
    """What every page needs: the request, the wording, the service."""

    request: Request
    words: Words
    context: Context


async def _gather(request: Request, words: Language, context: Parts) -> Question:
    return Question(request, words, context)


Asked = Annotated[Question, Depends(_gather)]


async def _read_fields(request: Request) -> dict[str, str]:
    form = await request.form(max_files=0, max_fields=30)
    return {name: str(value) for name, value in form.items()}


Fields = Annotated[dict[str, str], Depends(_read_fields)]


def check_fields(model: Any, given: dict[str, Any]) -> Any:
    """The checked request; Problem 422 with the first thing that is wrong."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise Problem(422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:300]) from None


def show(name: str, request: Request, words: Words, caller: Caller | None = None, **values: Any) -> Response:
    """A page or a part of one."""
    frame = {
        "words": words,
        "t": words.text,
        "caller": caller,
        "path": request.url.path,
        "version": VERSION,
        "other": LANGUAGES[1 - LANGUAGES.index(words.language)],
    }
    content = templates().get_template(name).render(**frame, **values)
    answer = Response(content.encode("utf-8", "replace"), media_type="text/html; charset=utf-8")
    if request.query_params.get("language") in LANGUAGES:
        answer.set_cookie(COOKIE, words.language, max_age=YEAR, samesite="strict", httponly=True)
    return answer
