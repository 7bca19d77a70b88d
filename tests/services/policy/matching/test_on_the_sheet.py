"""Matching for who acts for a business: its sheet stands, the device's answers fill what it does not say."""

import pytest

from huiqi.core.rules.explanation import FactSource
from huiqi.foundation.businesses.models import FactRecord
from huiqi.foundation.businesses.queries import Purpose, sheet_for
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.library.queries import current_library
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    Answers,
    answers_for,
    read_answers,
    seal_answers,
)
from tests.foundation.businesses.register import owner_of, registered, told
from tests.services.policy.seed import LOADED_AT, load_seed, shipped
from tests.support.people import client_of

pytestmark = pytest.mark.django_db
SALES, TRADE = "monthly_sales_cny", "industry_code"
THERE = FactSource("市场监管局", today())


@pytest.fixture
def shop():
    load_seed(shipped(), LOADED_AT)
    registered(industry_code="H62")
    return owner_of()


def answered(**facts) -> Answers:
    return Answers().with_changes(facts, today())


def test_the_sheet_stands_and_the_device_fills_the_rest(shop) -> None:
    who, business = shop
    told(who, business, SALES, 60_000)
    cookie = seal_answers(answered(**{SALES: 90_000, "employees": 4}))
    answers = answers_for(who.actor, cookie, current_library(), today())
    assert (answers.facts[SALES], answers.facts["employees"]) == (60_000, 4)
    assert answers.sources()[SALES].department == "税务局"
    assert answers.own == {"employees": 4}
    kept = read_answers(seal_answers(answers), current_library().dictionary)
    assert dict(kept.facts) == {SALES: 90_000, "employees": 4}


def test_nobody_elses_device_learns_from_a_sheet(shop) -> None:
    who, business = shop
    told(who, business, SALES, 60_000)
    client = client_of(who)
    client.post("/matching/", {"employees": "3"})
    sealed = client.cookies[ANSWERS_COOKIE].value
    assert dict(read_answers(sealed, current_library().dictionary).facts) == {"employees": 3}


def test_a_trade_told_too_coarsely_is_told_closer_and_not_otherwise() -> None:
    on_sheet = answered(**{TRADE: "H6210"}).with_sheet({TRADE: "H62"}, {TRADE: THERE})
    assert on_sheet.facts[TRADE] == "H6210"
    coarse = Answers().with_sheet({TRADE: "H62"}, {TRADE: THERE})
    assert coarse.with_changes({TRADE: "F52"}, today()).facts[TRADE] == "H62"
    closer = coarse.with_changes({TRADE: "H6210"}, today())
    assert (closer.facts[TRADE], closer.own) == ("H6210", {TRADE: "H6210"})


def test_an_owner_gets_results_without_answering_anything(shop) -> None:
    client = client_of(shop[0])
    html = client.get("/matching/results/").content.decode()
    assert "企业档案" in html
    assert "温县老王面馆" in html
    assert "要改" not in html


def test_answers_are_saved_as_declarations_when_asked(shop) -> None:
    who, business = shop
    client = client_of(who)
    assert client.post("/matching/", {"employees": "3", SALES: "8万"}).status_code == 302
    assert "把这 2 项存到企业档案" in client.get("/matching/results/").content.decode()
    before = FactRecord.objects.count()
    assert client.post("/matching/save/")["Location"] == "/matching/results/?saved=2"
    assert FactRecord.objects.count() == before + 2
    sheet = sheet_for(who.actor, business, today(), Purpose.OWN_USE)
    assert sheet.facts["employees"].is_declared
    html = client.get("/matching/results/?saved=2").content.decode()
    assert "已经存到企业档案" in html
    assert "项存到企业档案</button>" not in html


def test_a_question_the_sheet_answers_leads_to_the_sheet(shop) -> None:
    client = client_of(shop[0])
    answer = client.get("/matching/questions/established_on/")
    assert answer["Location"] == "/businesses/sheet/established_on/"
    assert "营业执照上的" not in client.get("/matching/").content.decode()
