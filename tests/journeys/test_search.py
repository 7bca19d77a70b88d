"""An owner searches in the words that come to mind, on a phone and at a desk."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

SEARCHES = {"words": "摆摊 补贴", "slip": "稳刚返还", "nothing": "鹿茸", "sound": "wengang"}


@pytest.mark.parametrize("name", SEARCHES)
def test_what_a_search_shows_has_no_fault(visit: Visit, name: str) -> None:
    visit.go(f"/policies/?q={quote(SEARCHES[name])}")
    expect(visit.page.locator(".entries li").first).to_be_visible()
    assert visit.faults() == []
    visit.picture(f"search-{name}")


def test_from_a_slip_to_the_item_with_the_keyboard_alone(visit: Visit) -> None:
    visit.go("/policies/")
    visit.page.get_by_role("searchbox").focus()
    visit.page.keyboard.type("稳刚返还")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_text("您是不是要找")).to_be_visible()
    visit.page.get_by_role("link", name="稳岗返还", exact=True).press("Enter")
    expect(visit.page.get_by_role("searchbox")).to_have_value("稳岗返还")
    visit.page.get_by_role("link", name="焦作失业保险稳岗返还").first.press("Enter")
    expect(visit.page.locator("h1")).to_have_text("焦作失业保险稳岗返还(2025)")


def test_a_search_keeps_its_words_when_it_turns_to_other_places(visit: Visit) -> None:
    visit.go(f"/policies/?q={quote('开业补贴')}")
    visit.page.get_by_role("link", name="外地还有").click()
    expect(visit.page.get_by_role("searchbox")).to_have_value("开业补贴")
    expect(visit.page.locator(".title .lead")).to_contain_text("只供参考")


def test_suggestions_come_while_typing_and_go_by_escape(visit: Visit) -> None:
    visit.go("/policies/")
    box, offers = visit.page.get_by_role("searchbox"), visit.page.locator("#search-offers a")
    box.focus()
    visit.page.keyboard.type("稳岗", delay=30)
    expect(offers.filter(has_text="焦作失业保险稳岗返还")).to_be_visible()
    expect(visit.page.locator("#search-said")).to_have_text(re.compile("有 3 条建议"))
    assert visit.faults(is_covered=True) == []
    visit.picture("search-offers", whole=False)
    visit.page.keyboard.press("Escape")
    expect(offers).to_have_count(0)
    expect(box).to_be_focused()
    expect(box).to_have_value("稳岗")


def test_a_suggestion_is_reached_by_tab_and_followed(visit: Visit) -> None:
    visit.go("/")
    visit.page.get_by_role("searchbox").focus()
    visit.page.keyboard.type("wengang", delay=30)
    expect(visit.page.locator("#search-offers a").first).to_contain_text("稳岗")
    visit.picture("home-offers", whole=False)
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Tab")
    expect(visit.page.locator("#search-offers a").first).to_be_focused()
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("searchbox")).to_have_value("稳岗")


def test_suggestions_are_out_of_the_way_once_the_search_is_left(visit: Visit) -> None:
    visit.go("/")
    visit.page.get_by_role("searchbox").focus()
    visit.page.keyboard.type("贷款", delay=30)
    expect(visit.page.locator("#search-offers a").first).to_be_visible()
    visit.page.locator("h1").click()
    expect(visit.page.locator("#search-offers a").first).to_be_hidden()


def test_a_suggestion_is_followed_by_a_tap(visit: Visit) -> None:
    visit.go("/policies/")
    visit.page.get_by_role("searchbox").click()
    visit.page.keyboard.type("大巴", delay=30)
    visit.page.locator("#search-offers").get_by_role("link", name="焦作大巴车队奖励", exact=True).click()
    expect(visit.page.locator("h1")).to_have_text("焦作大巴车队奖励")
