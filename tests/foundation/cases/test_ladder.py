"""Reminders, heads and the office above, each once; and last days counted anew with a new holiday table."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiqi.core.standards.workdays import WorkdayTable
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.cases.actions import Destination, advance, escalate_due, pause, recompute_due, transfer
from huiqi.foundation.cases.models import Case, CaseClock, CaseEvent
from huiqi.foundation.cases.queries import case_file
from huiqi.foundation.clock.queries import workday_table
from tests.foundation.cases.places import Office, act, opened
from tests.support.numbers import agreed
from tests.support.people import NOW, organisation, someone

pytestmark = pytest.mark.django_db

SYSTEM = Actor("system", "系统")
DUE = date(2026, 12, 1)


def climb(day: date) -> int:
    return escalate_due(act(SYSTEM, datetime.combine(day, NOW.timetz())))


def test_each_rung_is_climbed_on_its_day_and_once() -> None:
    Office()
    case = opened()
    told = [climb(DUE + timedelta(days=n)) for n in (-2, -1, -1, 0, 1, 1, 2, 3, 9)]
    assert told == [0, 1, 0, 0, 1, 0, 0, 1, 0]
    words = list(
        CaseEvent.objects.filter(verb="cases.escalate").order_by("id").values_list("words", flat=True)
    )
    assert words == ["催办：提醒经办人", "催办：报部门负责人", "催办：报上级单位市营商局"]
    kept = Case.objects.get(number=case.number)
    assert (kept.height, kept.overseer.name, kept.organisation.name) == (3, "市营商局", "平台运营")


def test_the_steps_are_those_of_the_day_the_clock_started() -> None:
    Office()
    before = opened()
    for name, days in (("reminded_before", 3), ("head_told_after", 2), ("above_told_after", 2)):
        agreed(f"library.{name}", days, (NOW + timedelta(days=1)).date())
    after = opened("n" * 22, NOW + timedelta(days=3))
    assert Case.objects.get(number=after.number).due_on == DUE + timedelta(days=1)
    assert [climb(DUE + timedelta(days=n)) for n in (-5, -4, -1, 0, 1, 2, 3)] == [0, 1, 1, 0, 1, 0, 3]
    told = CaseEvent.objects.filter(verb="cases.escalate", words__contains="上级单位").order_by("id")
    assert [each.case.number for each in told] == [before.number, after.number]


def test_nobody_above_is_told_before_the_head() -> None:
    Office()
    agreed("library.head_told_after", 5)
    agreed("library.above_told_after", 2)
    opened()
    assert [climb(DUE + timedelta(days=n)) for n in (3, 6, 7)] == [1, 0, 2]


def test_when_an_answer_turns_amber_is_the_number_of_the_day_it_was_asked_for() -> None:
    agreed("library.answer_soon_days", 4, (NOW + timedelta(days=1)).date())
    cases = opened(), opened("n" * 22, NOW + timedelta(days=1))
    assert [CaseClock.objects.get(case__number=each.number).amber_left for each in cases] == [2, 4]


def test_a_hundred_clocks_ask_for_the_numbers_once() -> None:
    Office()
    for name in "abc":
        opened(name * 22)
    with CaptureQueriesContext(connection) as watched:
        assert climb(DUE + timedelta(days=9)) == 9
    asked = [each for each in watched.captured_queries if "parameters_parameterversion" in each["sql"]]
    assert len(asked) == 1


def test_a_job_that_slept_climbs_everything_at_once() -> None:
    Office()
    opened()
    assert climb(DUE + timedelta(days=9)) == 3
    assert climb(DUE + timedelta(days=9)) == 0


def test_the_office_above_sees_what_was_raised_and_may_not_take_it_away() -> None:
    office = Office()
    head = someone("department_head", office.above)
    case = opened()
    climb(DUE + timedelta(days=9))
    file = case_file(case.number, head.actor, workday_table(), DUE)
    assert file is not None
    assert file.is_ours
    assert file.allowed == {"note"}
    assert file.moves == ()


def test_giving_a_raised_case_away_does_not_end_who_watches_it() -> None:
    office, case = Office(), opened()
    climb(DUE + timedelta(days=9))
    bureau = organisation("department", "财政局", parent=organisation("department", "市政府"))
    transfer(case.number, 1, Destination(str(bureau.pk)), "归财政局管", act(office.one))
    kept = Case.objects.get(number=case.number)
    assert (kept.height, kept.overseer.name) == (3, "市政府")


def test_without_an_office_above_it_stays_with_the_head() -> None:
    organisation("platform", "平台运营")
    case = opened()
    climb(DUE + timedelta(days=9))
    kept = Case.objects.get(number=case.number)
    assert (kept.height, kept.overseer) == (2, None)
    assert CaseEvent.objects.filter(words__contains="没有上级单位").count() == 1


def test_a_paused_case_climbs_nothing() -> None:
    office, case = Office(), opened()
    pause(case.number, 1, "等回函", act(office.one))
    assert climb(DUE + timedelta(days=30)) == 0


def test_a_closed_case_climbs_nothing_and_one_opened_again_climbs_anew() -> None:
    office, case = Office(), opened()
    assert climb(DUE + timedelta(days=9)) == 3
    later = datetime(2026, 12, 14, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    advance(case.number, 1, "correct", "", act(office.one, later))
    assert Case.objects.get(number=case.number).overseer is None
    assert climb(date(2026, 12, 20)) == 0
    advance(case.number, 2, "reopen", "还没改", act(office.one, later))
    assert climb(date(2027, 1, 29)) == 3


def test_a_guess_is_counted_anew_when_the_table_arrives_and_told_to_both_sides() -> None:
    known = workday_table()
    without = WorkdayTable(frozenset(range(2020, 2027)), known.holidays, known.makeup_days)
    start = datetime(2026, 12, 28, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    case = opened(now=start)
    guessed = Case.objects.get(number=case.number)
    assert (guessed.due_on, guessed.is_estimated) == (date(2027, 1, 6), True)
    later = WorkdayTable(without.years | {2027}, without.holidays | {date(2027, 1, 1)}, without.makeup_days)
    counts = [recompute_due(act(SYSTEM, start, table)) for table in (without, later, later)]
    assert [(each.counted, each.moved) for each in counts] == [(1, 0), (1, 1), (0, 0)]
    certain = Case.objects.get(number=case.number)
    assert (certain.due_on, certain.is_estimated) == (date(2027, 1, 7), False)
    assert CaseEvent.objects.get(verb="cases.recompute").visibility == "both"
    assert AuditEntry.objects.filter(verb="cases.recompute").count() == 1
