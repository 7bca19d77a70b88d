"""An owner searches in the words that come to mind, on a phone and at a desk."""

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
