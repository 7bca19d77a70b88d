"""`huiqi checked` and `huiqi reports`, in processes of their own on a data folder of their own."""

import json
from pathlib import Path

import pytest

from tests.cli.test_site import huiqi

ITEM = "jz-tour-coach-2026"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has been prepared once, by the command that prepares one without serving it."""
    folder = tmp_path_factory.mktemp("site")
    empty = folder / "nobody.csv"
    empty.write_text("credit_code,name\n", encoding="utf-8")
    prepared = huiqi(folder, "register", "--businesses", str(empty))
    assert prepared.returncode == 0, prepared.stderr
    return folder


def test_items_are_noted_as_checked_once(data: Path) -> None:
    first = huiqi(data, "checked", ITEM, "cn-tax-vat-1pct", "--by", "张三", "--on", "2026-01-31")
    assert (first.returncode, first.stdout) == (0, "已记下 2 项\n"), first.stderr
    again = huiqi(data, "checked", ITEM, "--by", "张三", "--on", "2026-01-31")
    assert again.stdout == "已记下 0 项，1 项早已记过\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "张三"], "请写事项编号"),
        ([ITEM], "还缺 --by"),
        ([ITEM, "--by", "张三", "--on", "昨天"], "不是日期"),
        ([ITEM, "--by", "张三", "--on", "2999-01-01"], "不能晚于今天"),
        (["jz-tour-coach-2066", "--by", "张三"], "没有编号为 jz-tour-coach-2066 的事项，是不是"),
        ([ITEM, "--by", ""], "姓名"),
    ],
)
def test_what_cannot_be_noted_is_told_in_one_sentence(data: Path, arguments: list[str], said: str) -> None:
    result = huiqi(data, "checked", *arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_reports_are_listed_and_contacts_only_where_asked_for(data: Path) -> None:
    assert huiqi(data, "reports").stdout == "共 0 条\n"
    assert json.loads(huiqi(data, "reports", "--json", "--contacts").stdout) == []
    assert huiqi(data, "reports", "--forget").stdout == "已删掉 0 条到期的联系方式\n"
