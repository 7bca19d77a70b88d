"""A noodle-shop owner in 温县 (个体, H6210, open for 30 months) looks what she can get."""

import re

from playwright.sync_api import Locator, Page, expect

from huiqi.catalogue.load import load_catalogue
from huiqi.core.rules.derivation import date_reaching
from huiqi.foundation.clock.queries import today
from tests.journeys.conftest import Visit, tap

CHAIN = {"000000", "410000", "410800", "410825"}


def fill_the_form(page: Page) -> None:
    page.get_by_label("您的营业执照是在哪个县（市、区）登记的？").select_option(label="温县")
    page.get_by_label("您的营业执照上写的是哪种类型？").select_option(label="个体工商户")
    page.get_by_label("您主要做哪一行？").select_option("H6210")
    page.get_by_label("成立日期").fill(date_reaching(today(), -30).isoformat())


def answer_the_form(page: Page) -> None:
    fill_the_form(page)
    tap(page, "看结果")
    expect(page).to_have_url(re.compile("/matching/results/$"))


def entries(page: Page, group: str) -> list[Locator]:
    return page.locator(f"#{group} li[id^='item-']").all()


def test_she_sees_what_her_registration_leaves_open_and_why_the_rest_is_not_for_her(visit: Visit) -> None:
    page = visit.page
    visit.go("/")
    visit.picture("home", whole=False)
    page.get_by_role("link", name="现在就看").click()
    answer_the_form(page)
    expect(page.get_by_text("温县 · 个体工商户 · 正餐服务")).to_be_visible()
    visit.picture("results")
    visit.picture("results-top", whole=False)

    regions = {item.id: item.region_code for item in load_catalogue().items.values()}
    shown = [
        re.sub("^item-", "", each.get_attribute("id") or "") for each in page.locator("li[id^='item-']").all()
    ]
    assert len(shown) == len(set(shown)) == sum(code in CHAIN for code in regions.values())
    assert {regions[item_id] for item_id in shown} <= CHAIN

    still_open = entries(page, "unknown")
    assert len(still_open) >= 20
    for each in still_open:
        expect(each.get_by_role("link", name=re.compile("^去回答"))).to_be_visible()
        assert re.search("还要答 [0-9]+ 题|答 1 题就知道", each.inner_text())

    refused = entries(page, "ineligible")
    assert len(refused) >= 10
    for each in refused:
        seen = each.inner_text()
        assert "已经过期" in seen or ("要求：" in seen and "您的情况：" in seen)
        expect(each.get_by_text("依据：").first).to_be_hidden()
        each.locator("summary").click()
        expect(each.get_by_text("依据：").first).to_be_visible()
        each.locator("summary").click()
    page.locator("#ineligible").evaluate("group => group.scrollIntoView()")
    visit.picture("refused", whole=False)


def test_she_opens_a_refusal_and_reads_it_leaf_by_leaf(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    answer_the_form(page)
    page.locator("#ineligible").get_by_role("link", name="焦作大巴车队奖励", exact=True).click()
    expect(page.locator("h1")).to_have_text("焦作大巴车队奖励")
    refusal = page.locator(".leaf", has_text="行业属于")
    expect(refusal.get_by_role("img", name="不满足")).to_be_visible()
    expect(refusal).to_contain_text("正餐服务")
    expect(refusal).to_contain_text("您填写的")
    expect(page.get_by_text("2026年焦作市旅游市场营销奖励办法").first).to_be_visible()
    visit.picture("verdict")


def test_she_answers_one_question_and_the_verdict_is_settled(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    answer_the_form(page)
    before = len(entries(page, "unknown"))
    item = page.locator("#item-cn-tax-vat-1pct")
    item.get_by_role("link", name=re.compile("^去回答")).click()
    page.get_by_label("小规模纳税人").check()
    visit.picture("question")
    tap(page, re.compile("看结果"))
    expect(page.locator(".mark").first).to_have_text("还需核实")
    page.get_by_role("link", name="回到结果").click()
    assert len(entries(page, "unknown")) < before
    expect(page.locator("#to-check #item-cn-tax-vat-1pct")).to_be_visible()


def test_a_mistake_loses_nothing_and_clearing_leaves_nothing(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    page.get_by_label("您主要做哪一行？").select_option("H6210")
    tap(page, "看结果")
    expect(page.get_by_text("其他的都还在，没有丢")).to_be_visible()
    expect(page.get_by_label("您主要做哪一行？")).to_have_value("H6210")
    assert visit.faults() == []
    visit.picture("mistake")
    answer_the_form(page)
    assert page.context.cookies()
    tap(page, "清除回答")
    expect(page.get_by_label("您主要做哪一行？")).to_have_value("")
    assert "answers" not in {cookie["name"] for cookie in page.context.cookies()}


def test_what_she_answered_greets_her_on_the_home(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    answer_the_form(page)
    visit.go("/")
    expect(page.get_by_role("heading", name="温县 · 个体工商户 · 正餐服务")).to_be_visible()
    assert visit.faults() == []
    visit.picture("home-answered", whole=False)


def test_she_answers_eight_questions_one_a_screen_and_the_tally_moves(visit: Visit) -> None:
    page = visit.page
    visit.go("/matching/")
    fill_the_form(page)
    tap(page, "接着答")
    tallies = [open_items(page)]
    for number in range(1, 9):
        expect(page.locator("h1")).to_have_text(f"第 {number} 题")
        assert visit.faults() == []
        visit.picture(f"step-{number}")
        answer_the_step(page)
        tallies.append(open_items(page))
    assert tallies == sorted(tallies, reverse=True)
    assert tallies[-1] < tallies[0] / 2
    page.get_by_role("link", name="上一题").click()
    expect(page.locator("h1")).to_have_text("第 8 题")
    tap(page, "不清楚，先跳过")
    expect(page.locator("h1")).to_have_text("第 9 题")
    page.get_by_role("link", name="看结果").click()
    expect(page.locator("h1")).to_have_text("您能享受什么")
    page.get_by_role("link", name="接着答").click()
    expect(page.locator("h1")).to_have_text("第 9 题")


def open_items(page: Page) -> int:
    """How many items the tally still calls 还需确认."""
    return int(page.locator("#tally-unknown").inner_text())


def answer_the_step(page: Page) -> None:
    """As the owner of a small shop would: in business, without staff, honours or loans."""
    none_of_it = page.get_by_role("button", name="都没有")
    if page.get_by_label("正在正常营业").count():
        for words in ("正在正常营业", "第一次自己当老板", "征信都良好"):
            page.get_by_label(re.compile(words)).check()
        tap(page, "选好了")
    elif none_of_it.count():
        tap(page, "都没有")
    else:
        nothing, amount = page.get_by_label("没有", exact=True), page.locator("input[type=text]")
        if nothing.count():
            nothing.check()
        elif amount.count():
            amount.fill("2")
        else:
            page.locator("label.option").first.click()
        tap(page, "下一题")
