"""The pure part: how a consent stands, what may be agreed to, and that no text ever changes."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.consent.domain import (
    DATA_CLASSES,
    PURPOSES,
    Blanks,
    ConsentState,
    Terms,
    consent_state,
    digests_of,
    end_of,
    faults_of,
    statement_of,
    text_in_force,
)
from huiqi.foundation.consent.domain.texts import TEXTS

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1))
# What was shown to people: a text is never edited, another wording is a new version.
SHOWN = {
    ("pre_loan", 1): "c8ef09e12657",
    ("post_loan", 1): "28a31d3fb5a9",
    ("credit_enquiry", 1): "13322e73e310",
    ("policy_match", 1): "6f511cf009b8",
    ("coaching", 1): "ce8b4bb0df99",
}


@given(MOMENTS, MOMENTS, st.none() | MOMENTS, MOMENTS)
def test_there_is_no_moment_after_the_end_or_a_revocation_at_which_a_consent_is_live(
    begin: datetime, end: datetime, revoked: datetime | None, at: datetime
) -> None:
    is_live = consent_state(begin, end, revoked, at) is ConsentState.LIVE
    assert is_live == (revoked is None and begin <= at < end)


@given(DAYS)
def test_the_last_day_is_included_and_not_one_moment_more(day: date) -> None:
    end = end_of(day, UTC)
    assert (end - timedelta(microseconds=1)).date() == day
    assert end.date() == day + timedelta(days=1)


@given(st.sampled_from(sorted(PURPOSES)), st.frozensets(st.sampled_from(sorted(DATA_CLASSES))), DAYS, DAYS)
def test_nothing_is_agreed_to_that_the_purpose_does_not_need_or_for_too_long(
    purpose: str, classes: frozenset[str], until: date, today: date
) -> None:
    allowed = PURPOSES[purpose].classes
    is_right = bool(classes) and classes <= set(allowed) and today <= until <= today + timedelta(days=365)
    assert is_right == (faults_of(Terms(purpose, classes, until), allowed, 365, today) == {})


def test_a_purpose_asks_for_nothing_public_and_a_credit_enquiry_stands_alone() -> None:
    for purpose in PURPOSES.values():
        assert all(DATA_CLASSES[each].needs_consent for each in purpose.classes)
        assert set(purpose.of_people) <= set(purpose.classes)
        assert ("16" in purpose.classes) == (purpose.id == "credit_enquiry")
    assert PURPOSES["credit_enquiry"].classes == ("16",)
    assert sorted(DATA_CLASSES) == [f"{each:02}" for each in range(1, 18)]


def test_no_text_that_was_shown_is_ever_edited() -> None:
    assert {(each.purpose, each.version): each.digests[0][:12] for each in TEXTS} == SHOWN


def test_every_purpose_has_a_text_that_says_who_whom_what_and_until_when() -> None:
    for purpose in PURPOSES.values():
        blanks = Blanks("{grantee}面馆", "{classes}银行", frozenset(purpose.classes), date(2027, 3, 1))
        words = statement_of(text_in_force(purpose.id, date(2026, 11, 20)), blanks)
        assert "授权人：{grantee}面馆" in words
        assert "被授权人：{classes}银行" in words
        assert "2027年3月1日" in words
        assert all(DATA_CLASSES[each].label in words for each in purpose.classes)
        assert not any(blank in words for blank in ("{purpose}", "{use}", "{until}", "{subject}"))


def test_the_digests_are_those_of_the_standards() -> None:
    assert digests_of("abc")[0].startswith("66c7f0f462eeedd9")  # GB/T 32905-2016, A.1
    assert digests_of("abc")[1].startswith("ba7816bf8f01cfea")
