"""Pages that compare: two years of a body, an indicator over years; and the clean start."""

import re

import pytest
from service_process import ServiceProcess

from extractor.service.settings import ServiceSettings
from extractor.service.store.engine import open_store
from extractor.service.ui.chart import Line, draw_chart
from extractor.service.web.buckets import Buckets

REPORT = """滨林县人民政府{year}年政府信息公开工作年度报告
一、总体情况
（一）主动公开。{year}年，县政府门户网站发布政府信息{posts}条，同比增长300%。
（二）依申请公开。{year}年共收到政府信息公开申请{received}件，上年为5件。
二、主动公开政府信息情况
无。
"""


@pytest.fixture(scope="module")
def years(service):
    jobs = [
        service.upload((f"{year}.txt", REPORT.format(year=year, posts=posts, received=received).encode()))[0]
        for year, posts, received in ((2021, 200, 12), (2022, 800, 9))
    ]
    assert {job["state"] for job in service.wait(*(job["job"] for job in jobs))} == {"done"}
    return service.client.get(f"/v1/documents/{jobs[1]['document']}").json()


def rows(page):
    text = re.sub(r"<(small|a|/a|/small)[^>]*>", "", page)
    return [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", text, re.DOTALL)]


def test_two_years_stand_side_by_side(service, years):
    page = service.client.get("/compare", params={"body": years["organization"]}).text
    told = {row[0].split(" ")[0]: row[1:] for row in rows(page) if len(row) == 5}
    assert [cell.rstrip("条件") for cell in told["新收申请数"]] == ["12", "9", "-3", "-25.0%"]
    assert [cell.rstrip("条件") for cell in told["网站发布信息数"]] == ["200", "800", "+600", "+300.0%"]


def test_a_chart_takes_levels_of_the_reports_own_year(service, years):
    page = service.client.get(
        "/trends", params={"indicator": "application.received", "body": years["organization"]}
    ).text
    assert re.findall(r"<title>[^<]* (\d{4}): (\d+)</title>", page) == [("2021", "12"), ("2022", "9")]


@pytest.mark.parametrize(
    "path", ["/compare", "/trends", "/notice?body=x", "/?year=abc&severity=x", "/library/rows?page=x"]
)
def test_pages_answer_whatever_is_asked(service, path):
    assert service.client.get(path).status_code == 200


def test_a_chart_has_its_points_in_the_frame():
    chart = draw_chart([Line("a", [(2020, 10.0), (2022, 250.0)]), Line("b", [(2021, 0.0)])])
    points = [point for line in chart["lines"] for point in line["points"]]
    assert [year["year"] for year in chart["years"]] == [2020, 2021, 2022]
    assert all(0 < point["x"] < chart["width"] and 0 < point["y"] < chart["height"] for point in points)
    assert chart["grid"][-1]["value"] >= 250


def test_buckets_give_so_much_and_tell_the_wait():
    buckets = Buckets(rate=0.001, burst=3)
    assert [buckets.take("a") == 0 for _ in range(4)] == [True, True, True, False]
    assert buckets.take("b") == 0
    assert buckets.take("a") > 100


def test_uploads_without_a_document_are_swept_at_the_start(tmp_path):
    from extractor.service.run import make_first_key, sweep
    from extractor.service.store.blobs import Blobs

    settings = ServiceSettings(tmp_path / "home")
    blobs = Blobs(settings.home)
    import io

    taken = blobs.take(io.BytesIO(b"left behind"))
    blobs.settle(taken)
    (settings.home / "scratch" / "half").write_bytes(b"x")
    assert make_first_key(settings).startswith("nbk_") and make_first_key(settings) is None
    assert sweep(settings) == 1
    assert blobs.stored() == [] and list((settings.home / "scratch").iterdir()) == []


def test_a_database_of_a_newer_program_is_refused(tmp_path):
    from sqlalchemy import text

    from extractor.errors import UsageError

    url = f"sqlite:///{tmp_path / 'x.db'}"
    store = open_store(url)
    with store.writing() as connection:
        connection.execute(text("INSERT INTO migrations VALUES (999, 0)"))
    store.close()
    with pytest.raises(UsageError, match="999"):
        open_store(url)


def test_no_stored_file_is_for_others(service: ServiceProcess, years):
    assert {path.stat().st_mode & 0o077 for path in service.home.rglob("*")} == {0}
