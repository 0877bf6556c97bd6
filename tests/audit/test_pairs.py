import pytest
from audit.case_builder import make_report

from extractor.audit import pair_reports
from extractor.audit.pairs import body_and_year


def paired(*reports):
    return [last and last.metadata.year for _, last in pair_reports(reports)]


def test_each_report_finds_the_one_before():
    reports = [make_report(year=year) for year in (2023, 2021, 2022)]
    assert paired(*reports) == [2022, None, 2021]


def test_another_body_or_a_gap_of_years_is_no_partner():
    assert paired(make_report(year=2023), make_report(year=2022, organization="白石县人民政府")) == [None, None]
    assert paired(make_report(year=2023), make_report(year=2021)) == [None, None]


@pytest.mark.parametrize(
    ("name", "short"),
    [("青禾县人民政府", "青禾县"), ("青禾县人民政府办公室", "青禾县"), ("青禾县财政局", "青禾县财政局")],
)
def test_short_name(name, short):
    assert body_and_year(make_report(organization=name)) == (short, 2022)


def test_a_body_named_only_in_the_title():
    report = make_report({"organization": None, "title": "青禾县财政局2022年政府信息公开工作年度报告"})
    assert body_and_year(report) == ("青禾县财政局", 2022)


def test_nothing_is_known_of_a_passage():
    assert body_and_year(make_report({"organization": None, "title": ""})) is None
