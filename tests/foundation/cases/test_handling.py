"""What is done to a case: by whom, under which clock, seen by whom, and written down where."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.accounts.queries import colleagues
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.cases.actions import (
    CaseError,
    ConflictError,
    Destination,
    Visibility,
    advance,
    hand_over,
    note,
    open_case,
    pause,
    resume,
    transfer,
)
from huiqi.foundation.cases.domain import Opening
from huiqi.foundation.cases.models import Case, CaseClock, CaseEvent
from huiqi.foundation.cases.queries import case_file, followed_case
from huiqi.foundation.clock.queries import workday_table
from huiqi.foundation.storage.immutable import ImmutableError
from tests.foundation.cases.places import KIND, VISITOR, Office, act, days, member_id, opened, version
from tests.support.people import NOW, organisation, someone

pytestmark = pytest.mark.django_db


def the_case(number: str) -> Case:
    return Case.objects.get(number=number)


def seen(number: str, who) -> list[str]:
    file = case_file(number, who.actor, workday_table(), NOW.date())
    assert file is not None
    return [event.words for event in file.events]


def test_a_case_belongs_to_an_office_even_where_a_city_has_set_up_none() -> None:
    case = the_case(opened().number)
    assert (case.organisation.name, case.assignee, case.due_on) == ("平台运营", None, date(2026, 12, 1))
    assert AuditEntry.objects.filter(verb="accounts.make_platform_office").count() == 1
    assert the_case(opened("second").number).organisation_id == case.organisation_id


def test_a_case_is_opened_with_what_it_is_about_or_not_at_all() -> None:
    opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        open_case(Opening(KIND, "k" * 22, "又一次"), act(VISITOR))
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_case_cannot_be_opened_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        open_case(Opening(KIND, "x", "x"), act(VISITOR))


def test_no_case_is_without_an_organisation() -> None:
    number = opened().number
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET organisation_id = NULL WHERE number = %s", [number])


def test_who_takes_the_first_step_has_the_case() -> None:
    office, case = Office(), opened()
    advance(case.number, 1, "take", "", act(office.one))
    kept = the_case(case.number)
    assert (kept.state, str(kept.assignee_id), kept.version) == ("checking", member_id(office.one), 2)


def test_a_colleague_may_answer_what_somebody_else_took() -> None:
    office, case = Office(), opened()
    advance(case.number, 1, "take", "", act(office.one))
    advance(case.number, 2, "correct", "改好了，谢谢您", act(office.two))
    kept = the_case(case.number)
    assert (kept.state, kept.due_on, str(kept.assignee_id)) == ("corrected", None, member_id(office.one))
    assert kept.closed_at == NOW
    assert CaseClock.objects.get().stopped_on == NOW.date()


def test_no_mistake_is_found_without_a_reason() -> None:
    office, case = Office(), opened()
    with pytest.raises(CaseError, match="要先写明原因"):
        advance(case.number, 1, "find_unfounded", "  ", act(office.one))
    assert the_case(case.number).version == 1


def test_who_comes_second_is_told_who_was_first_and_when() -> None:
    office, case = Office(), opened()
    advance(case.number, 1, "take", "", act(office.one))
    with pytest.raises(ConflictError, match=r"演\*.*平台运营.*10:00.*接手核对.*您写的还在") as told:
        advance(case.number, 1, "correct", "改了", act(office.two))
    assert "您刚才" not in str(told.value)
    with pytest.raises(ConflictError, match="您刚才"):
        advance(case.number, 1, "take", "", act(office.one))
    assert CaseEvent.objects.filter(verb="cases.advance").count() == 1


def test_opening_again_starts_a_new_clock_and_keeps_the_old_one() -> None:
    office, case = Office(), opened()
    advance(case.number, 1, "correct", "", act(office.one))
    advance(case.number, 2, "reopen", "还是不对", act(office.one, days(30)))
    kept = the_case(case.number)
    assert (kept.state, kept.closed_at, kept.due_on) == ("checking", None, date(2026, 12, 29))
    assert CaseClock.objects.count() == 2


def test_the_party_may_open_its_own_case_again_and_no_other() -> None:
    office, owner, other = Office(), someone("owner"), someone("owner")
    case = opened(party_id=str(owner.organisation.pk), party_name="演示店")
    advance(case.number, 1, "find_unfounded", "与原文一致", act(office.one))
    with pytest.raises(NotAllowedError):
        advance(case.number, 2, "reopen", "不对", act(other))
    advance(case.number, 2, "reopen", "请再看", act(owner))
    assert the_case(case.number).state == "checking"


def test_an_officer_of_another_office_may_do_nothing() -> None:
    case, stranger = opened(), someone("officer")
    attempts = (
        lambda: advance(case.number, 1, "take", "", act(stranger)),
        lambda: pause(case.number, 1, "等", act(stranger)),
        lambda: note(case.number, "看看", Visibility.BOTH, "", act(stranger)),
        lambda: transfer(case.number, 1, Destination(str(stranger.organisation.pk)), "给我", act(stranger)),
        lambda: case_file(case.number, stranger.actor, workday_table(), NOW.date()),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowedError):
            attempt()


def test_a_pause_moves_the_due_date_by_the_working_days_it_took() -> None:
    office, case = Office(), opened()
    pause(case.number, 1, "等财政局回函", act(office.one, days(3)))
    assert the_case(case.number).is_waiting
    resume(case.number, 2, "", act(office.one, days(5)))
    kept = the_case(case.number)
    assert (kept.is_waiting, kept.due_on) == (False, date(2026, 12, 3))


@pytest.mark.parametrize("text", ["长" * 1001, " \n"])
def test_a_reason_of_any_kind_has_words_and_an_end(text: str) -> None:
    office, case = Office(), opened()
    place = Destination(str(office.place.pk), member_id(office.two))
    attempts = (
        lambda: pause(case.number, 1, text, act(office.one)),
        lambda: transfer(case.number, 1, place, text, act(office.one)),
        lambda: hand_over(member_id(office.one), "", text, act(office.one)),
        lambda: note(case.number, text, Visibility.BOTH, "", act(office.one)),
        lambda: advance(case.number, 1, "find_unfounded", text, act(office.one)),
    )
    for attempt in attempts:
        with pytest.raises(CaseError, match=r"写"):
            attempt()
    assert CaseEvent.objects.count() == 1


def test_pausing_twice_and_resuming_what_runs_are_refused_in_words() -> None:
    office, case = Office(), opened()
    with pytest.raises(CaseError, match="没有暂停"):
        resume(case.number, 1, "", act(office.one))
    pause(case.number, 1, "等回函", act(office.one))
    with pytest.raises(CaseError, match="已经在暂停了：等回函"):
        pause(case.number, 2, "再等", act(office.one))


def test_closing_a_paused_case_ends_its_pause() -> None:
    office, case = Office(), opened()
    pause(case.number, 1, "等回函", act(office.one))
    advance(case.number, 2, "correct", "", act(office.one, days(4)))
    kept = the_case(case.number)
    assert (kept.is_waiting, kept.due_on, kept.state) == (False, None, "corrected")
    assert CaseClock.objects.get().pauses.get().until_on == days(4).date()


def test_both_sides_see_why_a_clock_stands_still_and_only_the_office_what_is_internal() -> None:
    office, owner = Office(), someone("owner")
    case = opened(party_id=str(owner.organisation.pk), party_name="演示店")
    pause(case.number, 1, "等财政局回函", act(office.one))
    note(case.number, "这家打过三次电话", Visibility.INTERNAL, "", act(office.two))
    note(case.number, "我们在问财政局", Visibility.BOTH, "", act(office.two))
    transfer(
        case.number, 2, Destination(str(office.place.pk), member_id(office.two)), "休假", act(office.one)
    )
    assert seen(case.number, owner) == ["立件：报错，待处理", "暂停计时：答复时限", "留言"]
    assert len(seen(case.number, office.one)) == 5
    followed = followed_case(case.id, workday_table(), NOW.date())
    assert followed is not None
    assert [event.text for event in followed.events] == ["", "等财政局回函", "我们在问财政局"]


def test_a_party_writes_for_both_sides_whatever_it_says() -> None:
    owner = someone("owner")
    case = opened(party_id=str(owner.organisation.pk))
    note(case.number, "补一句", Visibility.INTERNAL, "", act(owner))
    assert CaseEvent.objects.get(verb="cases.note").visibility == "both"


def test_a_note_sent_twice_is_one_line_and_two_notes_at_once_both_stay() -> None:
    office, case = Office(), opened()
    for key in ("a" * 22, "a" * 22, "b" * 22):
        note(case.number, "看过了", Visibility.INTERNAL, key, act(office.one))
    assert CaseEvent.objects.filter(verb="cases.note").count() == 2
    assert version(case.number) == 1


def test_a_case_goes_to_another_office_with_its_clock_and_leaves_the_first() -> None:
    office, case = Office(), opened()
    bureau = organisation("department", "财政局")
    clerk = someone("officer", bureau)
    transfer(case.number, 1, Destination(str(bureau.pk), member_id(clerk)), "归财政局管", act(office.one))
    kept = the_case(case.number)
    assert (kept.organisation, str(kept.assignee_id)) == (bureau, member_id(clerk))
    assert kept.due_on == date(2026, 12, 1)
    with pytest.raises(NotAllowedError):
        advance(case.number, 2, "take", "", act(office.one))
    advance(case.number, 2, "take", "", act(clerk))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": " "}, "为什么转交"),
        ({"place": "00000000-0000-0000-0000-000000000000"}, "哪个单位"),
        ({"place": "nonsense"}, "哪个单位"),
        ({"member": "00000000-0000-0000-0000-000000000000"}, "不在那个单位"),
        ({"member": ""}, "没有转交"),
    ],
)
def test_a_transfer_that_leads_nowhere_is_refused(change: dict[str, str], said: str) -> None:
    office, case = Office(), opened()
    given = {"place": str(office.place.pk), "member": "", "reason": "休假", **change}
    with pytest.raises(CaseError, match=said):
        transfer(
            case.number, 1, Destination(given["place"], given["member"]), given["reason"], act(office.one)
        )
    assert CaseEvent.objects.count() == 1


def test_all_open_cases_of_a_leaver_go_in_one_action() -> None:
    office = Office()
    numbers = [opened(f"{n}").number for n in range(4)]
    for number in numbers:
        advance(number, 1, "take", "", act(office.one))
    advance(numbers[0], 2, "correct", "", act(office.one))
    moved = hand_over(member_id(office.one), member_id(office.two), "调走了", act(office.two))
    assert moved == 3
    assert hand_over(member_id(office.one), "", "调走了", act(office.two)) == 0
    assert str(the_case(numbers[0]).assignee_id) == member_id(office.one)
    assert AuditEntry.objects.filter(verb="cases.hand_over").count() == 3


def test_who_has_left_is_still_handed_over_for() -> None:
    office, case = Office(), opened()
    advance(case.number, 1, "take", "", act(office.one))
    Membership.objects.filter(pk=member_id(office.one)).update(until_at=NOW)
    assert [each.name for each in colleagues(str(office.place.pk), frozenset({member_id(office.one)}))]
    assert hand_over(member_id(office.one), "", "离职了", act(office.two)) == 1
    assert the_case(case.number).assignee is None


def test_nobody_hands_over_for_another_office() -> None:
    office, stranger = Office(), someone("department_head")
    for chosen in (member_id(office.one), "", "nonsense"):
        with pytest.raises((NotAllowedError, CaseError)):
            hand_over(chosen, "", "不归我管", act(stranger))


def test_a_closed_case_is_neither_paused_nor_transferred() -> None:
    office, case = Office(), opened()
    advance(case.number, 1, "correct", "", act(office.one))
    with pytest.raises(CaseError, match="重新打开"):
        pause(case.number, 2, "等", act(office.one))
    with pytest.raises(CaseError, match="重新打开"):
        transfer(case.number, 2, Destination(str(office.place.pk)), "x", act(office.one))


def test_the_timeline_cannot_be_changed_by_anybody() -> None:
    opened()
    event = CaseEvent.objects.get()
    event.words = "没有的事"
    for change in (event.save, event.delete, CaseEvent.objects.all().delete):
        with pytest.raises(ImmutableError):
            change()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caseevent SET words = 'x'")


def test_what_people_wrote_is_in_the_case_and_not_in_the_log() -> None:
    office, case = Office(), opened()
    advance(case.number, 1, "find_unfounded", "您的电话 13900000000 打不通", act(office.one))
    assert "13900000000" not in "".join(AuditEntry.objects.values_list("changes", flat=True))
