"""The commands by name, and the help that teaches them; nothing heavy is loaded for it."""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "audit": "findings about the report's own numbers; exit status 1 at or above --fail-on",
    "batch": "many reports into a warehouse: DuckDB, PostgreSQL, Parquet",
    "evaluate": "precision, recall and F1 against annotated gold",
    "list": "what there is: indicators, readers, rules, sinks",
    "patterns": "check the language and domain knowledge in patterns/",
    "serve": "HTTP service and review page",
    "schema": "print the JSON Schema of the output",
}

HELP = """\
Usage: extract [OPTIONS] FILE...
       extract COMMAND ...

Reads government-information-disclosure annual reports (政府信息公开工作年度报告) and prints every
statistical claim of their text with its exact place. PDF, DOCX, HTML and plain text are told by content.

Examples:
  extract report.pdf                      a table on a terminal, JSON when piped
  extract report.pdf --json               one JSON object
  extract *.pdf --jsonl > all.jsonl       one JSON object a line for each report
  extract report.pdf --csv > facts.csv    one row a fact
  extract report.pdf --html page.html     a page with every fact marked in the text, to open in a browser
  extract report.pdf --indicator 'hall.*,service.*' --min-confidence 0.9
  curl -s https://example.org/r.html | extract - --json
  extract audit report.pdf last-year.pdf  check the numbers against tables and last year's report
  extract batch reports/ --to duckdb:///reports.duckdb
                                          load folders, lists and archives into a warehouse
  extract -- audit                        a file whose name is that of a command

What comes out:
  --json                  JSON; with several files the same as --jsonl
  --jsonl                 JSON Lines
  --csv                   CSV, text that a spreadsheet would run is made harmless
  --html OUT              evidence page; with several files OUT is a folder
  --section KIND,...      only facts of these sections: overview, problems, other (default: all)
  --indicator GLOB,...    only facts with these codes (extract list indicators)
  --min-confidence X      only facts with this confidence or more, 0 to 1
  --no-text               leave the document's text out of the JSON

  --version               print the version
  -h, --help              print this; `extract COMMAND --help` tells about a command

Commands:
{commands}

Exit status: 0 done, 1 some files failed or findings at the threshold, 2 wrong use.
Data goes to standard output (UTF-8), progress and errors to standard error. `-` reads standard input.
"""


def help_text() -> str:
    """The text of ``extract --help``."""
    width = max(map(len, COMMANDS))
    return HELP.format(commands="\n".join(f"  {name:{width}}  {summary}" for name, summary in COMMANDS.items()))
