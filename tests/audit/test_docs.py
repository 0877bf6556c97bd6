"""The list of rules in ``docs/audit.md`` is that of the registry; run this file as a program to renew it."""

from pathlib import Path

from extractor.audit import load_rules
from extractor.lexicon import table

PAGE = Path(__file__).parents[2] / "docs" / "audit.md"
START, END = "<!-- rules: made from the registry -->\n", "<!-- end of rules -->\n"


def write_rules():
    """The list as Markdown, in the order of the settings."""
    rules = load_rules()
    lines = ["| rule | what it says | 名称 | severity | default | strict |", "|---|---|---|---|---|---|"]
    for entry in table("audit")["rules"]:
        text = (rules.get(entry["id"]).__doc__ or "").split("\n")[0]
        modes = entry["modes"]
        row = (entry["id"], text, entry["title"]["zh"], entry["severity"], modes["default"], modes["strict"])
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def test_the_page_lists_every_rule_as_it_is():
    page = PAGE.read_text(encoding="utf-8")
    listed = page[page.index(START) + len(START) : page.index(END)]
    assert listed == write_rules()


def test_the_page_shows_the_bench():
    from audit import mutations

    page = PAGE.read_text(encoding="utf-8")
    missing = [
        mutate.__name__ for mutate in mutations.FAMILIES if f"| {mutate.__name__.replace('_', ' ')} |" not in page
    ]
    assert missing == []


if __name__ == "__main__":
    old = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(old[: old.index(START)] + START + write_rules() + old[old.index(END) :], encoding="utf-8")
