"""One question a screen: from the form to the end, with going back, skipping and ticking."""

import re

import pytest
from django.test import Client

from huiqi.core.rules.derivation import date_reaching
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.matching.domain import Group
from huiqi.services.policy.matching.forms import read_ticks
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    Answers,
    matches_for,
    next_question,
    read_answers,
    seal_answers,
    tally_of,
)
from tests.services.policy.matching.test_matches import DAY, noodle_shop

NOODLES = {"region_code": "410825", "entity_type": "individual_business", "industry_code": "H6210"}
SCREEN = re.compile(r"^/matching/(questions/[a-z0-9_]+|lists/[a-z]+)/$")


@pytest.fixture
def owner(client: Client, library) -> Client:
    """A visitor who has just left the form."""
    done = client.post("/matching/", {**NOODLES, "established_on": date_reaching(today(), -30).isoformat()})
    assert SCREEN.match(done.headers["Location"])
    return client


def here(owner: Client) -> str:
    """The address of the next question."""
    return owner.get("/matching/questions/").headers["Location"]


def kept(owner: Client, library) -> Answers:
    return read_answers(owner.cookies[ANSWERS_COOKIE].value, library.dictionary)


def pass_by(owner: Client, address: str, **said: object) -> str:
    """Post to a screen the facts it shows and an answer; where that leads."""
    html = owner.get(address).content.decode()
    shown = re.findall(r'name="shown" value="([a-z0-9_]+)"', html)
    return owner.post(address, {"shown": shown, **said}).headers["Location"]


def test_skipping_all_the_way_ends_at_the_results_which_offer_to_ask_again(owner: Client, library) -> None:
    seen = []
    while SCREEN.match(address := here(owner)):
        seen.append(address)
        assert pass_by(owner, address, skip="1") != address
    assert len(seen) > 20
    assert address == "/matching/results/"
    assert set(kept(owner, library).facts) == {*NOODLES, "established_on"}
    assert len(owner.cookies[ANSWERS_COOKIE].value) < 4000
    assert "再问一遍跳过的" in owner.get(address).content.decode()
    assert owner.post("/matching/questions/").headers["Location"] == seen[0]


def test_a_skipped_question_is_not_asked_again_until_it_is_answered(owner: Client, library) -> None:
    pass_by(owner, "/matching/questions/taxpayer_type/", skip="1")
    assert kept(owner, library).asked.skipped == {"taxpayer_type"}
    pass_by(owner, "/matching/questions/taxpayer_type/", taxpayer_type="general")
    assert not kept(owner, library).asked.skipped


def test_none_of_it_answers_every_box_at_once(owner: Client, library) -> None:
    html = owner.get("/matching/lists/money/").content.decode()
    shown = set(re.findall(r'name="shown" value="([a-z0-9_]+)"', html))
    pass_by(owner, "/matching/lists/money/", none="1")
    facts = kept(owner, library).facts
    assert len(shown) >= 4
    assert {fact: facts[fact] for fact in shown} == dict.fromkeys(shown, 0)


def test_a_ticked_number_is_still_asked_for_and_a_ticked_yes_is_known(owner: Client, library) -> None:
    pass_by(owner, "/matching/lists/money/", ticks=["annual_tax_paid_cny"])
    pass_by(owner, "/matching/lists/standing/", ticks=["owner_credit_good"])
    answers = kept(owner, library)
    assert answers.asked.present == {"annual_tax_paid_cny"}
    assert (answers.facts["owner_credit_good"], answers.facts["is_first_startup"]) == (True, False)
    html = owner.get("/matching/lists/money/").content.decode()
    assert re.search(r'value="annual_tax_paid_cny" checked', html)
    pass_by(owner, "/matching/questions/annual_tax_paid_cny/", annual_tax_paid_cny="8万")
    answers = kept(owner, library)
    assert (answers.facts["annual_tax_paid_cny"], answers.asked.present) == (80_000, frozenset())


def test_gone_back_to_a_list_keeps_the_number_told_since(library) -> None:
    values = read_ticks(["patents", "ip_count"], ["patents"], {"patents": 4}, library.dictionary)
    assert values == {"patents": 4, "ip_count": 0}


@pytest.mark.parametrize(
    ("address", "said", "words"),
    [
        ("/matching/questions/taxpayer_type/", {"taxpayer_type": ""}, "这一题还没有回答"),
        ("/matching/questions/employees/", {"employees": "三个"}, "没看懂这个数"),
        ("/matching/lists/money/", {}, "请勾选有的"),
        ("/matching/lists/money/", {"ticks": ["patents"], "none": "1"}, "请再看一下"),
    ],
)
def test_what_cannot_be_read_stays_on_the_screen_with_a_sentence(
    owner: Client, library, address: str, said: dict[str, object], words: str
) -> None:
    before = kept(owner, library)
    assert words in owner.post(address, said).content.decode()
    assert kept(owner, library) == before


def test_back_leads_through_what_was_passed_to_the_form(owner: Client) -> None:
    first = here(owner)
    second = pass_by(owner, first, skip="1")
    third = pass_by(owner, second, skip="1")
    for address, before in ((third, second), (second, first), (first, "/matching/")):
        assert f'class="plain-button" href="{before}"' in owner.get(address).content.decode()


def test_the_results_lead_on_to_the_same_question(owner: Client) -> None:
    assert 'href="/matching/questions/"' in owner.get("/matching/results/").content.decode()
    for address in ("/matching/questions/", "/matching/questions/employees/", "/matching/lists/money/"):
        assert Client().get(address).status_code == 302


def test_without_a_place_every_question_leads_to_the_form(client: Client, library) -> None:
    for address in ("/matching/questions/", "/matching/questions/employees/"):
        assert client.get(address).headers["Location"] == "/matching/"
    assert client.get("/matching/lists/money/", follow=True).redirect_chain[-1][0] == "/matching/"
    assert client.get("/matching/lists/nope/").status_code == 404


@pytest.mark.parametrize("more", [{}, {"taxpayer_type": "small_scale", "employees": 3}])
def test_the_tally_counts_what_the_results_show(library, more: dict[str, object]) -> None:
    answers = noodle_shop(**more)
    matches = matches_for(answers, library, DAY)
    assert tally_of(answers, library, DAY) == {group: matches.count(group) for group in Group}


def test_the_next_question_is_about_something_open(library) -> None:
    question = next_question(noodle_shop(), library, DAY)
    assert question is not None
    assert not noodle_shop().facts.keys() & set(question.facts)
    assert next_question(Answers(), library, DAY) is None


def test_a_cookie_of_skips_comes_back_and_forgets_what_the_dictionary_lost(library) -> None:
    answers = noodle_shop().skipping(["employees", "shoes"]).having(["patents"]).after("list-money")
    again = read_answers(seal_answers(answers), library.dictionary)
    assert (again.asked.skipped, again.asked.present) == ({"employees"}, {"patents"})
    assert (again.trail, again.before("honours")) == (("list-money",), "list-money")
