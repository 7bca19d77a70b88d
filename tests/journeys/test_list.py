"""The list is narrowed without a reload, survives one, and puts first what suits a visitor who answered."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.test_noodle_shop import answer_the_form


def test_choices_narrow_the_list_without_a_reload_and_stay_in_the_address(visit: Visit) -> None:
    visit.go("/policies/")
    page = visit.page
    page.evaluate("window.notReloaded = true")
    total = page.locator("#found h2").inner_text()
    page.get_by_role("link", name="减税降费").click()
    expect(page.locator("#found h2")).not_to_have_text(total)
    expect(page.get_by_role("link", name="减税降费")).to_be_focused()
    expect(page.locator("#list-said")).to_have_text(page.locator("#found h2").inner_text())
    page.get_by_text("更多挑选").click()
    page.get_by_role("link", name="个体户", exact=True).click()
    expect(page).to_have_url(re.compile("group=tax&who=individual"))
    expect(page.get_by_role("link", name="个体户", exact=True)).to_be_focused()
    narrowed = page.locator("#found h2").inner_text()
    page.locator("#more-who-1").click()
    expect(page).to_have_url(re.compile(r"group=tax$"))
    expect(page.locator("#more-who-1")).to_be_visible()
    assert page.evaluate("window.notReloaded")
    page.go_back()
    expect(page.locator("#found h2")).to_have_text(narrowed)
    assert visit.faults() == []
    page.reload()
    expect(page.locator("#found h2")).to_have_text(narrowed)
    page.locator(".entry-title a").first.click()
    expect(page.get_by_role("heading", name="给谁")).to_be_visible()


def test_a_search_and_the_next_page_come_without_a_reload_too(visit: Visit) -> None:
    visit.go("/policies/")
    page = visit.page
    page.evaluate("window.notReloaded = true")
    page.get_by_role("link", name="下一页").click()
    expect(page.get_by_text("第 2 页")).to_be_visible()
    expect(page.locator("#found h2")).to_be_in_viewport()
    page.get_by_role("searchbox").fill("稳岗")
    page.keyboard.press("Enter")
    expect(page.locator("#found h2")).to_have_text("“稳岗”找到 2 项")
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page.evaluate("window.notReloaded")
    page.get_by_role("searchbox").fill("")
    page.keyboard.type("大巴", delay=30)
    page.locator("#search-offers").get_by_role("link", name="焦作大巴车队奖励", exact=True).click()
    expect(page.locator("h1")).to_have_text("焦作大巴车队奖励")


def test_what_suits_comes_first_and_the_plain_list_is_one_tap_away(visit: Visit) -> None:
    visit.go("/matching/")
    answer_the_form(visit.page)
    visit.go("/policies/")
    page = visit.page
    first = page.locator(".entries > li").first
    expect(first.locator(".mark")).to_have_text("符合")
    page.get_by_role("link", name="不按我的情况排").click()
    expect(page.get_by_role("link", name="按我的情况排", exact=True)).to_be_focused()
    expect(page.locator(".entries .mark")).to_have_count(0)
    page.get_by_role("link", name="按我的情况排", exact=True).click()
    expect(first.locator(".mark")).to_have_text("符合")
    for name, query in (("list-own", ""), ("list-plain", "order=plain"), ("search-own", "q=贷款")):
        visit.go(f"/policies/?{query}")
        assert visit.faults() == []
        visit.picture(name, whole=False)
