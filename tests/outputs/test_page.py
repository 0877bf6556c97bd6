import base64
import dataclasses
import hashlib
import html
import re
from html.parser import HTMLParser

import pytest
from report_builder import TEXT, make_document, make_fact, make_report, with_pages

from extractor.outputs import render_page
from extractor.types import Coverage, Grid, GridCell, NonFact

PROBES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><b>",
    "${title}",
    "$text",
    "' onclick='x",
]


class Page(HTMLParser):
    """Collects the text of the article, the text under each mark, and the tags that occur."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.marks, self.text, self.attributes = set(), {}, "", []
        self._inside, self._mark = False, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs.items()]
        if tag == "article":
            self._inside = True
        if self._inside and tag == "mark":
            self._mark = attrs
        if self._inside and tag == "div" and self.text:
            self.text += "\n"

    def handle_endtag(self, tag):
        if tag == "article":
            self._inside = False
        if tag == "mark":
            self._mark = None

    def handle_data(self, data):
        if not self._inside:
            return
        self.text += "" if data == "\n" else data
        if self._mark is not None:
            for card in self._mark["data-r"].split():
                self.marks[card] = self.marks.get(card, "") + data


def test_every_fact_is_marked_at_its_characters():
    report = make_report()
    page = Page(render_page(report))
    assert {fact.id: page.marks[fact.id] for fact in report.facts} == {fact.id: fact.raw for fact in report.facts}
    assert page.marks["n-0"] == "0000-1234567"
    assert page.marks["u-0"] == "青禾县"


def test_the_article_holds_the_text():
    assert Page(render_page(make_report())).text == TEXT.rstrip("\n")


def test_overlapping_marks_share_their_stretch():
    outer = make_fact(TEXT, "128条，同比下降12.3%", "1", indicator="a.b")
    inner = make_fact(TEXT, "12.3%", "12.3", indicator="c.d")
    twin = make_fact(TEXT, "12.3%", "12.3", indicator="e.f")
    coverage = Coverage(1, 1, (NonFact(TEXT.index("12.3%"), TEXT.index("12.3%") + 2, "name"),), (), ())
    page = Page(render_page(make_report(facts=(outer, inner, twin), coverage=coverage)))
    assert page.marks[outer.id] == outer.raw
    assert page.marks[inner.id] == page.marks[twin.id] == "12.3%"
    assert page.marks["n-0"] == "12"


@pytest.mark.parametrize("probe", PROBES)
def test_everything_from_the_report_is_escaped(probe):
    text = TEXT.replace("通过", probe)
    base = make_report(text)
    fact = make_fact(
        text, "128条", "128", label=probe, unit=probe, subject=probe, category=probe, method=probe, channel=probe
    )
    finding = dataclasses.replace(
        base.findings[0], message=probe, message_zh=probe, rule=probe, severity=probe, cells=(probe,)
    )
    cell = dataclasses.replace(base.tables[0].cells[0], key=probe, row=probe, column=probe, raw=probe)
    report = dataclasses.replace(
        base,
        document=make_document(text, name=probe, source=probe),
        metadata=dataclasses.replace(base.metadata, title=probe, organization=probe),
        facts=(fact,),
        findings=(finding,),
        tables=(dataclasses.replace(base.tables[0], cells=(cell,)),),
    )
    page = render_page(report)
    found = Page(page)
    assert page.count("<script>") == 1
    assert page.count("</style>") == 1
    assert "img" not in found.tags
    assert "b" in found.tags  # the figures of the header; none comes from the probe
    assert not [name for _, name, _ in found.attributes if name.startswith("on")]
    assert html.escape(probe) in page


def test_nothing_is_fetched():
    page = render_page(make_report())
    assert re.findall(r"(?:src|href|action)=|url\(|@import|https?:", page) == []
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    for tag in ("style", "script"):
        inline = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.S)[1]
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_same_report_same_page():
    assert render_page(make_report()) == render_page(make_report())


def test_two_thousand_facts():
    text = "一、总体情况\n" + "".join(f"公开信息{n}条。\n" for n in range(2000))
    facts, at = [], 0
    for n in range(2000):
        at = text.index(f"{n}条", at)
        facts.append(make_fact(text, f"{n}条", str(n), start=at))
        at += 1
    page = Page(render_page(make_report(text, facts=tuple(facts), findings=(), tables=())))
    assert [page.marks[fact.id] for fact in facts] == [fact.raw for fact in facts]


def grid_report(rest=""):
    text = f"表前8件\n甲 12{rest}\n表后9件"
    cells = (GridCell(0, 0, 1, 1, "甲", 5, 6), GridCell(0, 1, 1, 2, "12", 7, 9))
    document = make_document(text, grids=(Grid(1, 3, cells, 5, 9 + len(rest)),))
    return make_report(text, facts=(make_fact(text, "12", "12"),), document=document)


def test_tables_are_drawn_as_tables():
    page = render_page(grid_report())
    assert 'colspan="2"><mark class="f"' in page
    assert Page(page).text.startswith("表前8件")
    assert page.index("表前") < page.index("<table><tr><td>") < page.index("表后9件")


def test_a_table_that_would_lose_text_stays_text():
    assert "<table><tr><td>" not in render_page(grid_report(rest=" 余"))


def test_pages_are_shown():
    page = render_page(with_pages(make_report()))
    assert re.findall(r'<div class="line page">(\d+)</div>', page) == ["2"]
    assert "<span>p. 1</span>" in page
