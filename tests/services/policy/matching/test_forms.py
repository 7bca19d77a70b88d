"""What people write on a form becomes a value, or a sentence that helps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.core.rules.facts import Value
from huiqi.core.rules.wording import question_and_remark
from huiqi.foundation.look.queries import common_trades
from huiqi.services.policy.matching.forms import NOTHING, AnswerError, field_of, read_answer, texts_of
from tests.services.policy.matching.test_answers import facts
from tests.services.policy.seed import shipped

DICTIONARY = shipped().dictionary
DAY = date(2026, 11, 23)
OWNER_TEXTS = st.lists(st.text(max_size=30), max_size=4)


def read(fact_id: str, *texts: str) -> Value | None:
    return read_answer(DICTIONARY[fact_id], texts, DAY)


@given(facts())
def test_every_value_reads_back_from_how_it_stands_on_the_form(known: dict[str, Value]) -> None:
    for fact_id, value in known.items():
        again = read(fact_id, *texts_of(value))
        if fact_id != "owner_identity":  # some of its members imply another
            assert again == value


@given(st.sampled_from(sorted(DICTIONARY)), OWNER_TEXTS)
def test_whatever_is_written_is_a_value_or_a_sentence_that_helps(fact_id: str, texts: list[str]) -> None:
    value, said = None, ""
    try:
        value = read(fact_id, *texts)
    except AnswerError as mistake:
        said = str(mistake)
    assert said == "" or said.endswith("。")
    assert value is None or DICTIONARY[fact_id].parse(value) == value


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("80000", 80_000),
        ("80,000", 80_000),
        ("８００００", 80_000),
        ("8万", 80_000),
        ("8.5 万元", 85_000),
        ("1.2亿", 120_000_000),
        ("80000元", 80_000),
        ("0", 0),
    ],
)
def test_money_is_read_as_people_write_it(text: str, yuan: int) -> None:
    assert read("annual_revenue_cny", text) == yuan


@pytest.mark.parametrize("text", ["八万", "8万5", "abc", "1e9", "NaN", "-5", "99999999999999999999", "0.5"])
def test_money_that_cannot_be_read_is_asked_again(text: str) -> None:
    with pytest.raises(AnswerError):
        read("annual_revenue_cny", text)


@pytest.mark.parametrize("text", ["2024-05-20", "2024/5/20", "2024.5.20", "2024年5月20日", " 2024-5-20 "])
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert read("established_on", text) == date(2024, 5, 20)


@pytest.mark.parametrize("text", ["2024-02-30", "20240520", "昨天", "0001-01-01", "2024-13-01"])
def test_a_date_that_does_not_exist_is_asked_again(text: str) -> None:
    with pytest.raises(AnswerError, match="日期"):
        read("established_on", text)


def test_a_licence_from_the_future_is_asked_again() -> None:
    assert read("established_on", DAY.isoformat()) == DAY
    with pytest.raises(AnswerError, match="不能晚于今天"):
        read("established_on", "2026-11-24")


def test_nothing_written_is_unknown_and_never_a_no() -> None:
    assert read("is_operating", "") is None
    assert read("employees", "  ") is None
    assert read("honours") is None


def test_none_of_these_is_a_complete_empty_list() -> None:
    assert read("honours", NOTHING) == frozenset()
    with pytest.raises(AnswerError, match="只留一种"):
        read("honours", NOTHING, "tech_sme")


def test_a_graduate_of_two_years_counts_as_one_of_five() -> None:
    assert read("owner_identity", "college_graduate_2y") == {"college_graduate_2y", "college_graduate_5y"}


def test_the_place_must_be_told_because_everything_hangs_on_it() -> None:
    with pytest.raises(AnswerError, match="哪个县"):
        read("region_code", "")


def test_the_place_is_one_of_the_eleven_areas_of_jiaozuo() -> None:
    options = field_of(DICTIONARY["region_code"], ()).options
    assert len(options) == 11
    assert {"温县", "修武县", "沁阳市"} <= {option.label for option in options}


def test_the_common_trades_come_first_and_every_division_follows() -> None:
    field = field_of(DICTIONARY["industry_code"], ("H6210",))
    assert tuple(option.value for option in field.groups[0].options) == tuple(common_trades())
    assert [option.value for option in field.options if option.is_chosen] == ["H6210"]
    assert sum(len(group.options) for group in field.groups[1:]) == 97
    for option in field.options:
        assert read("industry_code", option.value) == option.value


@pytest.mark.parametrize("fact_id", sorted(DICTIONARY))
def test_every_fact_can_be_asked(fact_id: str) -> None:
    field = field_of(DICTIONARY[fact_id], ())
    assert field.question.endswith(("？", "?"))
    assert field.kind in {"one", "many", "list", "date", "number"}
    assert bool(field.options) is (field.kind in {"one", "many", "list"})
    assert field.is_blank


def test_the_remark_is_told_from_the_question() -> None:
    assert question_and_remark("几个人？（单位：人，没有请填0）") == ("几个人？", "单位：人，没有请填0")
    assert question_and_remark("几个人？") == ("几个人？", "")
