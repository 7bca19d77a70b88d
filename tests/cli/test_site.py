"""The demo's clock and what production refuses, in processes of their own."""

import os
import secrets
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest


def huiqi(data: Path, *arguments: str, mode: str = "demo") -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "HUIQI_DATA": str(data),
        "HUIQI_MODE": mode,
        "HUIQI_SECRET_KEY": secrets.token_urlsafe(60),
        "HUIQI_ALLOWED_HOSTS": "example.org",
        "HUIQI_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "huiqi.config.settings",
    }
    command = [sys.executable, "-m", "huiqi.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_advance_moves_the_clock_of_the_demo(tmp_path: Path) -> None:
    first = huiqi(tmp_path, "demo", "--advance", "3d")
    second = huiqi(tmp_path, "demo", "--advance", "1d")
    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert first.stdout != second.stdout
    assert str(date.today().year)[:2] in second.stdout  # noqa: DTZ011 - only the century matters


@pytest.mark.parametrize("amount", ["5 weeks", "-3d", "0wd", "99999d"])
def test_an_advance_that_cannot_be_read_says_how_to_write_it(tmp_path: Path, amount: str) -> None:
    result = huiqi(tmp_path, "demo", f"--advance={amount}")
    assert result.returncode == 2
    assert result.stderr.startswith("错误：")


def test_production_refuses_to_move_the_clock(tmp_path: Path) -> None:
    result = huiqi(tmp_path, "demo", "--advance", "5wd", mode="production")
    assert result.returncode == 2
    assert "正式环境" in result.stderr


def test_production_refuses_the_demo_city(tmp_path: Path) -> None:
    result = huiqi(tmp_path, "demo", mode="production")
    assert result.returncode == 2
    assert "huiqi serve" in result.stderr
    assert not (tmp_path / "demo-city.parquet").exists()
