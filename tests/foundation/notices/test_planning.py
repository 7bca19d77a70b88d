"""Who is told how and when, as pure rules."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiqi.foundation.notices.domain import (
    Channel,
    Choices,
    MailMode,
    NoticeError,
    QuietHours,
    read_notice_kind,
    ways,
    words_of,
)
from tests.foundation.notices.trial import KINDS, MORNING, NIGHT, NOW, WORDS

USUAL = QuietHours(21, 8)
BOTH = frozenset(Channel)
hours = some.integers(0, 23)
moments = some.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
)


def kind(name: str, **changes: object):
    return read_notice_kind(name, {**KINDS[name], **changes})


@given(hours, hours, moments)
def test_what_waits_for_the_end_of_the_night_waits_less_than_a_day_and_then_goes_out(
    start: int, end: int, moment: datetime
) -> None:
    quiet = QuietHours(start, end)
    due_at = quiet.end_after(moment)
    assert moment <= due_at < moment + timedelta(days=1)
    assert quiet.end_after(due_at) == due_at
    if due_at > moment:
        assert (due_at.hour, due_at.minute) == (end, 0)


@pytest.mark.parametrize(
    ("hour", "minute", "waits"), [(20, 59, 0), (21, 0, 11), (23, 59, 9), (0, 0, 8), (7, 59, 1), (8, 0, 0)]
)
def test_the_usual_night_is_from_nine_to_eight(hour: int, minute: int, waits: int) -> None:
    moment = NOW.replace(hour=hour, minute=minute)
    due_at = USUAL.end_after(moment)
    assert due_at == (moment.replace(minute=0) + timedelta(hours=waits) if waits else moment)


def test_equal_hours_are_no_night() -> None:
    assert QuietHours(0, 0).end_after(NIGHT) == NIGHT


def test_an_urgent_notice_goes_out_at_night_and_in_no_digest() -> None:
    choices = Choices(USUAL, mail_mode=MailMode.DAILY, has_mail=True)
    found = ways(kind("trial.urgent"), choices, BOTH, NIGHT)
    assert [(way.channel, way.due_at, way.is_in_digest) for way in found] == [
        (Channel.SMS, NIGHT, False),
        (Channel.MAIL, NIGHT, False),
    ]
    assert [way.due_at for way in ways(kind("trial.due"), choices, BOTH, NIGHT)] == [MORNING, MORNING]


@pytest.mark.parametrize(
    ("name", "choices", "channels"),
    [
        ("trial.progress", Choices(USUAL), ["sms"]),
        ("trial.progress", Choices(USUAL, is_sms_wanted=False), []),
        ("trial.progress", Choices(USUAL, muted=frozenset({"trial.progress"})), []),
        ("trial.due", Choices(USUAL, is_sms_wanted=False), ["sms"]),
        ("trial.due", Choices(USUAL, muted=frozenset({"trial.due"})), ["sms"]),
        ("trial.news", Choices(USUAL), []),
        ("trial.news", Choices(USUAL, mail_mode=MailMode.EACH, has_mail=True), ["mail"]),
        ("trial.news", Choices(USUAL, mail_mode=MailMode.EACH), []),
        ("trial.news", Choices(USUAL, mail_mode=MailMode.OFF, has_mail=True), []),
    ],
)
def test_each_is_told_as_they_chose_and_as_the_kind_allows(
    name: str, choices: Choices, channels: list[str]
) -> None:
    assert [way.channel for way in ways(kind(name), choices, BOTH, NOW)] == channels
    assert ways(kind(name), choices, frozenset(), NOW) == ()


def test_the_blanks_are_filled_and_nothing_else_is_read_as_one() -> None:
    assert words_of(kind("trial.due"), WORDS).title == "请补材料：焦-2026-0012"
    hostile = {"case": "{day}", "day": "明天"}
    assert words_of(kind("trial.due"), hostile).title == "请补材料：{day}"


@pytest.mark.parametrize(
    ("context", "why"),
    [
        ({"case": "1"}, "nobody fills day"),
        ({**WORDS, "case": "长" * 70}, "characters where"),
        ({**WORDS, "case": "13800000000"}, "long number"),
        ({**WORDS, "case": "一\n二"}, "more than one line"),
    ],
)
def test_words_that_do_not_fit_are_refused(context: dict[str, object], why: str) -> None:
    with pytest.raises(NoticeError, match=why):
        words_of(kind("trial.due"), context)


@pytest.mark.parametrize(
    "declared", [{"words": "没有正文", "title": "x"}, {**KINDS["trial.due"], "urgent": 1}]
)
def test_a_kind_declared_wrongly_is_refused(declared: dict[str, object]) -> None:
    with pytest.raises(NoticeError, match="declared wrongly"):
        read_notice_kind("trial.due", declared)
