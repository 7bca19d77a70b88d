"""A reported mistake goes its way: found on the desk, taken, answered, and read by who reported it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import LARGE_AND_NOT, MODES, Visit, press, tap
from tests.support.serving import free_port, serving
from tests.support.signing_in import session_of

ITEM = "/policies/jz-tour-coach-2026/"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A site, and the session of who handles its reports."""
    folder = tmp_path_factory.mktemp("cases")
    with serving(folder, free_port()) as address:
        yield address, session_of(folder, "support", "platform", "温县演示平台运营")


@pytest.fixture(params=LARGE_AND_NOT)
def officer(
    request: pytest.FixtureRequest, office: tuple[str, str], contexts: dict[str, BrowserContext]
) -> Iterator[Visit]:
    """A browser that is a visitor's until `sign_in` makes it the officer's."""
    screen, _, mode = request.param.partition("-")
    context = contexts[screen]
    context.clear_cookies()
    context.add_cookies([{"name": "modes", "value": MODES[mode], "url": office[0]}])
    visit = Visit(context.new_page(), office[0], screen, mode)
    visit.watch()
    yield visit
    visit.page.close()
    assert visit.complaints == []


def test_a_mistake_is_reported_taken_and_answered(officer: Visit, office: tuple[str, str]) -> None:
    page, faults = officer.page, {}
    receipt = report(officer)
    faults["receipt"] = officer.faults()
    page.context.add_cookies([{"name": "sessionid", "value": office[1], "url": office[0]}])
    officer.go("/about/")
    page.get_by_role("link", name="办件台").click()
    page.get_by_role("link", name="没人接手的").click()
    faults["desk"] = officer.faults()
    officer.picture("cases-desk")
    page.get_by_role("row").get_by_role("link", name="焦作大巴车队奖励").first.click()
    expect(page.locator("h1")).to_contain_text("焦作大巴车队奖励")
    expect(page.get_by_text("电话打不通")).to_be_visible()
    faults["case"] = officer.faults()
    officer.picture("cases-case")
    tap(page, "接手核对")
    expect(page.get_by_text("核对中").first).to_be_visible()
    look_at_dialogs(officer, faults)
    page.get_by_label("写给对方的话").fill("电话已经更正。")
    press(page.get_by_role("button", name="答复：已改").first)
    expect(page.get_by_text("电话已经更正。")).to_be_visible()
    page.context.clear_cookies(name="sessionid")
    page.goto(receipt)
    expect(page.get_by_text("电话已经更正。")).to_be_visible()
    assert {name: found for name, found in faults.items() if found} == {}


def report(visitor: Visit) -> str:
    """Report a mistake and return the address at which its reporter follows it."""
    page = visitor.page
    visitor.go(f"{ITEM}mistake/")
    page.get_by_text("怎么办、材料、电话写错了").click()
    page.locator("textarea").fill("电话打不通")
    tap(page, "送出")
    page.get_by_role("link", name="看进展").click()
    expect(page.get_by_role("heading", name="经过")).to_be_visible()
    return page.url


def look_at_dialogs(officer: Visit, faults: dict[str, list[str]]) -> None:
    page, case = officer.page, officer.page.url
    for name, link in (("pause", "暂停计时"), ("transfer", "转交")):
        page.get_by_role("link", name=link, exact=True).click()
        expect(page.locator("h1")).to_have_text(link)
        faults[name] = officer.faults()
        page.goto(case)
