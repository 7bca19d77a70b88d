"""A trade told too coarsely is asked more closely, once, in few words."""

import re
from datetime import date

import pytest
from django.test import Client

from huiqi.foundation.clock.queries import today
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    Answers,
    Group,
    finer_trades,
    matches_for,
    next_question,
    read_answers,
    seal_answers,
)

DAY = date(2026, 11, 23)
ITEM = "jz-tour-coach-2026"  # for travel agencies (L7291)
BUSINESS = {"region_code": "410825", "entity_type": "company", "industry_code": "L72"}


def told(on: date = DAY) -> Answers:
    return Answers().with_changes(BUSINESS, on)


def test_a_finer_trade_is_asked_where_an_open_item_asks_for_one(library) -> None:
    answers = told()
    finer = finer_trades(answers, library, DAY)
    assert finer is not None
    assert ("L7291", "旅行社") in finer.choices
    assert finer.none_of_them == "L7200"
    question = next_question(answers, library, DAY)
    assert question is not None
    assert question.facts == ("industry_code",)


@pytest.mark.parametrize("chosen", ["L7291", "L7200"])
def test_the_finer_trade_is_asked_once_and_leaves_no_item_open_for_it(library, chosen: str) -> None:
    answers = told()
    finer = finer_trades(answers, library, DAY)
    assert finer is not None
    after = answers.with_changes({"industry_code": chosen}, DAY)
    still_open = matches_for(after, library, DAY).groups[Group.UNKNOWN]
    assert not [match.card.id for match in still_open if match.next_question.id == "industry_code"]
    assert (ITEM in {match.card.id for match in still_open}) is (chosen == "L7291")
    assert finer_trades(after, library, DAY) is None


def test_it_is_set_aside_without_losing_the_trade_told(client: Client, library) -> None:
    answers = told(today())
    client.cookies[ANSWERS_COOKIE] = seal_answers(answers)
    html = client.get("/matching/questions/industry_code/").content.decode()
    assert re.search(r'type="radio" name="industry_code" value="L7291"', html)
    assert "都不是" in html
    assert "<select" not in html
    done = client.post("/matching/questions/industry_code/", {"skip": "1"})
    assert done.headers["Location"] != "/matching/questions/industry_code/"
    kept = read_answers(client.cookies[ANSWERS_COOKIE].value, library.dictionary)
    assert kept.facts["industry_code"] == "L72"
    assert finer_trades(kept, library, today()) is None


@pytest.mark.parametrize("code", ["L7291", "H6210", None])
def test_a_class_or_nothing_at_all_is_never_asked_more_closely(library, code: str | None) -> None:
    answers = told().with_changes({"industry_code": code}, DAY)
    assert finer_trades(answers, library, DAY) is None
