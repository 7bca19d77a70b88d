"""What an office sends out, on a phone: a notice, and a PDF with a number; both taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import MODES, Visit, tap
from tests.support.serving import free_port, serving
from tests.support.signing_in import session_of


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("announcing")
    with serving(folder, free_port()) as address:
        yield address, folder


@pytest.fixture(params=["normal", "elder"])
def head(request: pytest.FixtureRequest, office, contexts) -> Iterator[Visit]:
    """A head of a department, who has one colleague, on a phone."""
    address, folder = office
    place = f"焦作市演示商务局{request.node.name}"
    session_of(folder, "officer", "department", place)
    cookies = {
        "modes": MODES[request.param],
        "sessionid": session_of(folder, "department_head", "department", place),
    }
    context = contexts["phone"]
    context.clear_cookies()
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    visit = Visit(context.new_page(), address, "phone", request.param)
    visit.watch()
    yield visit
    visit.page.close()
    assert visit.complaints == []


def test_what_is_told_is_seen_first_and_can_be_taken_back(head: Visit) -> None:
    visit, page, faults = head, head.page, {}
    visit.go("/home/")
    page.get_by_role("link", name="写一条通知").click()
    expect(page.locator("h1")).to_have_text("写一条通知")
    faults["form"] = visit.faults()
    page.get_by_text("本单位的同事").click()
    page.get_by_label("标题").fill("周五上午开会")
    page.get_by_label("内容").fill("12月4日（周五）上午九点，三楼会议室。\n请带上材料。")
    visit.picture("announce")
    tap(page, "下一步：看看会告诉谁")
    expect(page.get_by_text("现在还没有发")).to_be_visible()
    faults["preview"] = visit.faults()
    visit.picture("announce-preview")
    tap(page, "发出，告诉 1 人")
    expect(page.get_by_text("已发出")).to_be_visible()
    faults["sent"] = visit.faults()
    visit.picture("announced")
    page.get_by_role("link", name="发错了？撤回").click()
    page.get_by_label("为什么撤回？").fill("时间写错了")
    faults["withdraw"] = visit.faults()
    visit.picture("withdraw")
    tap(page, "撤回，并向收到的人道歉")
    expect(page.get_by_text("时间写错了")).to_be_visible()
    page.get_by_role("link", name="回到发出的通知").click()
    faults["list"] = visit.faults()
    visit.picture("announced-list")
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_pdf_is_looked_at_issued_and_revoked(head: Visit) -> None:
    page, faults, number = head.page, {}, f"演企惠〔2026〕{head.mode}号"
    head.go("/home/")
    page.get_by_role("link", name="出具一份").click()
    page.get_by_text("证明", exact=True).click()
    page.get_by_label("文号").fill(number)
    page.get_by_label("标题").fill("参加培训的证明")
    page.get_by_label("正文").fill("演示面馆参加了本局的培训。\n特此证明。")
    faults["form"] = head.faults()
    head.picture("issue")
    tap(page, "下一步：看一眼")
    expect(page.get_by_text("现在还没有出具")).to_be_visible()
    faults["preview"] = head.faults()
    head.picture("issue-preview")
    tap(page, "出具")
    expect(page.get_by_text(number)).to_be_visible()
    faults["list"] = head.faults()
    head.picture("issued")
    page.get_by_role("link", name=f"撤销 {number}").click()
    page.get_by_label("为什么撤销？").fill("日期写错了")
    faults["revoke"] = head.faults()
    head.picture("revoke")
    tap(page, "撤销这份文件")
    expect(page.get_by_text("原因：日期写错了")).to_be_visible()
    assert {name: found for name, found in faults.items() if found} == {}
