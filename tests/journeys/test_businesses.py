"""An owner fills in a fact of the sheet, sees it marked as their own, and erases it again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import LARGE_AND_NOT, MODES, Visit, tap
from tests.support.serving import free_port, serving
from tests.support.signing_in import session_of


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A site, and the session of an owner there."""
    folder = tmp_path_factory.mktemp("businesses")
    with serving(folder, free_port()) as address:
        yield address, session_of(folder, "owner", "business", "温县试用面馆")


@pytest.fixture(params=LARGE_AND_NOT)
def owner(
    request: pytest.FixtureRequest, shop: tuple[str, str], contexts: dict[str, BrowserContext]
) -> Iterator[Visit]:
    screen, _, mode = request.param.partition("-")
    context = contexts[screen]
    context.clear_cookies()
    context.add_cookies([{"name": "modes", "value": MODES[mode], "url": shop[0]}])
    context.add_cookies([{"name": "sessionid", "value": shop[1], "url": shop[0]}])
    visit = Visit(context.new_page(), shop[0], screen, mode)
    visit.watch()
    yield visit
    visit.page.close()
    assert visit.complaints == []


def test_a_fact_is_filled_in_and_erased_again(owner: Visit) -> None:
    page, faults = owner.page, {}
    owner.go("/businesses/")
    faults["own"] = owner.faults()
    page.get_by_role("link", name="看企业档案").click()
    expect(page.locator("h1")).to_have_text("温县试用面馆")
    faults["sheet"] = owner.faults()
    owner.go("/businesses/sheet/employees/change/")
    faults["change"] = owner.faults()
    page.locator("#i-employees").fill("4")
    tap(page, "存到档案")
    expect(page.get_by_text("存好了")).to_be_visible()
    expect(page.get_by_text("4 人").first).to_be_visible()
    faults["fact"] = owner.faults()
    page.get_by_role("link", name="删掉我填的").click()
    faults["erase"] = owner.faults()
    tap(page, "确定删掉")
    expect(page.get_by_text("内容已删掉").first).to_be_visible()
    owner.go("/businesses/bind/")
    faults["bind"] = owner.faults()
    assert {name: found for name, found in faults.items() if found} == {}
