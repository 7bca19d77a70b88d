"""`huiqi audit` in processes of its own, as an auditor types it."""

import getpass
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_site import huiqi


def told(data: Path, *arguments: str) -> str:
    result = huiqi(data, *arguments)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site on which the clock was moved twice."""
    folder = tmp_path_factory.mktemp("moved")
    told(folder, "demo", "--advance", "3d")
    told(folder, "demo", "--advance", "1wd")
    return folder


@pytest.fixture
def data(moved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(moved, tmp_path / "data"))


def test_what_a_command_did_is_listed_with_who_typed_it(data: Path) -> None:
    lines = told(data, "audit", "list").splitlines()
    assert len(lines) == 2
    assert f"{getpass.getuser()}（命令行）拨快了试用站的日期 3d" in lines[0]
    assert told(data, "audit", "list", "--subject", "clock:demo", "--limit", "1") == f"{lines[1]}\n"
    assert "没有符合" in told(data, "audit", "list", "--actor", "cli:nobody-of-ours")
    assert "没有符合" in told(data, "audit", "list", "--since", "2199-01-01")


def test_a_folder_without_a_log_is_told_and_gets_none(tmp_path: Path) -> None:
    result = huiqi(tmp_path, "audit", "verify")
    assert (result.returncode, result.stderr) == (
        2,
        "错误：这里还没有审计记录。请先打开一次网站（huiqi serve）\n",
    )


def test_a_move_that_is_refused_leaves_no_entry(data: Path) -> None:
    assert huiqi(data, "demo", "--advance", "3650d").returncode == 2
    assert len(told(data, "audit", "list").splitlines()) == 2


def test_an_auditor_seals_anchors_and_verifies_and_finds_what_was_changed(data: Path) -> None:
    refused = huiqi(data, "audit", "anchor")
    assert (refused.returncode, "还没有封存" in refused.stderr) == (2, True)
    assert "封存了 2 条" in told(data, "audit", "seal", "--once")
    assert "anchors" in told(data, "audit", "anchor")
    assert "整条链完好" in told(data, "audit", "verify")
    report = json.loads(told(data, "audit", "verify", "--json"))
    assert report == {"sealed": 2, "unsealed": 0, "broken": 0, "anchors": 1, "first": None}
    with sqlite3.connect(data / "huiqi.sqlite3") as database:
        database.execute("DROP TRIGGER audit_auditentry_no_update")
        database.execute("UPDATE audit_auditentry SET subject_name = '1d' WHERE id = 1")
    database.close()
    found = huiqi(data, "audit", "verify")
    assert found.returncode == 1
    assert "第一处问题：第 1 号封条与它的记录（编号 1）对不上" in found.stdout


def test_an_anchor_kept_elsewhere_is_held_against_the_chain(data: Path, tmp_path: Path) -> None:
    told(data, "audit", "seal", "--once")
    anchor = tmp_path / "elsewhere.json"
    digests = {"sm3": "0" * 64, "sha256": "0" * 64}
    anchor.write_text(json.dumps({"day": "2026-11-24", "sequence": 2, **digests}), encoding="utf-8")
    found = huiqi(data, "audit", "verify", "--anchor", str(anchor))
    assert (found.returncode, "2026-11-24 的锚点不符" in found.stdout) == (1, True)
    spoilt = huiqi(data, "audit", "verify", "--anchor", str(tmp_path))
    assert (spoilt.returncode, "锚点文件" in spoilt.stderr) == (1, True)
