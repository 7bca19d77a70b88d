"""A shelf of its own for each test, and no scanner unless a test brings one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.support.clamd import PrivateClamd, private_clamd


@pytest.fixture(autouse=True)
def own_shelf(settings: LazySettings, tmp_path: Path) -> Path:
    settings.HUIQI_DATA = tmp_path
    settings.HUIQI_KEYS = tmp_path / "field-keys.json"
    settings.HUIQI_CLAMD = ""
    return tmp_path / "documents"


@pytest.fixture(scope="session")
def clamd() -> Iterator[PrivateClamd]:
    with private_clamd() as running:
        yield running
