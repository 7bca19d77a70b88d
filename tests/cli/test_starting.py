"""Starting the site where something is in the way: another start, a dead one, a full or foreign folder."""

import os
import socket
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from huiqi.demo.city import write_city

PREPARE = """
from huiqi.cli.site import site
from huiqi.cli.errors import Mistake
try:
    print(site().prepare_site())
except Mistake as mistake:
    mistake.show()
    raise SystemExit(2)
"""


def started(code: str, data: Path, **variables: str) -> subprocess.Popen[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    environment = {**known, "HUIQI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "huiqi.config.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate()
    return process.returncode, out, err


def empty_database() -> dict[str, str]:
    """Where a fresh site may live on the database under test; nothing for the SQLite file of a folder."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS starts")
        cursor.execute("CREATE DATABASE starts")
    return {"HUIQI_DATABASE_URL": os.environ["HUIQI_DATABASE_URL"].rpartition("/")[0] + "/starts"}


def test_starts_at_the_same_moment_make_exactly_one_edition(transactional_db, tmp_path: Path) -> None:
    """On PostgreSQL as if on three machines, each with a folder of its own."""
    database = empty_database()
    folders = [tmp_path / str(number) if database else tmp_path for number in range(3)]
    starts = [started(PREPARE, folder, **database) for folder in folders]
    told = [ended(start) for start in starts]
    assert [code for code, _, _ in told] == [0, 0, 0], told
    assert sorted("新增 0 项" in out for _, out, _ in told) == [False, True, True]
    code, out, _ = ended(
        started(
            "from huiqi.cli.site import site; site();"
            "from huiqi.services.policy.library.models import Edition; print(Edition.objects.count())",
            tmp_path,
            **database,
        )
    )
    assert (code, out.strip()) == (0, "1")


def test_a_database_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    assert ended(started(PREPARE, tmp_path))[0] == 0
    with sqlite3.connect(tmp_path / "huiqi.sqlite3") as database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('library', '9999_x', 0)")
    database.close()
    code, _, said = ended(started(PREPARE, tmp_path))
    assert code == 2
    assert "更新版本" in said


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "huiqi.sqlite3").write_bytes(b"no database" * 1000)
    code, _, said = ended(started(PREPARE, tmp_path))
    assert code == 2
    assert said.startswith("错误：数据库用不了")
    assert said.count("\n") == 1


@pytest.mark.parametrize("url", ["postgres://nobody@127.0.0.1:1/x", "sqlite:////no/such/folder/x.sqlite3"])
def test_a_database_that_cannot_be_reached_is_told_in_one_line(tmp_path: Path, url: str) -> None:
    code, _, said = ended(started(PREPARE, tmp_path, HUIQI_DATABASE_URL=url))
    assert code == 2
    assert said.startswith("错误：数据库用不了")
    assert said.count("\n") == 1


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, said = ended(started(PREPARE, tmp_path / "file" / "data"))
    assert code == 2
    assert "HUIQI_DATA" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("kept", [b"", b"PAR1 half of it"])
def test_half_a_demo_city_is_made_anew(tmp_path: Path, kept: bytes) -> None:
    write_city(tmp_path / "whole.parquet", count=5, as_of=date(2026, 7, 1))
    city = tmp_path / "demo-city.parquet"
    city.write_bytes(kept)
    code, _, said = ended(started("from huiqi.cli.site import site; site().prepare_city(5)", tmp_path))
    assert code == 0, said
    assert city.stat().st_size > 10_000


def test_a_port_in_use_is_told_before_anything_is_prepared(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as our own server does
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = started(f"from huiqi.cli import main; main(['serve', '--port', '{port}'])", tmp_path)
        code, _, said = ended(process)
    assert code == 2
    assert said.startswith(f"错误：127.0.0.1 的端口 {port} 用不了")
    assert not (tmp_path / "huiqi.sqlite3").exists()
