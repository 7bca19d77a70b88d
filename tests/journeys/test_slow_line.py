"""A line that is slow or breaks: a sign to wait, a double click sent once, nothing lost."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.journeys.conftest import SCREENS, Visit
from tests.journeys.test_noodle_shop import fill_the_form

SIGN_IS_SEEN = """() => {
  const sign = getComputedStyle(document.documentElement, '::after');
  return sign.content.includes('请稍等') && sign.visibility === 'visible' && sign.opacity === '1';
}"""
# What a browser remarks when a test cuts its line or keeps the worker out.
CUT_ON_PURPOSE = re.compile("net::ERR_|^htmx:|status of 503|Error Code 503|blocked by Playwright")


@pytest.fixture(params=sorted(SCREENS))
def line(request: pytest.FixtureRequest, site: str, browser: Browser) -> Iterator[Visit]:
    """A visitor whose line the test holds in its hand: no worker stands between."""
    context = browser.new_context(locale="zh-CN", service_workers="block", **SCREENS[request.param])
    line = Visit(context.new_page(), site, request.param)
    line.watch()
    yield line
    context.close()
    assert [each for each in line.complaints if not CUT_ON_PURPOSE.search(each)] == []


def test_a_page_that_takes_its_time_says_that_it_is_coming(line: Visit) -> None:
    line.go("/about/")
    # To "no content" a browser stays on the page it has, as it does while it waits for the next.
    line.page.route(re.compile("/policies/$"), lambda route: route.fulfill(status=204))
    assert line.page.evaluate(SIGN_IS_SEEN) is False
    line.page.get_by_role("link", name="政策", exact=True).click()
    line.page.wait_for_function(SIGN_IS_SEEN)
    line.picture("waiting", whole=False)
    line.page.unroute_all()
    line.page.get_by_role("link", name="政策", exact=True).click()
    expect(line.page).to_have_url(re.compile("/policies/$"))
    assert line.page.evaluate(SIGN_IS_SEEN) is False


@pytest.mark.parametrize("failure", ["cut", "refused"])
def test_a_part_that_does_not_come_is_said_and_the_words_stay(line: Visit, failure: str) -> None:
    page = line.page
    line.go("/policies/")
    address = re.compile("/policies/suggest")
    page.route(address, lambda route: route.abort() if failure == "cut" else route.fulfill(status=503))
    box = page.get_by_role("searchbox")
    box.focus()
    page.keyboard.type("稳岗", delay=30)
    said = page.locator("#said[role=status]")
    expect(said).to_contain_text("刚才的操作没有做成，您填的都还在。")
    expect(said).to_be_in_viewport()
    expect(box).to_have_value("稳岗")
    assert line.faults() == []
    line.picture(f"part-{failure}", whole=False)
    page.unroute(address)
    page.keyboard.type("返还", delay=30)
    expect(said).to_be_empty()


def posts(line: Visit) -> list[str]:
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url)

    line.page.on("request", note)
    return sent


def test_a_double_click_sends_a_form_once(line: Visit) -> None:
    line.go("/matching/")
    fill_the_form(line.page)
    sent = posts(line)
    line.page.get_by_role("button", name="接着答").dblclick(no_wait_after=True)
    expect(line.page.locator("h1")).to_have_text("第 1 题")
    assert len(sent) == 1


def test_the_second_half_of_a_double_click_skips_no_question(line: Visit) -> None:
    page, began = line.page, datetime(2026, 11, 24, 10, 32, tzinfo=UTC)
    line.go("/matching/")
    fill_the_form(page)
    page.get_by_role("button", name="接着答").click()
    expect(page.locator("h1")).to_have_text("第 1 题")
    page.clock.set_fixed_time(began)
    page.get_by_role("button", name="不清楚，先跳过").click()
    expect(page.locator("h1")).to_have_text("第 2 题")
    sent = posts(line)
    page.clock.set_fixed_time(began + timedelta(milliseconds=200))
    page.get_by_role("button", name="不清楚，先跳过").click()
    assert sent == []
    page.clock.set_fixed_time(began + timedelta(seconds=2))
    page.get_by_role("button", name="不清楚，先跳过").click()
    expect(page.locator("h1")).to_have_text("第 3 题")


def test_a_form_that_was_sent_can_be_sent_again_after_going_back(line: Visit) -> None:
    line.go("/matching/")
    fill_the_form(line.page)
    line.page.get_by_role("button", name="看结果").click()
    expect(line.page.locator("h1")).to_have_text("您能享受什么")
    line.page.go_back()
    expect(line.page.locator("h1")).to_have_text("看看能享受什么")
    line.page.get_by_role("button", name="看结果").click()
    expect(line.page.locator("h1")).to_have_text("您能享受什么")
