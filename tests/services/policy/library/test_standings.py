"""The list for somebody whose answers are known: ordered by verdict, marked, and plain on one tap."""

import re
from datetime import date

import pytest
from django.test import Client

from huiqi.core.rules.rule import WindowState
from huiqi.foundation.accounts.queries import VISITOR
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.library.queries import ItemFilters, matching_items
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    Answers,
    Group,
    matches_for,
    seal_answers,
    standings_for,
    standings_of,
)

DAY = date(2026, 11, 24)
NOODLES = Answers(
    {
        "region_code": "410825",
        "entity_type": "individual_business",
        "industry_code": "H6210",
        "taxpayer_type": "small_scale",
        "monthly_sales_cny": 40_000,
        "employees": 3,
    },
    DAY,
)
MARK = re.compile(r'href="/policies/([a-z0-9_-]+)/"|class="mark mark-([a-z-]+)"')


@pytest.fixture
def owner(client: Client, library) -> Client:
    client.cookies[ANSWERS_COOKIE] = seal_answers(NOODLES)
    return client


def shown(page: str) -> list[tuple[str, str]]:
    """The items of a page in their order, each with the name of its mark."""
    items: list[tuple[str, str]] = []
    for item_id, mark in MARK.findall(page):
        if item_id:
            items.append((item_id, ""))
        elif items:
            items[-1] = (items[-1][0], mark)
    return items


def whole_list(visitor: Client, **query: str) -> list[tuple[str, str]]:
    pages = [visitor.get("/policies/", {**query, "page": str(n)}).content.decode() for n in (1, 2, 3, 4)]
    return list(dict.fromkeys(item for page in pages for item in shown(page)))


def test_standings_say_what_the_results_say(library) -> None:
    for answers in (NOODLES, Answers({"region_code": "410825"}, DAY)):
        matches = matches_for(answers, library, DAY)
        told = {
            match.card.id: str(group)
            for group in Group
            for match in matches.groups[group]
            if match.card.window is WindowState.OPEN
        }
        assert {key: each.name for key, each in standings_for(answers, library, DAY).items()} == told


def test_what_suits_comes_first_and_within_it_the_order_stays(owner: Client, library) -> None:
    items = whole_list(owner)
    ranks = [list(Group).index(Group(mark)) for _, mark in items]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) >= 3
    plain = [each.item.id for each in matching_items(library, ItemFilters(), today())]
    for group in Group:
        ours = [item for item, mark in items if mark == group]
        assert ours == [item for item in plain if item in ours]


def test_ended_items_come_last_and_are_not_judged(owner: Client, library) -> None:
    items = whole_list(owner, ended="1")
    marks = [bool(mark) for _, mark in items]
    assert marks == sorted(marks, reverse=True)
    assert not all(marks)


def test_one_tap_gives_the_list_everybody_sees_and_one_the_way_back(owner: Client, library) -> None:
    mine = owner.get("/policies/?kind=policy").content.decode()
    assert "按您填的情况排" in mine
    away = re.search(r'id="order" href="([^"]+)">不按我的情况排', mine)
    assert away is not None
    plain = owner.get(away[1].replace("&amp;", "&")).content.decode()
    assert shown(plain) == shown(Client().get("/policies/?kind=policy").content.decode())
    assert not [mark for _, mark in shown(plain) if mark]
    back = re.search(r'id="order" href="([^"]+)">按我的情况排', plain)
    assert back is not None
    assert shown(owner.get(back[1].replace("&amp;", "&")).content.decode()) == shown(mine)


def test_whoever_chose_the_plain_list_keeps_it_in_every_link(owner: Client, library) -> None:
    html = owner.get("/policies/?order=plain&q=补贴").content.decode()
    links = re.findall(r'href="(/policies/\?[^"]+)"', html[html.index('id="main"') :])
    assert len(links) > 20
    assert [link for link in links if "order=plain" not in link] == [
        re.search(r'id="order" href="([^"]+)"', html)[1]  # type: ignore[index]
    ]
    assert '<input type="hidden" name="order" value="plain">' in html


def test_a_search_keeps_its_order_and_shows_the_marks(owner: Client, library) -> None:
    mine = shown(owner.get("/policies/?q=贷款").content.decode())
    assert [item for item, _ in mine] == [
        item for item, _ in shown(Client().get("/policies/?q=贷款").content.decode())
    ]
    assert len({mark for _, mark in mine if mark}) >= 2


def test_items_of_other_places_carry_no_verdict(owner: Client, library) -> None:
    html = owner.get("/policies/?place=elsewhere").content.decode()
    assert len(shown(html)) == 20
    assert not [mark for _, mark in shown(html) if mark]
    assert "按您填的情况" not in html
    assert all(library.items[item].is_local for item in standings_for(NOODLES, library, DAY))


@pytest.mark.parametrize("sealed", [None, "", "forged", seal_answers(Answers({"employees": 3}, DAY))])
def test_who_told_no_place_has_no_standing(client: Client, library, sealed: str | None) -> None:
    assert not standings_of(VISITOR, sealed, library, DAY)
    if sealed is not None:
        client.cookies[ANSWERS_COOKIE] = sealed
    html = client.get("/policies/").content.decode()
    assert "我的情况" not in html
    assert "mark mark-" not in html


def test_what_depends_on_the_answers_is_kept_by_nobody(owner: Client) -> None:
    headers = owner.get("/policies/").headers
    assert "Cookie" in headers["Vary"]
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize(("address", "queries"), [("/policies/", 2), ("/policies/?q=贷款", 3)])
def test_the_standings_cost_no_query(
    owner: Client, django_assert_num_queries, address: str, queries: int
) -> None:
    owner.get(address)
    with django_assert_num_queries(queries):
        owner.get(address)
