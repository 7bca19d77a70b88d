"""A shelf of its own for each test, and no scanner unless a test brings one."""

from pathlib import Path

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def own_shelf(settings: LazySettings, tmp_path: Path) -> Path:
    settings.HUIQI_DATA = tmp_path
    settings.HUIQI_KEYS = tmp_path / "field-keys.json"
    settings.HUIQI_CLAMD = ""
    return tmp_path / "documents"
