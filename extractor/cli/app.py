"""The Typer app of the commands; ``extract FILE...`` does not come this way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.commands import COMMANDS
from extractor.errors import UsageError

# Typer brings its own copy of Click or asks for the separate one, by version; this base is the right one in both.
WrongUse: type[Exception] = typer.BadParameter.__mro__[1]

app = typer.Typer(name="extract", add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
patterns_app = typer.Typer(rich_markup_mode=None)
app.add_typer(patterns_app, name="patterns", help=COMMANDS["patterns"])

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def run_command(arguments: Sequence[str]) -> int:
    """Run the command that ``arguments`` name and return its exit status.

    Raises UsageError for arguments that the command does not take.
    """
    try:
        status = app(args=list(arguments), prog_name="extract", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except WrongUse as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "extract"
        raise UsageError(f"{path.removeprefix('extract ')}: {_message(error)} See {path} --help") from None
    return status if isinstance(status, int) else 0


def _message(error: Exception) -> str:
    told: str = error.format_message() if hasattr(error, "format_message") else str(error)
    return told


# ten options are more than a function may take; they are read where they are written down
@app.command(
    "audit",
    help=COMMANDS["audit"],
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
)
def audit(context: typer.Context) -> int:
    """Compare the report's numbers with each other, with its tables, and with last year's report."""
    from extractor.cli.audit_arguments import parse_audit
    from extractor.cli.auditing import run_audit

    request = parse_audit(context.args)
    return 0 if request is None else run_audit(request)


@app.command(
    "batch",
    help=COMMANDS["batch"],
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
)
def batch(context: typer.Context) -> int:
    """Extract many reports and keep a warehouse up to date."""
    from extractor.cli.batch import run_batch_command
    from extractor.cli.batch_arguments import parse_batch

    request = parse_batch(context.args)
    return 0 if request is None else run_batch_command(request)


@app.command("evaluate", help=COMMANDS["evaluate"])
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold (JSON Lines, one fact a line), or a saved evaluation (.json).")],
    reports: Annotated[
        Path | None, typer.Option(help="Folder of the reports; default: ../reports beside GOLD.")
    ] = None,
    suffix: Annotated[str | None, typer.Option(help="Read <stem><suffix> in place of the gold's file: .pdf")] = None,
    show: Annotated[int, typer.Option(help="Print up to N errors.")] = 0,
    compare: Annotated[Path | None, typer.Option(help="A saved evaluation to compare with.")] = None,
    json_form: Json = False,
) -> int:
    """Score extraction against gold, with 95 % intervals over documents."""
    from extractor.cli.evaluation import EvaluationRequest, run_evaluation

    return run_evaluation(EvaluationRequest(gold, reports, suffix, show, compare, json_form))


@app.command("list", help=COMMANDS["list"])
def list_things(
    what: Annotated[str, typer.Argument(metavar="indicators|readers|rules|sinks")],
    json_form: Json = False,
) -> int:
    """Print what there is of one kind, one a line."""
    from extractor.cli.listing import run_list

    return run_list(what, json_form)


@app.command("schema", help=COMMANDS["schema"])
def schema() -> int:
    """Print the JSON Schema (draft 2020-12) that every output fits."""
    import json

    from extractor.outputs import load_schema

    print(json.dumps(load_schema(), ensure_ascii=False, indent=2))
    return 0


@app.command("serve", help=COMMANDS["serve"])
def serve(
    home: Annotated[Path, typer.Option(help="Folder of uploads and of the embedded database.")] = Path(
        "nianbao-service"
    ),
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 is every one of this machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that read reports.")] = 2,
    database: Annotated[
        str | None,
        typer.Option(
            envvar="EXTRACTOR_DATABASE", help="postgresql+psycopg://user@host/name; default: SQLite in --home."
        ),
    ] = None,
    secure: Annotated[bool, typer.Option("--secure", help="The page is reached by HTTPS only.")] = False,
) -> int:
    """Serve the HTTP interface and the page where auditors review reports; the first start shows an admin key."""
    from extractor.cli.serve import ServeRequest, run_serve

    return run_serve(ServeRequest(host, port, home, database, workers, secure))


@patterns_app.callback()
def patterns() -> None:
    """Language and domain knowledge in patterns/."""


@patterns_app.command("check")
def check() -> int:
    """Check every file of patterns/ against its schema, and that each indicator file has test cases."""
    from extractor.cli.patterns import run_check

    return run_check()
