"""A shop owner works out a sum: fills in a figure, sees each step, and finds it again after a reload."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visit, tap
from tests.journeys.test_noodle_shop import answer_the_form


def test_an_owner_works_out_what_the_income_tax_relief_comes_to(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    answer_the_form(page)
    visit.go("/calculator/")
    visit.picture("calculator-own")
    page.get_by_role("link", name="个体工商户经营所得个税减半").first.click()
    expect(page.locator(".sum")).to_contain_text("最多 317,250 元")
    page.get_by_label("您全年的应纳税所得额是多少？").fill("8万")
    tap(page, "算一下")
    expect(page.locator(".sum")).to_contain_text("¥3,250.00")
    expect(page.locator(".working")).to_contain_text("速算扣除数 1,500 元")
    assert visit.faults() == []
    visit.picture("calculator-worked-out")
    page.reload()
    expect(page.locator(".sum")).to_contain_text("¥3,250.00")
    visit.go("/calculator/")
    expect(page.locator(".totals")).to_contain_text("3,250 元")
    assert visit.faults() == []
    visit.picture("calculator-total")


def test_a_figure_of_its_own_stands_in_the_address_and_can_be_shared(visit: Visit) -> None:
    visit.go("/calculator/jz-hr-stabilize-refund-2025/")
    visit.page.get_by_label("去年单位和职工一共实缴了多少失业保险费？").fill("12000")
    tap(visit.page, "算一下")
    expect(visit.page.locator(".sum")).to_contain_text("¥7,200.00")
    assert "unemployment_paid=12000" in visit.page.url
    visit.picture("calculator-refund")
