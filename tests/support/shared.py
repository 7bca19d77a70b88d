"""The optional reference material that may lie next to the checkout."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_RUN = "未提供 ../shared/"


def path(name: str) -> Path:
    """Path of `../shared/<name>` (or `$HUIQI_SHARED/<name>`); where it is absent, the test is skipped.

    Every such skip is counted and said again in one line at the end of the run.
    """
    shared = Path(os.environ.get("HUIQI_SHARED") or ROOT.parent / "shared")
    found = shared / name
    if not found.exists():
        pytest.skip(f"{NOT_RUN}{name}：略过依赖它的测试")
    return found
