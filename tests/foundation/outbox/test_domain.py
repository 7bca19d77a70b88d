"""Back-off, periods and declarations, as pure rules."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiqi.foundation.outbox.domain import Kind, OutboxError, backoff, period_key, read_kind

SHANGHAI = ZoneInfo("Asia/Shanghai")
DECLARED = {"handler": "somewhere.work", "words": "试试"}
moments = some.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=SHANGHAI)
)


@given(some.integers(1, 500), some.integers(1, 10_000), some.integers(1, 100_000))
def test_a_wait_never_shrinks_and_never_exceeds_the_longest(attempt: int, first: int, longest: int) -> None:
    kind = Kind("a.b", "h", "w", backoff_seconds=first, longest_backoff_seconds=longest)
    assert first <= backoff(kind, attempt) <= backoff(kind, attempt + 1) <= max(first, longest)


@given(moments, some.integers(60, 7 * 86400), some.data())
def test_two_moments_share_a_period_only_if_less_than_one_apart(at: datetime, every: int, data) -> None:
    kind = Kind("a.b", "h", "w", every_seconds=every, offset_seconds=data.draw(some.integers(0, every)))
    assert period_key(kind, at) != period_key(kind, at + timedelta(seconds=every))
    other = period_key(kind, at + timedelta(seconds=data.draw(some.integers(0, every - 1))))
    assert other in (period_key(kind, at), period_key(kind, at + timedelta(seconds=every)))


def test_a_daily_job_belongs_to_the_day_of_the_city_from_its_hour_on() -> None:
    kind = Kind("a.b", "h", "w", every_seconds=86400, offset_seconds=8 * 3600)
    night, morning = (
        datetime(2026, 11, 24, 7, 59, tzinfo=SHANGHAI),
        datetime(2026, 11, 24, 8, tzinfo=SHANGHAI),
    )
    assert period_key(kind, night) != period_key(kind, morning)
    assert period_key(kind, morning) == period_key(kind, night + timedelta(days=1))


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("nodot", DECLARED),
        ("a.b", {"words": "没有做法"}),
        ("a.b", {**DECLARED, "lease": 3}),
        ("a.b", {**DECLARED, "max_attempts": 0}),
        ("a.b", {**DECLARED, "offset_seconds": 5}),
    ],
)
def test_a_kind_declared_wrongly_is_refused(name: str, declared: dict[str, object]) -> None:
    with pytest.raises(OutboxError):
        read_kind(name, declared)
