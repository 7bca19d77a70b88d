"""Loans beside policies, the plain list within one tap, and two tabs that lose each other nothing."""

import re

import pytest
from django.test import Client

from huiqi.foundation.clock.queries import today
from huiqi.services.policy.matching.queries import ANSWERS_COOKIE, Answers, read_answers, seal_answers

SHOP = {"region_code": "410825", "entity_type": "individual_business", "industry_code": "H6210"}
PLAIN = 'href="/policies/?order=plain"'


@pytest.fixture
def owner(client: Client, library) -> Client:
    client.cookies[ANSWERS_COOKIE] = seal_answers(Answers().with_changes(SHOP, today()))
    return client


def shown(owner: Client, kind: str = "") -> set[str]:
    html = owner.get("/matching/results/", {"kind": kind}).content.decode()
    return set(re.findall(r'id="item-([a-z0-9_-]+)"', html))


def test_loans_and_policies_can_be_looked_at_apart_and_make_up_the_whole(owner: Client, library) -> None:
    everything, policies, loans = shown(owner), shown(owner, "policy"), shown(owner, "loan")
    assert policies | loans == everything == shown(owner, "nonsense")
    assert not policies & loans
    assert all(library.items[item_id].item.loan for item_id in loans)
    assert policies
    assert loans


def test_a_loan_shows_its_bank_rate_and_term(owner: Client) -> None:
    html = owner.get("/matching/results/?kind=loan").content.decode()
    assert re.search(r"中国建设银行 · 年利率 3\.15% 起 · 最长 12 个月", html)
    assert 'aria-current="true">贷款产品' in html
    assert "其中贷款产品" in owner.get("/matching/results/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/matching/",
        "/matching/results/",
        "/matching/items/jz-tour-coach-2026/",
        "/matching/questions/employees/",
        "/matching/questions/employees/?item=cn-tax-vat-1pct",
        "/matching/lists/money/",
    ],
)
def test_the_list_that_looks_at_nobodys_answers_is_one_tap_away(owner: Client, address: str) -> None:
    assert PLAIN in owner.get(address).content.decode()


def test_a_form_opened_earlier_in_another_tab_undoes_nothing(owner: Client, library) -> None:
    html = owner.get("/matching/").content.decode()
    found = re.search(r'name="was" value="([^"]*)"', html)
    assert found is not None
    owner.post("/matching/questions/employees/?item=cn-tax-vat-1pct", {"employees": "3"})
    owner.post("/matching/questions/industry_code/?item=cn-tax-vat-1pct", {"industry_code": "F5213"})
    was = found[1].replace("&quot;", '"')
    owner.post("/matching/", {**SHOP, "employees": "", "taxpayer_type": "small_scale", "was": was})
    facts = read_answers(owner.cookies[ANSWERS_COOKIE].value, library.dictionary).facts
    assert (facts["employees"], facts["industry_code"]) == (3, "F5213")
    assert facts["taxpayer_type"] == "small_scale"


@pytest.mark.parametrize("was", ["", "[]", "{", "null", '{"region_code": 7}'])
def test_a_form_that_does_not_say_what_it_showed_counts_as_it_is(owner: Client, library, was: str) -> None:
    owner.post("/matching/", {**SHOP, "industry_code": "F5213", "was": was})
    facts = read_answers(owner.cookies[ANSWERS_COOKIE].value, library.dictionary).facts
    assert facts["industry_code"] == "F5213"
