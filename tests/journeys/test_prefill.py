"""She has her licence at hand: one code instead of four questions."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import SHOP_CODE, Visit, tap
from tests.journeys.test_noodle_shop import answer_the_form


def look_up(visit: Visit, code: str) -> None:
    visit.page.get_by_label(re.compile("统一社会信用代码")).fill(code)
    tap(visit.page, "查一下")


def test_she_finds_her_shop_by_its_code_and_says_that_it_is_hers(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    visit.picture("form-code", whole=False)
    look_up(visit, f" {SHOP_CODE[:8].lower()} {SHOP_CODE[8:].lower()} ")
    expect(page.locator("h1")).to_have_text("是您的店吗？")
    expect(page.get_by_text("温县演示𬱖**面馆0001号")).to_be_visible()
    expect(page.get_by_text("𬱖**", exact=True)).to_be_visible()
    expect(page.get_by_text("正餐服务")).to_be_visible()
    assert visit.faults() == []
    visit.picture("found", whole=False)
    tap(page, "是，接着答")
    expect(page.locator("h1")).to_have_text("第 1 题")
    visit.picture("step-first", whole=False)
    page.get_by_role("link", name="看结果").click()
    expect(page.get_by_text("数据来自：登记机关（2026年11月20日）。")).to_be_visible()
    page.locator("#ineligible").get_by_role("link", name=re.compile("^逐条看为什么不符合")).first.click()
    expect(page.get_by_text("登记机关，2026年11月20日").first).to_be_visible()
    assert visit.faults() == []
    visit.picture("verdict-by-register")
    visit.go("/matching/")
    expect(page.get_by_text("来自登记机关（2026年11月20日），不对可以改").first).to_be_visible()
    assert visit.faults() == []
    visit.picture("form-prefilled")


def test_a_slip_in_the_code_is_explained_and_one_tap_mends_it(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    page.get_by_label("您主要做哪一行？").select_option("H6210")
    look_up(visit, SHOP_CODE.replace("0", "O"))
    expect(page.get_by_text("多半是把数字 0、1、2、5 看成了字母")).to_be_visible()
    expect(page.get_by_label("您主要做哪一行？")).to_have_value("H6210")
    assert visit.faults() == []
    visit.picture("code-slip", whole=False)
    tap(page, re.compile("^换成"))
    expect(page.locator("h1")).to_have_text("是您的店吗？")
    assert visit.faults() == []  # and no second half of a double click: a person reads first
    tap(page, "不是")
    expect(page.get_by_text("没有用那份登记信息")).to_be_visible()
    expect(page.get_by_label("您主要做哪一行？")).to_have_value("H6210")


def test_a_code_that_may_be_wrong_is_doubted_and_one_nobody_has_is_told(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    look_up(visit, SHOP_CODE[:-1] + "A")
    expect(page.get_by_text("请对照营业执照再核对一遍")).to_be_visible()
    assert visit.faults() == []
    visit.picture("code-doubted", whole=False)
    tap(page, re.compile("就用这个"))
    expect(page.get_by_text("登记册里没有查到这个代码")).to_be_visible()
    assert visit.faults() == []
    visit.picture("code-unknown", whole=False)


def test_the_next_button_of_a_long_list_is_in_reach_and_covers_nothing(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    answer_the_form(page)
    visit.go("/matching/lists/money/")
    button = page.get_by_role("button", name="选好了")
    expect(button).to_be_in_viewport(ratio=1)
    last = page.locator("label.option").last
    last.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    bottom, top = last.bounding_box(), button.bounding_box()
    assert bottom is not None
    assert top is not None
    assert bottom["y"] + bottom["height"] <= top["y"]
    page.evaluate("scrollTo(0, 0)")
    visit.picture("list-reach", whole=False)
