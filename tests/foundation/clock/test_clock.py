"""The one clock: real days in production, a movable one in the demo, estimates beyond the known holidays."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.clock.actions import advance_demo_clock
from huiqi.foundation.clock.domain import Advance, ClockError, parse_advance
from huiqi.foundation.clock.queries import demo_offset, due_on, now, offset_path, today, workday_table


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> Path:
    settings.HUIQI_DATA = tmp_path / "not-made-yet"
    settings.HUIQI_MODE = "demo"
    return settings.HUIQI_DATA


def test_the_clock_shows_the_day_of_shanghai() -> None:
    assert now().utcoffset() == timedelta(hours=8)
    assert abs(now() - timezone.now()) < timedelta(seconds=5)
    assert today() == now().date()


def test_the_demo_clock_moves_by_days_and_remembers() -> None:
    start = today()
    assert advance_demo_clock("3d") == start + timedelta(days=3)
    assert advance_demo_clock("4d") == start + timedelta(days=7)
    assert demo_offset() == timedelta(days=7)


def test_the_demo_clock_moves_by_working_days() -> None:
    start = today()
    assert advance_demo_clock("5wd") == due_on(start, 5).on
    assert (today() - start).days >= 5


def test_production_neither_moves_nor_believes_a_moved_clock(settings) -> None:
    advance_demo_clock("30d")
    settings.HUIQI_MODE = "production"
    assert demo_offset() == timedelta()
    with pytest.raises(ClockError, match="正式环境不能拨动时钟"):
        advance_demo_clock("1d")


def test_the_clock_never_runs_more_than_ten_years_ahead() -> None:
    advance_demo_clock("3000d")
    with pytest.raises(ClockError, match="最多拨快"):
        advance_demo_clock("1000d")
    assert demo_offset() == timedelta(days=3000)


def test_moving_the_clock_leaves_no_half_written_file() -> None:
    advance_demo_clock("1d")
    advance_demo_clock("1d")
    assert [path.name for path in offset_path().parent.iterdir()] == [offset_path().name]


@pytest.mark.parametrize("text", ["", "5", "wd", "-5wd", "0d", "5 wd", "5w", "99999d", "３d", "5wd;rm"])
def test_an_amount_that_cannot_be_read_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ClockError, match="5wd 是 5 个工作日"):
        parse_advance(text)


def test_amounts_are_read_as_the_help_writes_them() -> None:
    assert parse_advance("5wd") == Advance(5, is_workdays=True)
    assert parse_advance(" 3D ") == Advance(3, is_workdays=False)


def test_a_deadline_skips_holidays_and_counts_make_up_days() -> None:
    """2026 国庆: 10月1日至7日放假, 9月20日、10月10日上班 (国务院办公厅通知)."""
    due = due_on(date(2026, 9, 30), 1)
    assert (due.on, due.is_estimated, due.note) == (date(2026, 10, 8), False, "")


def test_a_deadline_beyond_the_known_holidays_is_an_estimate_and_says_so() -> None:
    beyond = max(workday_table().years) + 1
    due = due_on(date(beyond, 3, 1), 3)
    assert due.is_estimated
    assert due.note == "预计，以公布的放假安排为准"
    assert due.on.weekday() < 5


@given(st.dates(date(2024, 1, 1), date(2026, 6, 1)), st.integers(1, 60))
def test_more_working_days_never_come_earlier(start: date, count: int) -> None:
    assert start < due_on(start, count).on < due_on(start, count + 1).on
