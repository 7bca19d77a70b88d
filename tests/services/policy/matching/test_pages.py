"""The form, the results, one question, one verdict: as a browser without scripts gets them."""

import re
from datetime import date

import pytest
from django.test import Client

from huiqi.core.rules.derivation import date_reaching
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.matching.queries import ANSWERS_COOKIE, Answers, read_answers, seal_answers

NOODLES = {"region_code": "410825", "entity_type": "individual_business", "industry_code": "H6210"}
SHOW = {"results": "1"}  # the button that leads to the results, past the questionnaire


def noodles() -> dict[str, str]:
    return {**NOODLES, **SHOW, "established_on": date_reaching(today(), -30).isoformat()}


@pytest.fixture
def owner(client: Client, library) -> Client:
    """A visitor who has answered for the noodle shop."""
    done = client.post("/matching/", noodles())
    assert (done.status_code, done.headers["Location"]) == (302, "/matching/results/")
    return client


def test_answers_go_into_one_cookie_no_script_can_read(owner: Client) -> None:
    cookie = owner.cookies[ANSWERS_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 0 < int(cookie["max-age"]) <= 90 * 24 * 3600


def test_the_cookie_is_secure_where_the_site_is(client: Client, library, settings) -> None:
    settings.ANSWERS_COOKIE_SECURE = True
    client.post("/matching/", noodles())
    assert client.cookies[ANSWERS_COOKIE]["secure"]


def test_answering_writes_nothing_into_the_database(
    client: Client, library, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1) as watched:
        client.post("/matching/", noodles())
    assert watched.captured_queries[0]["sql"].startswith("SELECT")


def test_a_mistake_keeps_everything_and_says_what_to_do(client: Client, library) -> None:
    page = client.post(
        "/matching/", {**noodles(), "region_code": "", "employees": "很多", "taxpayer_type": "general"}
    )
    html = page.content.decode()
    assert page.status_code == 200
    assert "有 2 处要改一下，其他的都还在，没有丢" in html
    assert '<option value="H6210" selected>' in html
    assert 'value="很多"' in html
    assert re.search(r'name="taxpayer_type" value="general" checked', html)
    assert ANSWERS_COOKIE not in client.cookies


def test_the_results_show_the_groups_with_their_counts(owner: Client) -> None:
    html = owner.get("/matching/results/").content.decode()
    for label in ("符合", "还需核实", "差一点", "还需确认", "不符合"):
        assert label in html
    assert "温县 · 个体工商户 · 正餐服务" in html
    assert "看全部政策" in html


def test_no_item_of_another_place_is_linked_from_the_results(owner: Client, library) -> None:
    html = owner.get("/matching/results/").content.decode()
    linked = set(re.findall(r"/matching/items/([a-z0-9_-]+)/", html))
    assert linked
    assert {library.items[item_id].item.region_code for item_id in linked} <= {
        "000000", "410000", "410800", "410825"
    }  # fmt: skip


def test_every_linked_verdict_has_its_page(owner: Client) -> None:
    html = owner.get("/matching/results/").content.decode()
    for item_id in set(re.findall(r"/matching/items/([a-z0-9_-]+)/", html)):
        page = owner.get(f"/matching/items/{item_id}/")
        assert page.status_code == 200
        assert "逐条看" in page.content.decode()


def test_every_linked_question_can_be_answered_and_leads_back(owner: Client, library) -> None:
    html = owner.get("/matching/results/").content.decode()
    questions = set(re.findall(r"/matching/questions/([a-z0-9_]+)/\?item=([a-z0-9_-]+)", html))
    assert len(questions) > 20
    for fact_id, item_id in questions:
        address = f"/matching/questions/{fact_id}/?item={item_id}"
        assert owner.get(address).status_code == 200
    done = owner.post("/matching/questions/employees/?item=cn-tax-vat-1pct", {"employees": "3"})
    assert done.headers["Location"] == "/matching/items/cn-tax-vat-1pct/"
    done = owner.post("/matching/questions/taxpayer_type/", {"taxpayer_type": "small_scale"})
    assert done.headers["Location"].startswith(("/matching/questions/", "/matching/lists/"))
    answers = read_answers(owner.cookies[ANSWERS_COOKIE].value, library.dictionary)
    assert (answers.facts["employees"], answers.facts["taxpayer_type"]) == (3, "small_scale")
    assert answers.place == "410825"


def test_an_answer_that_cannot_be_read_is_asked_again(owner: Client) -> None:
    html = owner.post("/matching/questions/employees/", {"employees": "三个"}).content.decode()
    assert "没看懂这个数" in html
    assert 'value="三个"' in html


def test_saying_not_sure_takes_an_answer_back(owner: Client, library) -> None:
    owner.post("/matching/questions/is_operating/", {"is_operating": "yes"})
    owner.post("/matching/questions/is_operating/?item=cn-tax-vat-1pct", {"is_operating": ""})
    answers = read_answers(owner.cookies[ANSWERS_COOKIE].value, library.dictionary)
    assert "is_operating" not in answers.facts


def test_clearing_removes_the_cookie_and_starts_anew(owner: Client) -> None:
    done = owner.post("/matching/clear/")
    assert done.cookies[ANSWERS_COOKIE].value == ""
    assert owner.get("/matching/results/").headers["Location"] == "/matching/"


def test_a_link_clears_nothing_and_leads_to_the_form(owner: Client) -> None:
    before = owner.cookies["answers"].value
    answer = owner.get("/matching/clear/")
    assert answer.headers["Location"] == "/matching/"
    assert owner.cookies["answers"].value == before


@pytest.mark.parametrize("code", ["440300", "410100", "410800", "410000", "410825001", "000000"])
def test_only_the_counties_of_the_city_are_taken_as_the_place(client: Client, library, code: str) -> None:
    page = client.post("/matching/", {"region_code": code})
    assert page.status_code == 200
    assert "这里只有焦作市的" in page.content.decode()
    assert "answers" not in client.cookies


def test_every_county_of_the_city_can_be_chosen_and_sees_its_matches(client: Client, library) -> None:
    html = client.get("/matching/").content.decode()
    select = html[html.index('name="region_code"') :].partition("</select>")[0]
    codes = re.findall(r'<option value="(\d+)"', select)
    assert len(codes) == 11
    assert "410871" in codes
    for code in codes:
        page = client.post("/matching/", {"region_code": code, **SHOW}, follow=True)
        assert page.status_code == 200
        assert re.search(r"共看了 [1-9]\d* 项", page.content.decode())


@pytest.mark.parametrize(
    ("city", "offered", "name"),
    [("410100", "金水区", "郑州市"), ("441900", "东莞市", "东莞市"), ("110100", "海淀区", "北京市")],
)
def test_another_city_is_served_by_one_setting(
    client: Client, library, settings, city: str, offered: str, name: str
) -> None:
    settings.HUIQI_CITY = city
    form = client.get("/matching/").content.decode()
    assert f">{offered}</option>" in form
    assert ">温县</option>" not in form
    address = {"/": f"<h1>{name.removesuffix('市')}的店", "/policies/": name}
    for page, words in address.items():
        html = client.get(page).content.decode()
        assert words in html
        assert "焦作市和" not in html


def test_without_answers_the_results_lead_to_the_form(client: Client, library) -> None:
    assert client.get("/matching/results/").headers["Location"] == "/matching/"
    assert client.get("/matching/items/cn-tax-vat-1pct/").headers["Location"] == "/matching/"


def test_a_verdict_elsewhere_leads_to_the_item_itself(owner: Client, library) -> None:
    elsewhere = next(each.item.id for each in library.items.values() if not each.is_local)
    assert owner.get(f"/matching/items/{elsewhere}/").headers["Location"] == f"/policies/{elsewhere}/"


@pytest.mark.parametrize("address", ["/matching/items/nope/", "/matching/questions/nope/"])
def test_what_does_not_exist_is_not_found(owner: Client, address: str) -> None:
    assert owner.get(address).status_code == 404


@pytest.mark.parametrize("item", ["https://evil.example/", "//evil.example", "nope", ""])
def test_an_answer_never_leads_to_another_site(owner: Client, item: str) -> None:
    done = owner.post(f"/matching/questions/employees/?item={item}", {"employees": "3"})
    assert done.headers["Location"].startswith(("/matching/questions/", "/matching/lists/"))


def test_a_form_from_another_site_is_refused_in_plain_words(library) -> None:
    page = Client(enforce_csrf_checks=True).post("/matching/", noodles())
    assert page.status_code == 403
    assert "请返回上一页，刷新后再提交" in page.content.decode()


def test_a_foreign_cookie_is_no_answer(client: Client, library) -> None:
    client.cookies[ANSWERS_COOKIE] = "forged"
    assert client.get("/matching/results/").headers["Location"] == "/matching/"


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/matching/", 1),
        ("/matching/results/", 2),
        ("/matching/items/jz-tour-coach-2026/", 2),
        ("/matching/questions/", 1),
        ("/matching/questions/employees/", 1),
        ("/matching/questions/employees/?item=cn-tax-vat-1pct", 1),
        ("/matching/lists/troubles/", 1),
    ],
)
def test_a_page_of_matching_costs_the_library_and_where_it_shows_items_the_numbers(
    owner: Client, django_assert_num_queries, address: str, queries: int
) -> None:
    owner.get(address)
    with django_assert_num_queries(queries):
        owner.get(address)


def test_personal_pages_are_kept_by_no_cache(owner: Client) -> None:
    for address in ("/", "/matching/", "/matching/results/"):
        assert "no-store" in owner.get(address).headers["Cache-Control"]


def test_an_empty_library_is_told_as_it_is(client: Client, db) -> None:
    assert "政策库还是空的" in client.get("/matching/").content.decode()
    assert "政策库还是空的" in client.get("/").content.decode()
    assert client.get("/policies/").status_code == 200


def test_what_is_only_one_step_away_is_never_told_that_the_step_is_not_enough(
    client: Client, library
) -> None:
    """A very small firm lacks one thing: to bid for orders of the government."""
    known = {"region_code": "410825", "size_class": "micro", "bids_gov_procurement": False}
    client.cookies[ANSWERS_COOKIE] = seal_answers(Answers(known, today()))
    html = client.get("/matching/items/cn-proc-price-deduct-10-20/").content.decode()
    assert "差一点" in html
    assert "做到这一条，就符合" in html
    assert "还不够" not in html


def test_a_question_can_be_left_for_the_place_in_the_results_it_was_asked_at(owner: Client) -> None:
    for_item = owner.get("/matching/questions/employees/?item=cn-tax-vat-1pct").content.decode()
    assert 'href="/matching/results/#item-cn-tax-vat-1pct"' in for_item
    assert "回到结果" in for_item
    for item in ("", "nope", '"><b>'):
        page = owner.get("/matching/questions/employees/", {"item": item}).content.decode()
        assert 'href="/matching/results/"' in page


def test_answers_of_two_days_are_never_dated_the_later_alone(client: Client, library) -> None:
    shop = {"region_code": "410825", "entity_type": "individual_business"}
    first = Answers().with_changes(shop, date(2026, 11, 23))
    client.cookies[ANSWERS_COOKIE] = seal_answers(first)
    assert "您填写的（2026年11月23日）。" in client.get("/matching/results/").content.decode()
    both = first.with_changes({"taxpayer_type": "small_scale"}, date(2026, 11, 30))
    client.cookies[ANSWERS_COOKIE] = seal_answers(both)
    html = client.get("/matching/results/").content.decode()
    assert "您填写的（2026年11月23日到2026年11月30日）。" in html
    page = client.get("/matching/items/cn-tax-vat-1pct/").content.decode()
    assert "您填写的，2026年11月30日" in page
