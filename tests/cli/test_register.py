"""`huiqi register` and the demo city's register, as an operator runs them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet

from huiqi.catalogue.paths import shipped_path
from tests.support import shared

HEAD = "credit_code,name,operator,entity_type,region_code,industry_code,established_on\n"
GOOD = f"{HEAD}92410825MATE0001XX,温县刘德华面馆,刘德华,individual_business,410825,H6210,2024-05-20\n"
FIND = """
from huiqi.cli.site import site; site()
from huiqi.foundation.businesses.queries import find_registration
print(find_registration({code!r}))
"""
COUNT = """
from huiqi.cli.site import site; site()
from huiqi.foundation.businesses.actions.demo import DEMO_CODE
from huiqi.foundation.businesses.models import Registration
print(Registration.objects.exclude(credit_code=DEMO_CODE).count())
"""


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    inside = {**known, "HUIQI_DATA": str(data)}
    return subprocess.run(
        [sys.executable, *arguments], env=inside, capture_output=True, text=True, check=False
    )


def load(data: Path, file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run(data, "-m", "huiqi.cli", "register", f"--businesses={file}", *options)


def test_a_register_is_loaded_twice_as_once_and_found_by_code(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(GOOD, encoding="utf-8")
    first = load(tmp_path, tmp_path / "r.csv", "--as-of=2026-11-20")
    assert (first.returncode, first.stderr) == (0, "")
    assert "登记册：新增 1 户，更新 0 户，不变 0 户" in first.stdout
    assert (
        "新增 0 户，更新 0 户，不变 1 户" in load(tmp_path, tmp_path / "r.csv", "--as-of=2026-11-20").stdout
    )
    found = run(tmp_path, "-c", FIND.format(code="92410825MATE0001XX")).stdout
    assert "温县刘**面馆" in found
    assert "登记机关" in found
    assert "刘德华" not in found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{GOOD}92410825MATE0002XX,面馆,,individual_business,410825,H6210,去年\n", "第 3 行"),
        ("a,b\n1,2\n", "没有这一列"),
        ("", "文件是空的"),
    ],
)
def test_a_table_with_a_fault_is_told_in_a_sentence_and_nothing_is_kept(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    done = load(tmp_path, tmp_path / "r.csv")
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("错误：")
    assert done.stderr.count("\n") == 1
    if (tmp_path / "huiqi.sqlite3").exists():
        assert run(tmp_path, "-c", FIND.format(code="92410825MATE0001XX")).stdout.strip() == "None"


@pytest.mark.parametrize("options", [("--source=",), (f"--source={'长' * 41}",)])
def test_a_source_without_a_name_is_refused(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "r.csv").write_text(GOOD, encoding="utf-8")
    done = load(tmp_path, tmp_path / "r.csv", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--source" in done.stderr


def test_the_real_register_is_loaded_by_the_shipped_map(tmp_path: Path) -> None:
    file = shared.path("data/registry/registry_jiaozuo.parquet")
    done = load(tmp_path, file, f"--columns={shipped_path() / 'columns' / 'registry.yaml'}")
    assert done.returncode == 0, done.stderr
    assert "登记册：新增 4,884 户" in done.stdout


def test_the_demo_brings_its_city_into_the_register_once(tmp_path: Path) -> None:
    prepare = "from huiqi.cli.site import site; print(site().prepare_demo({count}))"
    first = run(tmp_path, "-c", prepare.format(count=60))
    assert "60 户都能按统一社会信用代码查到" in first.stdout, first.stderr
    assert run(tmp_path, "-c", prepare.format(count=60)).returncode == 0
    rows = parquet.read_table(tmp_path / "demo-city.parquet").to_pylist()
    one = next(row for row in rows if row["operator"])
    found = run(tmp_path, "-c", FIND.format(code=one["credit_code"])).stdout
    assert "演示城市的登记册" in found
    assert one["operator"] not in found
    assert run(tmp_path, "-c", COUNT).stdout.strip() == "60"
    run(tmp_path, "-c", prepare.format(count=20))
    assert run(tmp_path, "-c", COUNT).stdout.strip() == "20"
