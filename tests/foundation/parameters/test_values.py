"""Values as they are typed, kept and said; and which of them is in force on a day."""

from datetime import date, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiqi.foundation.parameters.domain import (
    DeclarationError,
    Kind,
    Timeline,
    ValueFaultError,
    Version,
    kept_text,
    kept_value,
    read_parameter,
    read_value,
    typed_text,
    value_words,
)
from tests.foundation.parameters.trial import DAYS, TRIAL

ALL = {key: read_parameter(key, parts) for key, parts in TRIAL.items()}
OF = {parameter.kind: parameter for parameter in ALL.values()}
days = some.dates(date(2020, 1, 1), date(2040, 1, 1))
versions = some.lists(some.tuples(days, some.integers(1, 60)), unique_by=lambda each: each[0], max_size=12)


@pytest.mark.parametrize(
    ("kind", "typed", "value", "words"),
    [
        (Kind.WORKING_DAYS, "12", 12, "12 个工作日"),
        (Kind.WORKING_DAYS, "１２", 12, "12 个工作日"),
        (Kind.WORKING_DAYS, "　 12 个工作日 ", 12, "12 个工作日"),
        (Kind.MONEY, "1,500", 150_000, "1,500 元"),
        (Kind.MONEY, "¥1280.5元", 128_050, "1,280.50 元"),
        (Kind.MONEY, "５０万元", 50_000_000, "500,000 元"),
        (Kind.MONEY, "0.29", 29, "0.29 元"),
        (Kind.PERCENT, "12.5％", Fraction(1, 8), "12.5%"),
        (Kind.PERCENT, "1/3", Fraction(1, 3), "1/3（约 33.33%）"),
        (Kind.TIME, "９：05", time(9, 5), "09:05"),
        (Kind.YES_NO, "no", False, "否"),
        (Kind.CHOICE, "pick", "pick", "自取"),
        (Kind.TEXT, "一楼，三号窗口", "一楼，三号窗口", "一楼，三号窗口"),
    ],
)
def test_what_people_type_is_understood(kind: Kind, typed: str, value: object, words: str) -> None:
    read = read_value(OF[kind], typed)
    assert (read, type(read)) == (value, type(value))
    assert value_words(OF[kind], read) == words


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *(
            (Kind.WORKING_DAYS, each)
            for each in ("", "   ", "-3", "0", "61", "1e9", "999999999", "7.5", "5²", "七")
        ),
        *((Kind.WORKING_DAYS, each) for each in ("٣", "1_0", "0x10", "9" * 4000, "<script>", "7\0", "True")),
        *((Kind.MONEY, each) for each in ("-1", "0.001", "1e5", "9" * 13, "两万", "1.5.2", "10亿")),
        *((Kind.PERCENT, each) for each in ("101", "-5", "1/0", "5/4", "nan", "inf", "50%%")),
        *((Kind.TIME, each) for each in ("24:00", "9点", "12:60", "9:5", "-1:00")),
        *((Kind.YES_NO, each) for each in ("maybe", "1", "YES")),
        *((Kind.CHOICE, each) for each in ("fly", "寄送")),
        *((Kind.TEXT, each) for each in ("字" * 201, "一\n二", "零\u200b宽")),
    ],
)
def test_whatever_else_is_typed_is_refused_with_what_to_do(kind: Kind, typed: str) -> None:
    with pytest.raises(ValueFaultError, match=r"请|要在") as refused:
        read_value(OF[kind], typed)
    assert "没有提交" in str(refused.value)


@given(some.text(max_size=40))
def test_typing_anything_gives_a_value_or_a_sentence(typed: str) -> None:
    for parameter in ALL.values():
        try:
            value = read_value(parameter, typed)
        except ValueFaultError:
            continue
        assert kept_value(parameter, kept_text(value)) == value


@given(
    whole=some.integers(1, 60),
    fen=some.integers(0, 10**11),
    share=some.fractions(0, 1, max_denominator=999_999),
    clock=some.times().map(lambda each: each.replace(second=0, microsecond=0)),
    is_yes=some.booleans(),
)
def test_what_is_kept_and_what_is_offered_for_typing_come_back_exactly(
    whole: int, fen: int, share: Fraction, clock: time, is_yes: bool
) -> None:
    values = {
        Kind.WORKING_DAYS: whole,
        Kind.MONEY: fen,
        Kind.PERCENT: share,
        Kind.TIME: clock,
        Kind.YES_NO: is_yes,
    }
    for kind, value in values.items():
        assert kept_value(OF[kind], kept_text(value)) == value
        assert read_value(OF[kind], typed_text(OF[kind], value)) == value


@given(versions, days)
def test_on_every_day_exactly_one_version_is_in_force(changes: list[tuple[date, int]], day: date) -> None:
    line = Timeline(7, [Version(number, *each) for number, each in enumerate(changes)])
    begun = [each for each in changes if each[0] <= day]
    assert line.value(day) == (max(begun)[1] if begun else 7)
    later = line.version(day + timedelta(days=1))
    before = line.version(day)
    assert before is None or (later is not None and later.from_on >= before.from_on)
    assert {each.from_on for each in line.ahead(day)} == {each[0] for each in changes} - {
        each[0] for each in begun
    }


@given(versions, days, some.integers(1, 60), days)
def test_a_change_from_a_day_on_leaves_every_day_before_as_it_was(
    changes: list[tuple[date, int]], from_on: date, value: int, day: date
) -> None:
    held = [Version(number, *each) for number, each in enumerate(changes) if each[0] != from_on]
    before, after = Timeline(7, held), Timeline(7, [*held, Version(99, from_on, value)])
    if day < from_on:
        assert after.value(day) == before.value(day)
    assert after.value(from_on) == value


@pytest.mark.parametrize(
    "wrong",
    [
        {"default": "7"},
        {"default": True},
        {"least": None},
        {"kind": "text"},
        {"mark": "rumour"},
        {"choices": {"a": "甲"}},
        {"colour": "red"},
    ],
)
def test_a_room_that_declares_wrongly_is_told(wrong: dict[str, object]) -> None:
    with pytest.raises((DeclarationError, ValueError)):
        read_parameter(DAYS, {**TRIAL[DAYS], **wrong})
    with pytest.raises(DeclarationError):
        read_parameter("no_dot", TRIAL[DAYS])
