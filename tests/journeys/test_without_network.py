"""A phone that loses its network: what was seen opens, what was typed stays, what was cleared is gone."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import SCREENS, Visit, tap
from tests.journeys.test_noodle_shop import answer_the_form, fill_the_form

ITEM = "/policies/jz-tour-coach-2026/"
NO_NETWORK = re.compile("net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED")
IS_IN_CHARGE = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
KEPT = """caches.open('huiqi-pages').then(cache => cache.keys())
  .then(all => all.map(each => new URL(each.url).pathname))"""
# A network that is there in name only: the phone believes it has one.
BELIEVES = "Object.defineProperty(navigator, 'onLine', { get: () => true })"


@pytest.fixture(params=sorted(SCREENS))
def device(request: pytest.FixtureRequest, site: str, browser: Browser) -> Iterator[Visit]:
    """A visitor whose worker is in charge, on a device of its own."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **SCREENS[request.param])
    device = Visit(context.new_page(), site, request.param)
    device.watch()
    device.go("/about/")
    device.page.wait_for_function(IS_IN_CHARGE)
    yield device
    context.close()
    assert [each for each in device.complaints if not NO_NETWORK.search(each)] == []


def said(page: Page) -> Locator:
    """Where the frame of every page speaks by itself, to eyes and to readers."""
    return page.locator("#said[role=status]")


def lose_network(device: Visit) -> None:
    device.page.context.set_offline(True)


def wait_until_kept(page: Page, is_done: Callable[[list[str]], bool]) -> list[str]:
    """The worker keeps a page after it has been shown; the browser is asked until it has."""
    kept: list[str] = []
    for _ in range(100):
        kept = page.evaluate(KEPT)
        if is_done(kept):
            break
        page.wait_for_timeout(20)
    return kept


def test_a_page_seen_before_opens_and_says_since_when_it_is_known(device: Visit) -> None:
    device.go(ITEM)
    wait_until_kept(device.page, lambda kept: ITEM in kept)
    lose_network(device)
    device.go(ITEM)
    sentence = said(device.page)
    expect(sentence).to_have_text(
        re.compile(r"^现在没有网络。这是您 \d+月\d+日 \d+:\d\d 看过的内容，可能有变。$")
    )
    expect(device.page.get_by_role("heading", name="给谁")).to_be_visible()
    assert device.faults() == []
    device.picture("no-network-seen", whole=False)


def test_the_page_that_was_open_before_the_worker_came_is_kept_too(device: Visit) -> None:
    assert "/about/" in wait_until_kept(device.page, lambda kept: "/about/" in kept)


def test_a_page_never_seen_says_so_and_lists_those_that_are_kept(device: Visit) -> None:
    page = device.page
    device.go(ITEM)
    device.go("/matching/")
    wait_until_kept(page, lambda kept: len(kept) == 3)
    lose_network(device)
    device.go("/policies/?q=摆摊")
    expect(said(page)).to_have_text("现在没有网络，这一页还没有看过，打不开。")
    titles = page.locator(".shelf a").all_inner_texts()
    assert [title.split("\n")[0] for title in titles] == ["看看能享受什么", "焦作大巴车队奖励", "帮助"]
    assert device.faults() == []
    device.picture("no-network-unseen")
    page.get_by_role("link", name="焦作大巴车队奖励").click()
    expect(page.locator("h1")).to_have_text("焦作大巴车队奖励")
    device.page.context.set_offline(False)
    device.go("/policies/?q=摆摊")
    expect(page.get_by_role("searchbox")).to_have_value("摆摊")
    expect(said(page)).to_be_empty()


def test_no_more_than_thirty_pages_stay_and_the_oldest_goes_first(device: Visit) -> None:
    for number in range(1, 32):
        device.go(f"/policies/?page={number}&ended=1&place=elsewhere" if number < 31 else "/policies/")
    keys = """caches.open('huiqi-pages').then(cache => cache.keys()).then(all => all.map(each => each.url))"""
    kept: list[str] = []
    for _ in range(100):
        kept = device.page.evaluate(keys)
        if device.home + "/policies/" in kept and len(kept) == 30:
            break
        device.page.wait_for_timeout(20)
    assert len(kept) == 30
    assert device.home + "/about/" not in kept


@pytest.mark.parametrize("is_known", [True, False], ids=["known", "unknown-to-the-phone"])
def test_a_form_sent_into_nothing_stays_with_all_that_was_typed(device: Visit, is_known: bool) -> None:
    page = device.page
    if not is_known:
        page.add_init_script(BELIEVES)
    device.go("/matching/")
    fill_the_form(page)
    lose_network(device)
    tap(page, "看结果")
    expect(said(page)).to_have_text(re.compile("刚才的操作没有做成，您填的都还在"))
    expect(said(page)).to_be_in_viewport()
    expect(page.get_by_label("您主要做哪一行？")).to_have_value("H6210")
    assert device.faults() == []
    device.picture(f"not-sent-{is_known}".lower(), whole=False)
    page.context.set_offline(False)
    if is_known:
        expect(said(page)).to_have_text("网络好了，请再按一次刚才的按钮。")
    tap(page, "看结果")
    expect(page.locator("h1")).to_have_text("您能享受什么")


def test_results_open_without_network_and_clearing_answers_takes_them_from_the_device(device: Visit) -> None:
    page = device.page
    device.go("/matching/")
    answer_the_form(page)
    wait_until_kept(page, lambda kept: "/matching/results/" in kept)
    lose_network(device)
    device.go("/matching/results/")
    expect(said(page)).to_contain_text("现在没有网络")
    expect(page.get_by_text("温县 · 个体工商户 · 正餐服务")).to_be_visible()
    page.context.set_offline(False)
    device.go("/")
    wait_until_kept(page, lambda kept: "/" in kept)
    device.go("/matching/results/")
    tap(page, "清除回答")
    expect(page.locator("h1")).to_have_text("看看能享受什么")
    kept = wait_until_kept(page, lambda kept: "/matching/" in kept)
    assert sorted(kept) == ["/about/", "/matching/"]
    lose_network(device)
    device.go("/matching/results/")
    expect(said(page)).to_have_text("现在没有网络，这一页还没有看过，打不开。")


def test_an_answer_that_changes_takes_older_results_from_the_device(device: Visit) -> None:
    page = device.page
    device.go("/matching/")
    answer_the_form(page)
    device.go("/")
    wait_until_kept(page, lambda kept: {"/", "/matching/results/"} <= set(kept))
    device.go("/matching/questions/employees/?item=cn-tax-vat-1pct")
    page.locator("input[type=text]").fill("3")
    tap(page, re.compile("看结果"))
    expect(page).to_have_url(re.compile("/matching/items/"))
    kept = wait_until_kept(page, lambda kept: "/matching/items/cn-tax-vat-1pct/" in kept)
    assert sorted(kept) == ["/about/", "/matching/items/cn-tax-vat-1pct/"]


def test_the_list_of_kept_pages_can_be_cleared(device: Visit) -> None:
    page = device.page
    device.go(ITEM)
    wait_until_kept(page, lambda kept: ITEM in kept)
    device.go("/offline/")
    expect(page.locator(".shelf a").first).to_be_visible()
    tap(page, "清除这台设备上保存的页面")
    expect(said(page)).to_have_text("已经清除，这台设备上没有保存的页面了。")
    expect(page.get_by_text("现在还没有。")).to_be_visible()
    assert device.faults() == []
    assert page.evaluate(KEPT) == []
