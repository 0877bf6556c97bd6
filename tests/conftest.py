"""Options and fixtures that all tests share."""

import pytest


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew from what is extracted now")


@pytest.fixture
def update_golden(request):
    return request.config.getoption("--update-golden")
