"""The home, the help and the health of the site."""

import re

import pytest
from django.db import connection
from django.test import Client

from huiqi.foundation.clock.queries import today
from huiqi.services.policy.library.queries import ItemFilters, matching_items
from huiqi.services.policy.matching.queries import Answers, Group, matches_for

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
    assert shown["符合"] == matches.count(Group.ELIGIBLE) + matches.count(Group.TO_CHECK)
    assert shown["差一点"] == matches.count(Group.NEAR)
    assert shown["还需确认"] == matches.count(Group.UNKNOWN)


def test_a_moved_demo_clock_is_said_on_the_home(client: Client, library, settings, tmp_path) -> None:
    settings.HUIQI_DATA = tmp_path
    assert "试用站的日期已拨快" not in client.get("/").content.decode()
    (tmp_path / "demo-clock.json").write_text('{"days": 9}', encoding="utf-8")
    assert "试用站的日期已拨快" in client.get("/").content.decode()


def test_health_says_that_the_site_is_well(client: Client, library) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "catalogue_edition": library.edition.number}


def test_health_says_when_nothing_is_loaded(client: Client, db) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "catalogue_edition": 0}


@pytest.mark.parametrize(("address", "queries"), [("/", 1), ("/about/", 0), ("/healthz", 2)])
def test_what_a_page_of_the_front_door_costs(
    client: Client, library, django_assert_num_queries, address: str, queries: int
) -> None:
    client.get(address)
    with django_assert_num_queries(queries, connection=connection):
        client.get(address)
