"""An officer's look is seen by the owner it is about, and found by an auditor."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import LARGE_AND_NOT, MODES, Visit, tap
from tests.support.looking import KeptLooks, kept_looks
from tests.support.serving import free_port, serving


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, KeptLooks]]:
    """A site in which an officer looked thirty times, and the sessions of the owner and of an auditor."""
    folder = tmp_path_factory.mktemp("looks")
    with serving(folder, free_port()) as address:
        yield address, kept_looks(folder)


@pytest.fixture(params=LARGE_AND_NOT)
def reader(
    request: pytest.FixtureRequest, looked: tuple[str, KeptLooks], contexts: dict[str, BrowserContext]
) -> Iterator[Visit]:
    screen, _, mode = request.param.partition("-")
    context = contexts[screen]
    context.clear_cookies()
    context.add_cookies([{"name": "modes", "value": MODES[mode], "url": looked[0]}])
    visit = Visit(context.new_page(), looked[0], screen, mode)
    visit.watch()
    yield visit
    visit.page.close()
    assert visit.complaints == []


def test_an_owner_sees_the_look_and_an_auditor_finds_and_takes_it(
    reader: Visit, looked: tuple[str, KeptLooks]
) -> None:
    page, faults = reader.page, {}
    sign_in(reader, looked[1].owner)
    reader.go("/accounts/")
    page.get_by_role("link", name="谁看过我的信息").click()
    page.get_by_role("link", name="本单位的").click()
    expect(page.get_by_text("核对第 29 件")).to_be_visible()
    expect(page.get_by_text("温县演示市场监管局 工作人员").first).to_be_visible()
    faults["looks"] = reader.faults()
    reader.picture("looks-owner")
    page.get_by_role("link", name="更早的").click()
    expect(page.get_by_text("核对第 0 件")).to_be_visible()
    sign_in(reader, looked[1].auditor)
    reader.go("/accounts/")
    page.get_by_role("link", name="审计记录").click()
    page.get_by_label("做了什么").select_option(label="看了办件")
    tap(page, "查")
    faults["log"] = reader.faults()
    reader.picture("looks-log")
    page.get_by_role("link", name="看了办件：营业执照写错了").first.click()
    expect(page.get_by_text("内容和封条对得上")).to_be_visible()
    faults["entry"] = reader.faults()
    page.get_by_role("link", name="温县演示面馆").click()
    page.get_by_label("导出来做什么用").fill("年度检查")
    with page.expect_download() as taken:
        tap(page, "导出为表格")
    rows = list(csv.reader(StringIO(Path(taken.value.path()).read_text(encoding="utf-8-sig"))))
    assert "用途：年度检查" in rows[0][0]
    assert sum(row[5] == "看了办件" for row in rows[1:]) == 30
    assert {name: found for name, found in faults.items() if found} == {}


def sign_in(reader: Visit, session: str) -> None:
    reader.page.context.add_cookies([{"name": "sessionid", "value": session, "url": reader.home}])
