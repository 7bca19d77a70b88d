"""What the command line says when it is typed wrongly, cut short, or read on a poor terminal."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from huiqi.cli import main


def run(*arguments: object) -> Result:
    words = [str(each) for each in arguments]
    return CliRunner().invoke(main, words, prog_name="huiqi", catch_exceptions=False)


def started(*arguments: object, **variables: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "huiqi.cli", *map(str, arguments)]
    environment = {**os.environ, **variables}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("match", "还缺 --businesses"),
        ("match --nosuch", "没有 --nosuch 这个选项"),
        ("match --busineses b.csv", "是不是 --businesses"),
        ("nosuch", "没有 nosuch 这个命令，只有 audit、"),
        ("--nosuch", "没有 --nosuch 这个选项"),
        ("demo --port abc", "--port 的值“abc”不行，请写 1 到 65535 之间的整数"),
        ("demo --port 99999999", "1 到 65535"),
        ("demo --host", "--host 写得不对"),
        ("lint --json=1", "--json 写得不对"),
        ("lint --as-of 2026-02-30", "--as-of 的值“2026-02-30”不是日期"),
        ("lint extra", "可能多写了"),
    ],
)
def test_a_command_typed_wrongly_is_told_in_one_chinese_line(typed: str, named: str) -> None:
    result = run(*typed.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("错误：")
    assert named in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["", *main.commands])
def test_help_speaks_chinese_and_nothing_else(command: str) -> None:
    said = run(*command.split(), "-h").stdout
    assert said.startswith("用法：huiqi")
    for english in ("Usage", "Options", "Commands", "Show", "required", "PATH", "TEXT", "INTEGER"):
        assert english not in said


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_a_terminal_without_every_character_gets_an_answer_and_no_traceback(encoding: str) -> None:
    process = started("match", "--businesses", "没有𬍛.csv", "--out", "x.parquet", PYTHONIOENCODING=encoding)
    said = process.communicate()[1].decode("gbk" if encoding == "gbk" else "utf-8")
    assert process.returncode == 2
    assert said.startswith("错误：没有")


def test_a_reader_who_leaves_early_is_no_mistake() -> None:
    process = started("lint", "--as-of", "2026-07-01")
    assert process.stdout is not None
    process.stdout.close()
    assert b"Traceback" not in process.communicate()[1]


def test_a_full_disk_is_told_in_one_line() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("本机没有 /dev/full，磁盘写满的情形没有试")
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "huiqi.cli", "lint", "--as-of", "2026-07-01"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (2, "错误：磁盘满了，写不下。请腾出空间再试\n")


def test_ctrl_c_ends_a_run_with_130_and_leaves_no_half_result(tmp_path: Path) -> None:
    source = tmp_path / "many.csv"
    rows = "".join(f"{number},individual_business\n" for number in range(300_000))
    source.write_text("business_id,entity_type\n" + rows, encoding="utf-8")
    begun = tmp_path / "begun"
    os.mkfifo(begun)  # an --as-of read from a pipe would block; the catalogue's map of columns does
    # A run in the background of a shell is deaf to Ctrl+C, and so would be whatever it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = started("match", "--businesses", source, "--columns", begun, "--out", tmp_path / "out.parquet")
    signal.signal(signal.SIGINT, before)
    with begun.open("w", encoding="utf-8"):  # opens only once the command reads: its imports are over
        process.send_signal(signal.SIGINT)
    # Closed before waiting: a signal taken by another thread does not wake the one that reads.
    said = process.communicate()[1].decode()
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert "已停止" in said
    assert {path.name for path in tmp_path.iterdir()} == {"many.csv", "begun"}


def test_a_device_or_a_folder_is_no_place_for_a_result(tmp_path: Path) -> None:
    source = tmp_path / "one.csv"
    source.write_text("business_id\n1\n", encoding="utf-8")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for out in (tmp_path, pipe):
        result = run("match", "--businesses", source, "--out", out)
        assert result.exit_code == 2
        assert "不是文件" in result.stderr
    assert pipe.is_fifo()


def test_a_wrong_setting_is_told_when_only_the_day_is_asked_of_it() -> None:
    process = started("lint", HUIQI_MODE="foo", DJANGO_SETTINGS_MODULE="huiqi.config.settings")
    said = process.communicate()[1].decode()
    assert process.returncode == 2
    assert said.startswith("错误：HUIQI_MODE 不能是“foo”")
    assert "--as-of" in said
