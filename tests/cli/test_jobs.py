"""`huiqi jobs` in processes of its own, and the worker beside the server."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_sealer import served, until
from tests.cli.test_site import huiqi


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose daily job is dead."""
    folder = tmp_path_factory.mktemp("jobs")
    assert huiqi(folder, "demo", "--advance", "1d").returncode == 0
    assert "做了" in huiqi(folder, "jobs", "work", "--once").stdout
    with sqlite3.connect(folder / "huiqi.sqlite3") as database:
        database.execute("UPDATE outbox_outboxjob SET state = 'dead', last_error = '磁盘满了'")
    database.close()
    return folder


def test_jobs_are_listed_retried_and_dropped_in_plain_words(data: Path) -> None:
    listed = huiqi(data, "jobs", "list", "--state", "没做成", "--kind", "outbox.tidy").stdout
    number = listed.split()[0]
    assert "清理早已做完的后台任务（outbox.tidy）没做成，试了 1 次" in listed
    assert "：磁盘满了" in listed
    assert "项任务会马上再做" in huiqi(data, "jobs", "retry", "--all").stdout
    assert "还没试" in huiqi(data, "jobs", "list", "--state", "等待").stdout
    assert "已放弃" in huiqi(data, "jobs", "drop", number, "--reason", "用不着了").stdout
    log = huiqi(data, "audit", "list", "--subject", f"job:{number}").stdout
    assert "让没做成的后台任务再做一次" in log
    assert "放弃了一项后台任务" in log
    again = huiqi(data, "jobs", "drop", number, "--reason", "又来")
    assert again.returncode == 2
    assert "已放弃" in again.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("retry",), "请写任务编号"),
        (("retry", "999"), "没有编号 999 的任务"),
        (("retry", "x"), "整数"),
        (("drop", "1"), "--reason"),
        (("list", "--state", "dead"), "没有“dead”这种状态"),
    ],
)
def test_a_mistake_is_told_as_a_sentence(data: Path, words: tuple[str, ...], said: str) -> None:
    result = huiqi(data, "jobs", *words)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_where_there_was_no_site_yet_it_is_said(tmp_path: Path) -> None:
    assert "请先打开一次网站" in huiqi(tmp_path, "jobs", "list").stderr


def test_a_worker_beside_the_server_does_what_is_due(tmp_path: Path) -> None:
    with served(tmp_path):
        until(lambda: "已做完" in huiqi(tmp_path, "jobs", "list", "--state", "已做完").stdout)


def test_a_worker_told_to_end_ends(data: Path) -> None:
    command = [sys.executable, "-m", "huiqi.cli", "jobs", "work", "--with-parent"]
    environment = {"HUIQI_DATA": str(data), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as worker:
        assert worker.stdin is not None
        worker.stdin.close()
        assert worker.wait(60) == 0
