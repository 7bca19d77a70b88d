"""The home, the help and the health of the site."""

import re

import pytest
from django.db import connection
from django.test import Client

from huiqi.foundation.clock.queries import today
from huiqi.services.policy.calculator.queries import worth_of
from huiqi.services.policy.library.queries import ItemFilters, matching_items
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    Answers,
    Group,
    matches_for,
    seal_answers,
)
from tests.support.numbers import agreed

NOODLES = {"region_code": "410825", "entity_type": "individual_business", "industry_code": "H6210"}


def figures(html: str) -> dict[str, int]:
    found = re.findall(r">([^<>]+)<span><strong>(\d+)</strong>", html)
    return {label: int(count) for label, count in found}


def test_a_visitor_is_told_what_this_is_and_where_to_begin(client: Client, library) -> None:
    html = client.get("/").content.decode()
    assert "3 分钟" in html
    assert 'href="/matching/"' in html
    assert 'action="/policies/"' in html


def test_the_figures_of_the_home_are_true(client: Client, library) -> None:
    in_force = matching_items(library, ItemFilters(), today())
    loans = [each for each in in_force if each.item.kind == "loan_product"]
    shown = figures(client.get("/").content.decode())
    assert shown["贷款产品"] == len(loans)
    assert shown["政策"] == len(in_force) - len(loans)


def test_every_link_of_the_home_leads_somewhere(client: Client, library) -> None:
    html = client.get("/").content.decode()
    for address in sorted(set(re.findall(r'href="(/[^"#]*)"', html))):
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200, address
        b"".join(answer)  # to its end, so that files are closed


def test_someone_who_answered_is_told_what_it_comes_to(client: Client, library) -> None:
    client.post("/matching/", NOODLES)
    shown = figures(client.get("/").content.decode())
    matches = matches_for(Answers(NOODLES, today()), library, today())
    assert shown["符合"] == matches.count(Group.ELIGIBLE)
    assert shown.get("还需核实", 0) == matches.count(Group.TO_CHECK)
    assert shown["差一点"] == matches.count(Group.NEAR)
    assert shown["还需确认"] == matches.count(Group.UNKNOWN)


def test_a_moved_demo_clock_is_said_on_the_home(client: Client, library, settings, tmp_path) -> None:
    settings.HUIQI_DATA = tmp_path
    assert "试用站的日期已拨快" not in client.get("/").content.decode()
    (tmp_path / "demo-clock.json").write_text('{"days": 9}', encoding="utf-8")
    assert "试用站的日期已拨快" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("address", "queries"), [("/", 2), ("/closing/", 2), ("/services/", 0), ("/about/", 0), ("/healthz", 7)]
)
def test_what_a_page_of_the_front_door_costs(
    client: Client, library, django_assert_num_queries, address: str, queries: int
) -> None:
    client.get(address)
    with django_assert_num_queries(queries, connection=connection):
        client.get(address)


def test_the_home_and_the_list_of_what_closes_soon_go_by_the_number_of_the_city(
    client: Client, library
) -> None:
    assert "60 天内要截止的" in client.get("/closing/").content.decode()
    agreed("library.closing_soon_days", 1)
    assert "1 天内没有要截止的" in client.get("/closing/").content.decode()
    assert "1 天内没有要截止的" in client.get("/").content.decode()


def test_all_services_are_doors_that_open_and_what_is_promised_is_no_door(client: Client, library) -> None:
    html = client.get("/services/").content.decode()
    doors = re.findall(r'class="door" href="([^"]+)"', html)
    assert len(doors) >= 8
    for address in doors:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200, address
        assert "没有合适的" not in answer.content.decode(), address
    assert "帮扶、查询、申报、消费还没有建好" in html


def test_the_large_home_has_six_doors_at_most_and_four_tabs(client: Client, library) -> None:
    client.post("/modes/", {"elder": "1"})
    html = client.get("/").content.decode()
    assert html.count('class="door"') == 6
    assert 'href="/services/"' in html
    assert html.count('class="tab"') == 4


def test_who_answered_is_led_to_the_results_and_not_to_the_form_again(client: Client, library) -> None:
    client.post("/matching/", NOODLES)
    for address in ("/", "/services/"):
        html = client.get(address).content.decode()
        assert 'href="/matching/results/"' in html
    assert 'class="door" href="/matching/"' not in html


def test_what_waits_stands_on_the_home_of_who_answered(client: Client, library) -> None:
    client.post("/matching/", NOODLES)
    html = client.get("/").content.decode()
    assert "接着答" in html
    assert "下面哪几条说的是您？" in html


def test_what_ends_soon_is_listed_by_its_last_day(client: Client, library) -> None:
    html = client.get("/closing/").content.decode()
    shown = re.findall(r'class="entry-title"><a href="/policies/([^/]+)/"', html)
    ends = [library.items[name].item.window.closes_on for name in shown]
    assert shown
    assert ends == sorted(ends)


def test_an_empty_library_still_has_its_homes(client: Client, db) -> None:
    assert "政策库还是空的" in client.get("/").content.decode()
    assert "60 天内没有要截止的" in client.get("/closing/").content.decode()
    client.post("/modes/", {"elder": "1"})
    assert client.get("/").status_code == 200


def test_the_largest_sum_stands_on_the_home_as_an_estimate(client: Client, library) -> None:
    answers = Answers(NOODLES | {"annual_taxable_income_cny": 500_000}, today())
    client.cookies[ANSWERS_COOKIE] = seal_answers(answers)
    worth = worth_of(answers, library, today())
    assert worth is not None
    html = client.get("/").content.decode()
    assert worth.text in html
    assert "估算" in html
