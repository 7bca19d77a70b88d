"""The calculator as a browser without scripts gets it."""

import re
from typing import Any

import pytest
from django.test import Client

from huiqi.foundation.clock.queries import today
from huiqi.services.policy.library.queries import Library
from huiqi.services.policy.matching.queries import ANSWERS_COOKIE, Answers, read_answers, seal_answers

SHOP: dict[str, Any] = {
    "region_code": "410825",
    "entity_type": "individual_business",
    "industry_code": "H6210",
}
HALF = "/calculator/cn-tax-pit-individual-half/"
REFUND = "/calculator/jz-hr-stabilize-refund-2025/"


def remember(client: Client, **facts: Any) -> None:
    answers = Answers().with_changes({**SHOP, **facts}, today())
    client.cookies[ANSWERS_COOKIE] = seal_answers(answers)


def html_of(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def result_of(html: str) -> str:
    found = re.search(r'<p class="sum">(.*?)</p>', html, re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]+>", " ", found[1])


def test_without_answers_the_calculator_invites_and_still_lets_one_pick_an_item(
    client: Client, library: Library
) -> None:
    html = html_of(client, "/calculator/")
    assert "先答 4 题" in html
    linked = set(re.findall(r'href="/calculator/([a-z0-9_-]+)/"', html))
    assert len(linked) >= 30
    for item_id in linked:
        assert "怎么算的" in html_of(client, f"/calculator/{item_id}/")


def test_with_answers_it_lists_what_fits_with_its_sum(client: Client, library: Library) -> None:
    remember(client, annual_taxable_income_cny=80_000)
    html = html_of(client, "/calculator/")
    assert "3,250 元" in html
    assert "填 1 个数就能算" in html
    assert "贷款要还，不算在内" in html


def test_where_nothing_is_sure_yet_the_next_step_is_named(client: Client, library: Library) -> None:
    remember(client, entity_type="company", industry_code="C273")
    html = html_of(client, "/calculator/")
    assert "还没有能算出来的。要先知道您符合哪些" in html
    assert 'href="/matching/questions/"' in html


def test_a_figure_kept_nowhere_is_not_said_to_join_the_total(client: Client, library: Library) -> None:
    html = html_of(client, "/calculator/cn-tax-six-two-fees-half/")
    assert "我们不留，也不加进合计" in html
    assert "教育费附加和地方教育附加已经全免" in html


def test_a_fact_that_is_posted_joins_the_answers_and_is_not_in_the_address(
    client: Client, library: Library
) -> None:
    remember(client)
    done = client.post(HALF, {"annual_taxable_income_cny": "8万", "other_pit_relief": "2000"})
    assert (done.status_code, done.headers["Location"]) == (302, f"{HALF}?other_pit_relief=2000")
    answers = read_answers(client.cookies[ANSWERS_COOKIE].value, library.dictionary)
    assert answers.facts["annual_taxable_income_cny"] == 80_000
    assert answers.place == "410825"
    html = html_of(client, done.headers["Location"])
    assert "¥2,250.00" in result_of(html)
    assert 'value="80,000"' in html
    assert 'value="2000"' in html


def test_figures_of_its_own_stand_in_the_address_and_nowhere_else(client: Client, library: Library) -> None:
    html = html_of(client, f"{REFUND}?unemployment_paid=12000")
    assert "¥7,200.00" in result_of(html)
    assert 'method="get"' in html
    assert ANSWERS_COOKIE not in client.cookies


def test_a_fact_in_the_address_is_not_taken_for_an_answer(client: Client, library: Library) -> None:
    html = html_of(client, f"{HALF}?annual_taxable_income_cny=80000")
    assert "最多 317,250 元" in result_of(html)
    assert ANSWERS_COOKIE not in client.cookies


@pytest.mark.parametrize(
    "text",
    [
        "很多",
        "-5",
        "9" * 400,
        "1e999",
        "１２万零三",
        "𬱖",
        "12.5",
        "<b>",
    ],
)
def test_a_figure_that_cannot_be_read_is_told_and_kept(client: Client, library: Library, text: str) -> None:
    page = client.get(REFUND, {"unemployment_paid": text})
    html = page.content.decode()
    assert page.status_code == 200
    assert "有 1 处要改一下，其他的都还在，没有丢" in html
    assert "填了才知道" in result_of(html)


def test_a_mistake_in_one_figure_keeps_the_other(client: Client, library: Library) -> None:
    page = client.post(HALF, {"annual_taxable_income_cny": "80000", "other_pit_relief": "三千"})
    html = page.content.decode()
    assert page.status_code == 200
    assert 'value="80000"' in html
    assert 'value="三千"' in html
    assert ANSWERS_COOKIE not in client.cookies


def test_a_fact_left_empty_is_taken_back(client: Client, library: Library) -> None:
    remember(client, annual_taxable_income_cny=80_000)
    client.post(HALF, {"annual_taxable_income_cny": "", "other_pit_relief": ""})
    answers = read_answers(client.cookies[ANSWERS_COOKIE].value, library.dictionary)
    assert "annual_taxable_income_cny" not in answers.facts


def test_the_working_is_shown_line_by_line_and_ends_in_the_sum(client: Client, library: Library) -> None:
    remember(client, annual_taxable_income_cny=2_500_000)
    html = html_of(client, f"{HALF}?other_pit_relief=10000")
    lines = re.findall(r'<span>([^<]*)</span><span class="working-figure">([^<]*)</span>', html)
    assert lines[0] == ("年应纳税所得额", "2,500,000 元")
    assert lines[1] == ("其中 2,000,000 元以内的部分", "2,000,000 元")
    assert lines[-1] == ("算下来", "313,250 元")
    assert "¥313,250.00" in result_of(html)


def test_what_the_text_does_not_say_is_said_so(client: Client, library: Library) -> None:
    html = html_of(client, "/calculator/hn-gx-robot-replace-500w/")
    assert "来源没有写按投资的百分之几补" in html
    assert "不能替您估" in html
    assert "最多 500 万元" in result_of(html)


def test_an_item_that_does_not_fit_says_so_before_the_sum(client: Client, library: Library) -> None:
    remember(client)
    html = html_of(client, "/calculator/jz-tour-coach-2026/?trips=3")
    assert "按您填的，这一项现在不符合" in html
    assert "¥30,000.00" in result_of(html)


def test_an_item_that_is_over_or_of_elsewhere_says_so(client: Client, library: Library) -> None:
    assert "已经过期" in html_of(client, "/calculator/jz-tour-train-2night-2024/?trips=1")
    assert "办不了，只供参考" in html_of(client, "/calculator/zz-kj-high-tech-tier-2019/")


def test_exclusive_items_are_named_with_the_reason_and_its_weight(client: Client, library: Library) -> None:
    html = html_of(client, "/calculator/cn-tax-high-tech-15pct/")
    assert "只能选一项" in html
    assert "本站按规定推断，文件没有明写" in html
    assert "以主管部门为准" in html
    assert 'href="/calculator/cn-tax-cit-small-low-profit/"' in html


def test_the_pages_of_an_item_lead_here_where_there_is_something_to_work_out(
    client: Client, library: Library
) -> None:
    remember(client)
    for address in ("/policies/", "/matching/items/"):
        assert f'href="{HALF}"' in html_of(client, f"{address}cn-tax-pit-individual-half/")
        assert "算算大约能得多少" not in html_of(client, f"{address}bank-weye/")
        assert "算算大约能得多少" not in html_of(client, f"{address}cn-proc-reserved-quota/")


@pytest.mark.parametrize("item_id", ["nope", "cn-proc-reserved-quota"])
def test_what_cannot_be_worked_out_at_all_is_not_found(
    client: Client, library: Library, item_id: str
) -> None:
    assert client.get(f"/calculator/{item_id}/").status_code == 404
    assert client.post(f"/calculator/{item_id}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/calculator/", HALF, f"{REFUND}?unemployment_paid=12000", "/calculator/zz-kj-high-tech-tier-2019/"],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_a_page_of_the_calculator_costs_the_library_and_the_numbers(
    client: Client, library: Library, django_assert_num_queries, address: str, is_known: bool
) -> None:
    if is_known:
        remember(client)
    client.get(address)
    with django_assert_num_queries(2):
        client.get(address)


def test_working_out_writes_nothing_into_the_database(
    client: Client, library: Library, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1) as watched:
        client.post(HALF, {"annual_taxable_income_cny": "80000"})
    assert watched.captured_queries[0]["sql"].startswith("SELECT")


def test_personal_pages_are_kept_by_no_cache(client: Client, library: Library) -> None:
    for address in ("/calculator/", HALF):
        assert "no-store" in client.get(address).headers["Cache-Control"]


def test_an_empty_library_is_told_as_it_is(client: Client, db: None) -> None:
    assert "政策库还是空的" in html_of(client, "/calculator/")


@pytest.mark.parametrize("city", ["441900", "110100", "410100"])
def test_another_city_finds_its_own_items(client: Client, library: Library, settings, city: str) -> None:
    settings.HUIQI_CITY = city
    html = html_of(client, "/calculator/")
    assert "jz-hr-stabilize-refund-2025" not in html
    assert "cn-tax-pit-individual-half" in html
