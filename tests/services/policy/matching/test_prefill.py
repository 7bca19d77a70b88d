"""A credit code instead of four answers: looked up, shown masked, and taken only after a 是."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.core.rules.derivation import date_reaching
from huiqi.core.rules.facts import Value
from huiqi.core.standards.credit_code import check_digit, organisation_check
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.businesses import actions
from huiqi.foundation.clock.queries import today
from huiqi.population.register import RegisterRow
from huiqi.services.policy.matching.forms import read_code
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    Answers,
    matches_for,
    read_answers,
    seal_answers,
)

OBSERVED = date(2026, 11, 20)
load_registrations = partial(
    actions.load_registrations, now=datetime(2026, 11, 24, tzinfo=UTC), actor=Actor("test", "测试")
)


def code_of(body: str, head: str = "92410825") -> str:
    organisation = body + organisation_check(body)
    return head + organisation + check_digit(head + organisation)


CODE, UNKNOWN_CODE = code_of("MATE0001"), code_of("MATE0002")
NOODLES = RegisterRow(
    credit_code=CODE,
    name="温县𬱖德华面馆",
    operator="𬱖德华",
    entity_type="individual_business",
    region_code="410825",
    industry_code="H6210",
    established_on=None,
    is_operating=True,
)


def noodles(**changes: object) -> RegisterRow:
    return replace(NOODLES, **{"established_on": date_reaching(today(), -30), **changes})


@pytest.fixture
def visitor(client: Client, library) -> Client:
    load_registrations([noodles()], "登记机关", OBSERVED)
    return client


def looked_up(visitor: Client, code: str = CODE, **typed: str) -> str:
    page = visitor.post("/matching/lookup/", {"code": code, **typed})
    assert page.status_code == 200
    return page.content.decode()


def confirmed(visitor: Client, html: str, choice: str = "yes"):
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found is not None
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', html))
    hidden.pop("csrfmiddlewaretoken", None)
    return visitor.post("/matching/lookup/confirm/", {**hidden, choice: "1"})


def kept(visitor: Client, library) -> Answers:
    return read_answers(visitor.cookies[ANSWERS_COOKIE].value, library.dictionary)


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        f"  {CODE[:4]} {CODE[4:8]}-{CODE[8:]}　",
        "".join(chr(ord(letter) + 0xFEE0) for letter in CODE),
        f"\u200b{CODE}\ufeff",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed).code == CODE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "请先填"),
        ("   ", "请先填"),
        (CODE[:-1], "您填了 17 位"),
        (CODE + "1", "您填了 19 位"),
        ("410825600123456", "15 位的旧注册号"),
        (CODE.replace("0", "O"), "字母 O"),
        ("9241082A" + CODE[8:], "第3至8位"),
        ("面" * 18, "第1位"),
        ("'" * 5000, "您填了"),
    ],
)
def test_a_code_of_the_wrong_form_is_told_what_is_wrong(typed: str, said: str) -> None:
    field = read_code(typed)
    assert said in field.error
    assert field.code == ""
    assert len(field.text) <= 64


def test_letters_that_are_no_letters_are_offered_as_the_digits_they_look_like() -> None:
    assert read_code(CODE.replace("0", "O")).suggestion == CODE
    assert read_code(CODE[:-1] + "I").suggestion in ("", CODE)


@given(st.text(max_size=80))
def test_no_text_makes_the_reading_of_a_code_stumble(text: str) -> None:
    field = read_code(text)
    assert bool(field.code) != bool(field.error)


def test_what_is_found_is_shown_masked_and_is_no_answer_yet(visitor: Client) -> None:
    html = looked_up(visitor)
    assert "是您的店吗？" in html
    assert "温县𬱖**面馆" in html
    assert "<dt>经营者</dt><dd>𬱖**</dd>" in html
    for words in ("河南省焦作市温县", "正餐服务", "开了 30 个月", "个体工商户", "登记机关（2026年11月20日）"):
        assert words in html
    assert "德华" not in html
    assert ANSWERS_COOKIE not in visitor.cookies


def test_yes_makes_it_the_answers_with_the_register_as_their_source(visitor: Client, library) -> None:
    done = confirmed(visitor, looked_up(visitor))
    assert done.headers["Location"].startswith(("/matching/questions/", "/matching/lists/"))
    answers = kept(visitor, library)
    assert answers.facts == {
        "region_code": "410825",
        "entity_type": "individual_business",
        "industry_code": "H6210",
        "established_on": date_reaching(today(), -30),
    }
    assert {(each.department, each.observed_on) for each in answers.sources().values()} == {
        ("登记机关", OBSERVED)
    }
    results = visitor.get("/matching/results/").content.decode()
    assert "数据来自：登记机关（2026年11月20日）。" in results
    assert "您填写的" not in results
    verdict = visitor.get("/matching/items/jz-tour-coach-2026/").content.decode()
    assert "登记机关，2026年11月20日" in verdict
    assert "填错了，改一下" in verdict
    assert "来自登记机关（2026年11月20日），不对可以改" in visitor.get("/matching/").content.decode()


def test_what_is_corrected_is_declared_and_the_rest_stays_the_registers(visitor: Client, library) -> None:
    confirmed(visitor, looked_up(visitor))
    visitor.post("/matching/questions/industry_code/?item=jz-tour-coach-2026", {"industry_code": "F5213"})
    sources = kept(visitor, library).sources()
    assert sources["industry_code"].department == "您填写的"
    assert sources["industry_code"].is_declared
    assert sources["region_code"].department == "登记机关"
    results = visitor.get("/matching/results/").content.decode()
    assert "数据来自：登记机关（2026年11月20日）、您填写的（" in results


def test_no_leads_back_to_the_form_with_everything_typed(visitor: Client) -> None:
    page = confirmed(visitor, looked_up(visitor, employees="3"), "no")
    html = page.content.decode()
    assert page.status_code == 200
    assert "没有用那份登记信息" in html
    assert 'value="3"' in html
    assert CODE in html
    assert ANSWERS_COOKIE not in visitor.cookies


def test_what_was_typed_besides_is_kept_too(visitor: Client, library) -> None:
    confirmed(visitor, looked_up(visitor, employees="3", region_code="410882"))
    answers = kept(visitor, library)
    assert (answers.facts["employees"], answers.facts["region_code"]) == (3, "410825")
    assert answers.sources()["employees"].is_declared


def test_what_was_typed_wrongly_besides_is_asked_again_and_nothing_is_lost(visitor: Client, library) -> None:
    page = confirmed(visitor, looked_up(visitor, employees="很多"))
    html = page.content.decode()
    assert "有 1 处要改一下" in html
    assert 'value="很多"' in html
    assert kept(visitor, library).place == "410825"


def test_a_code_nobody_has_is_told_and_everything_typed_stays(visitor: Client) -> None:
    html = looked_up(visitor, UNKNOWN_CODE, employees="3", industry_code="H6210")
    assert "登记册里没有查到这个代码" in html
    assert 'value="3"' in html
    assert '<option value="H6210" selected>' in html
    assert "处要改一下" not in html


def test_a_wrong_check_digit_is_a_warning_that_may_be_overridden(visitor: Client) -> None:
    wrong = CODE[:-1] + ("A" if CODE[-1] != "A" else "B")
    load_registrations([noodles(credit_code=wrong)], "登记机关", OBSERVED)
    html = looked_up(visitor, wrong)
    assert "请对照营业执照再核对一遍" in html
    assert f'name="doubted" value="{wrong}"' in html
    assert "是您的店吗？" in looked_up(visitor, wrong, doubted=wrong)


def test_the_offered_code_is_looked_up_by_its_button(visitor: Client) -> None:
    assert "是您的店吗？" in looked_up(visitor, CODE.replace("0", "O"), suggested=CODE)


def test_enter_in_another_field_answers_the_form_and_looks_nothing_up(visitor: Client, library) -> None:
    done = visitor.post("/matching/lookup/", {"code": "", "region_code": "410825"})
    assert done.status_code == 302
    assert kept(visitor, library).place == "410825"
    assert "请先填" in looked_up(visitor, "")


def test_only_what_was_looked_up_can_be_taken(visitor: Client) -> None:
    for token in ("", CODE, "forged:token"):
        done = visitor.post("/matching/lookup/confirm/", {"token": token, "yes": "1"})
        assert done.headers["Location"] == "/matching/"
    assert ANSWERS_COOKIE not in visitor.cookies
    for address in ("/matching/lookup/", "/matching/lookup/confirm/"):
        assert visitor.get(address).headers["Location"] == "/matching/"


@pytest.mark.parametrize("name", ["HUIQI_LOOKUPS_PER_VISITOR", "HUIQI_LOOKUPS_PER_CODE"])
def test_who_looks_up_too_often_waits_and_keeps_what_was_typed(visitor: Client, settings, name: str) -> None:
    setattr(settings, name, 2)
    for _ in range(2):
        looked_up(visitor)
    page = visitor.post("/matching/lookup/", {"code": CODE, "employees": "3"})
    html = page.content.decode()
    assert (page.status_code, page.headers["Retry-After"]) == (429, "1800")
    assert "您查得太快了，请 30 分钟后再试，您填的都还在。" in html
    assert 'value="3"' in html


def test_codes_that_cannot_be_right_cost_nothing_of_the_allowance(visitor: Client, settings) -> None:
    settings.HUIQI_LOOKUPS_PER_VISITOR = 1
    for _ in range(3):
        looked_up(visitor, "123")
    assert "是您的店吗？" in looked_up(visitor)


def test_a_lookup_costs_six_queries_and_a_yes_two(visitor: Client, django_assert_num_queries) -> None:
    looked_up(visitor)
    with django_assert_num_queries(6):  # the library, two limits of two statements each, the register
        html = looked_up(visitor)
    with django_assert_num_queries(2):
        confirmed(visitor, html)


def test_a_shop_of_another_city_leaves_the_county_to_its_owner(visitor: Client, library) -> None:
    load_registrations([noodles(region_code="410105")], "登记机关", OBSERVED)
    html = looked_up(visitor)
    assert "这家店不登记在焦作市" in html
    assert confirmed(visitor, html).headers["Location"] == "/matching/"
    assert "region_code" not in kept(visitor, library).facts


def test_what_the_register_does_not_say_stays_to_be_asked(visitor: Client, library) -> None:
    silent = noodles(industry_code="", established_on=None, entity_type="", name="", operator="")
    load_registrations([silent], "登记机关", OBSERVED)
    html = looked_up(visitor)
    assert "登记册里没有写名称" in html
    assert "登记册里没有写：" in html
    confirmed(visitor, html)
    assert kept(visitor, library).facts == {"region_code": "410825"}


def test_a_closed_shop_is_said_to_be_closed(visitor: Client) -> None:
    load_registrations([noodles(is_operating=False)], "登记机关", OBSERVED)
    assert "登记册里这家店已停业或注销" in looked_up(visitor)


def test_an_old_cookie_still_reads_and_a_new_one_carries_its_sources(library) -> None:
    told: dict[str, Value] = {"region_code": "410825", "industry_code": "H6210"}
    old = Answers().with_changes(told, OBSERVED)
    assert read_answers(seal_answers(old), library.dictionary) == old
    new = old.with_registration(told, "登记机关", OBSERVED)
    assert read_answers(seal_answers(new), library.dictionary) == new


REGISTERED = st.fixed_dictionaries(
    {"region_code": st.sampled_from(["410825", "410882", "410871"])},
    optional={
        "entity_type": st.sampled_from(["individual_business", "company", "farmers_cooperative"]),
        "industry_code": st.sampled_from(["H6210", "C2730", "I65", "A0171"]),
        "established_on": st.dates(date(1990, 1, 1), OBSERVED),
    },
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(REGISTERED)
def test_prefilled_facts_give_the_same_verdicts_as_the_same_facts_typed(
    library, told: dict[str, Value]
) -> None:
    typed = Answers().with_changes(told, OBSERVED)
    prefilled = Answers().with_registration(told, "登记机关", OBSERVED)
    groups = [
        {group: [match.card.id for match in matches] for group, matches in each.groups.items()}
        for each in (matches_for(typed, library, OBSERVED), matches_for(prefilled, library, OBSERVED))
    ]
    assert groups[0] == groups[1]
