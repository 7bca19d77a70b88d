"""长辈版 and 高对比 as people use them; and pages zoomed, at rest, on paper, with rare characters."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, tap
from tests.journeys.test_noodle_shop import answer_the_form

ITEM = "/policies/jz-tour-coach-2026/"
PRINTED = {"item": ITEM, "results": "/matching/results/", "verdict": "/matching/items/jz-tour-coach-2026/"}
RARE = "𬱖䶮㛃𠮷𪚥"
MOVES = """[...document.querySelectorAll('*')].filter(each => {
  const style = getComputedStyle(each);
  return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => time !== '0s');
}).map(each => each.outerHTML.slice(0, 90))"""
# A fold is opened by the sheet with the next frame, not before.
NEXT_FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# In seconds.
LONGEST_MOVE = """Math.max(...[...document.querySelectorAll('*')].flatMap(each =>
  getComputedStyle(each).transitionDuration.split(', ').map(parseFloat)))"""


def test_one_tap_makes_the_page_large_and_another_brings_it_back(visit: Visit) -> None:
    page = visit.page
    visit.go("/policies/?q=" + quote("社保"))
    address = page.url
    tap(page, "长辈版")
    expect(page.locator("html.is-elder")).to_be_visible()
    assert page.url == address
    tap(page, "高对比")
    expect(page.locator("html.is-elder.is-contrast")).to_be_visible()
    tap(page, "标准版")
    tap(page, "普通")
    expect(page.locator("html:not([class])")).to_be_visible()
    assert page.url == address


@pytest.mark.parametrize("visit", ["desktop"], indirect=True)
def test_the_switch_comes_right_after_the_name_of_the_site(visit: Visit) -> None:
    visit.go("/about/")
    visit.page.get_by_role("link", name="焦个企惠").focus()
    for words in ("长辈版", "高对比"):
        visit.page.keyboard.press("Tab")
        expect(visit.page.get_by_role("button", name=words)).to_be_focused()


@pytest.mark.parametrize("visit", ["phone-both", "desktop-both"], indirect=True)
def test_large_and_in_contrast_together_have_no_fault(visit: Visit) -> None:
    """By the cookie; every page is checked so by the class alone."""
    for address in ("/", ITEM):
        visit.go(address)
        assert visit.faults() == [], address


@pytest.mark.parametrize("visit", ["phone", "phone-elder"], indirect=True)
@pytest.mark.parametrize("address", ["/", "/matching/", "/policies/", ITEM])
def test_a_page_at_twice_its_size_does_not_scroll_sideways(visit: Visit, address: str) -> None:
    """1280 px at 200 % are 640 px for the page; a phone gets letters twice as large instead."""
    visit.go(address)
    visit.page.set_viewport_size({"width": 640, "height": 400})
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 640
    visit.page.set_viewport_size({"width": 390, "height": 844})
    if visit.mode == "normal":
        visit.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_the_system_asks_for_contrast_and_gets_it_without_a_tap(visit: Visit) -> None:
    visit.page.emulate_media(contrast="more")
    visit.go("/policies/")
    expect(visit.page.get_by_role("button", name="高对比")).to_be_hidden()
    assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    visit.page.emulate_media(contrast="no-preference", forced_colors="active")
    assert visit.faults() == []
    visit.picture("forced-colors", whole=False)


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_nothing_moves_where_rest_is_asked_for_and_nothing_long_where_not(visit: Visit) -> None:
    visit.page.emulate_media(reduced_motion="reduce")
    visit.go("/policies/")
    assert visit.page.evaluate(MOVES) == []
    visit.page.emulate_media(reduced_motion="no-preference")
    assert 0 < visit.page.evaluate(LONGEST_MOVE) <= 0.2


@pytest.mark.parametrize("visit", ["desktop", "desktop-elder"], indirect=True)
def test_paper_shows_what_is_folded_and_says_when_and_that_it_decides_nothing(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    answer_the_form(page)
    for name, address in PRINTED.items():
        visit.go(address)
        assert len(hidden_folds(page)) == page.locator("details:not([open])").count(), name
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 718, "height": 1000})  # A4 less its margins
        page.evaluate(NEXT_FRAME)
        assert hidden_folds(page) == [], name
        expect(page.locator(".print-head")).to_contain_text("自测，不是审批决定")
        expect(page.locator(".print-head")).to_contain_text("生成于 20")
        expect(page.locator(".tabs")).to_be_hidden()
        expect(page.locator(".modes")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 718, name
        visit.picture(f"print-{name}")
        page.emulate_media(media="screen")


def hidden_folds(page: Page) -> list[str]:
    return page.evaluate("""[...document.querySelectorAll('details > :not(summary)')]
      .filter(each => !each.checkVisibility({contentVisibilityAuto: true}) || !each.offsetHeight)
      .map(each => each.innerText)""")


@pytest.mark.parametrize("visit", ["phone", "phone-elder"], indirect=True)
def test_rare_characters_are_drawn_whole(visit: Visit) -> None:
    visit.go(f"/policies/?q={quote(RARE)}")
    expect(visit.page.get_by_role("searchbox")).to_have_value(RARE)
    expect(visit.page.get_by_text(f"“{RARE}”").first).to_be_visible()
    visit.picture("rare", whole=False)


@pytest.mark.parametrize("visit", ["desktop"], indirect=True)
def test_from_a_search_to_the_results_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    visit.go("/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("大巴车队")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("政策和贷款")
    tab_to(page, "焦作大巴车队奖励")
    expect(page.locator("h1")).to_have_text("焦作大巴车队奖励")
    tab_to(page, "看看我符不符合")
    expect(page.locator("h1")).to_have_text("看看能享受什么")
    page.get_by_label("您的营业执照是在哪个县（市、区）登记的？").focus()
    page.keyboard.press("ArrowDown")
    tab_to(page, "接着答，一题一屏")
    expect(page.locator("h1")).to_have_text("第 1 题")
    tab_to(page, "不清楚，先跳过")
    expect(page.locator("h1")).to_have_text("第 2 题")
    tab_to(page, "看结果")
    expect(page.locator("h1")).to_have_text("您能享受什么")


def tab_to(page: Page, words: str) -> None:
    """Press Tab until these words have the focus, then Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.textContent.trim()")
        if said.startswith(words):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"The keyboard does not reach {words}.")
