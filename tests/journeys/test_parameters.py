"""A number is changed by two people, and anybody reads what it will be."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import LARGE_AND_NOT, MODES, Visit, tap
from tests.support.serving import free_port, serving
from tests.support.signing_in import session_of

NUMBERS = {"phone-normal": 5, "phone-elder": 6, "desktop-normal": 8, "desktop-elder": 9}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """A site, and the sessions of who proposes and of who agrees."""
    folder = tmp_path_factory.mktemp("numbers")
    with serving(folder, free_port()) as address:
        one = session_of(folder, "system_admin", "platform", "温县演示平台甲")
        yield address, one, session_of(folder, "security_admin", "platform", "温县演示平台乙")


@pytest.mark.parametrize("screen_mode", LARGE_AND_NOT)
def test_a_number_is_proposed_agreed_to_and_read_by_anybody(
    hall: tuple[str, str, str], contexts: dict[str, BrowserContext], screen_mode: str
) -> None:
    screen, _, mode = screen_mode.partition("-")
    context, number, faults = contexts[screen], NUMBERS[screen_mode], {}
    context.clear_cookies()
    context.add_cookies([{"name": "modes", "value": MODES[mode], "url": hall[0]}])
    visit = Visit(context.new_page(), hall[0], screen, mode)
    visit.watch()
    acting(visit, hall[1])
    visit.go("/accounts/")
    visit.page.get_by_role("link", name="办事数字").click()
    visit.page.get_by_role("link", name="报错的答复时限").click()
    visit.page.get_by_role("link", name="提出修改").click()
    faults["form"] = visit.faults()
    visit.page.get_by_label("改成多少").fill(str(number))
    visit.page.get_by_label("从哪天起").fill(str(date.today() + timedelta(days=number)))  # noqa: DTZ011
    visit.page.get_by_label("为什么要改").fill("人手够了")
    tap(visit.page, "下一步")
    expect(visit.page.locator("blockquote")).to_contain_text(f"改为 {number} 个工作日")
    faults["preview"] = visit.faults()
    tap(visit.page, "提交")
    expect(visit.page.get_by_text("等另一个人同意。")).to_be_visible()
    acting(visit, hall[2])
    visit.page.reload()
    faults["decision"] = visit.faults()
    visit.page.get_by_role("button", name="同意", exact=True).click()
    expect(visit.page.get_by_text("已同意。")).to_be_visible()
    context.clear_cookies(name="sessionid")
    visit.go("/parameters/")
    expect(visit.page.get_by_text(f"起 {number} 个工作日")).to_be_visible()
    faults["list"] = visit.faults()
    visit.go("/parameters/library.answer_days/")
    faults["history"] = visit.faults()
    visit.page.close()
    assert ({name: found for name, found in faults.items() if found}, visit.complaints) == ({}, [])


def acting(visit: Visit, session: str) -> None:
    visit.page.context.add_cookies([{"name": "sessionid", "value": session, "url": visit.home}])
