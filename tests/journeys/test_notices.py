"""消息 on a phone and on a desktop: read, ticked off, and told how one wants to be told."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import LARGE_AND_NOT, Visit, press
from tests.support.serving import free_port, serving
from tests.support.shared import ROOT

LONGEST_SECONDS = 30


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("telling")


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[str]:
    """A site of its own, with its worker, as `huiqi serve` runs it."""
    with serving(data, free_port()) as address:
        yield address


@pytest.fixture
def reader(visit: Visit, data: Path) -> Iterator[Visit]:
    """Somebody signed in who has been told this and that."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    told = subprocess.run(
        [sys.executable, "-m", "tests.journeys.telling"],
        env={**known, "HUIQI_DATA": str(data)},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    cookie = {"name": "sessionid", "value": told.stdout.split()[-1], "url": visit.home}
    visit.page.context.add_cookies([cookie])
    yield visit
    visit.page.context.clear_cookies(name="sessionid")


@pytest.mark.parametrize("visit", LARGE_AND_NOT, indirect=True)
def test_notices_are_read_and_every_page_of_them_has_no_fault(reader: Visit) -> None:
    page, faults = reader.page, {}
    reader.go("/about/")
    page.get_by_role("link", name="消息 25 条没看").click()
    expect(page.get_by_text("有 25 条没看")).to_be_visible()
    faults["list"] = reader.faults()
    reader.picture("notices")
    with reader.in_contrast():
        faults["list, contrast"] = reader.faint_words()
    press(page.get_by_role("button", name=re.compile("知道了.*请补材料")))
    expect(page.get_by_text("有 24 条没看")).to_be_visible()
    page.get_by_role("link", name="下一页").click()
    faults["second page"] = reader.faults()
    press(page.get_by_role("button", name="24 条全部标为已读"))
    expect(page.get_by_text("都看过了")).to_be_visible()
    page.get_by_role("link", name="没看的").click()
    faults["nothing unread"] = reader.faults()
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("visit", LARGE_AND_NOT, indirect=True)
def test_an_address_is_confirmed_by_the_code_the_worker_sends(reader: Visit, data: Path) -> None:
    page, faults, before = reader.page, {}, len(_codes(data))
    reader.go("/notices/choices/")
    faults["choices"] = reader.faults()
    page.get_by_label("填一个邮箱").fill("zhang")
    press(page.get_by_role("button", name="发确认码"))
    faults["no address"] = reader.faults()
    page.get_by_label("填一个邮箱").fill("zhang@example.com")
    press(page.get_by_role("button", name="发确认码"))
    page.get_by_label("邮件里的 6 位确认码").fill("12")
    press(page.get_by_role("button", name="确认邮箱"))
    faults["no code"] = reader.faults()
    page.get_by_label("邮件里的 6 位确认码").fill(_code_after(data, before))
    press(page.get_by_role("button", name="确认邮箱"))
    expect(page.get_by_text("已保存")).to_be_visible()
    faults["confirmed"] = reader.faults()
    reader.picture("notices-choices")
    with reader.in_contrast():
        faults["choices, contrast"] = reader.faint_words()
    assert {name: found for name, found in faults.items() if found} == {}


def _code_after(data: Path, count: int) -> str:
    """The code in the mail the worker of the site writes when there were ``count`` before; waited for."""
    pause = Event()
    for _ in range(LONGEST_SECONDS * 10):
        if len(codes := _codes(data)) > count:
            return codes[-1]
        pause.wait(0.1)
    raise AssertionError("no code came")


def _codes(data: Path) -> list[str]:
    kept = data / "messages.jsonl"
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    texts = [json.loads(line)["text"] for line in lines]
    return [text.partition("确认码是 ")[2][:6] for text in texts if "确认码是" in text]
