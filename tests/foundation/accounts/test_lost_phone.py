"""The lost telephone at the window: one asks, another agrees, whose number it is can stop it, and then it is
changed once, with everything that hung on the old telephone over.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.actions.accounts import close_account
from huiqi.foundation.accounts.actions.codes import WrongCodeError
from huiqi.foundation.accounts.actions.lost_phone import (
    NOT_FOUND,
    LostPhone,
    approve_phone_request,
    open_phone_request,
    prove_new_number,
    refuse_phone_request,
    stop_phone_request,
    withdraw_phone_request,
)
from huiqi.foundation.accounts.actions.lost_phone_ends import settle_new_number, settle_phone_request
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.domain.sign_in import SignInRefusedError
from huiqi.foundation.accounts.models import (
    Authenticator,
    Membership,
    Person,
    PhoneRequest,
    RecoveryCode,
    Session,
)
from huiqi.foundation.accounts.queries.lost_phone import Tray, requests_for
from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.outbox.models import OutboxJob
from tests.foundation.accounts.members import number_of, platform
from tests.support.people import NOW, Someone, client_of, organisation, someone

pytestmark = pytest.mark.django_db
NEW = "13911112222"
KEY = "k" * 22
LATER = NOW + timedelta(hours=25)


def lost_by(who: Someone, **others: object) -> LostPhone:
    """What the window writes for somebody."""
    name = who.person.name.reveal()
    lost = LostPhone(number_of(who), NEW, name, "id_card", "手机被偷", removes_proofs=False, form_key=KEY)
    return replace(lost, **others)  # type: ignore[arg-type] # wrong ones too


def opened(by: Someone, who: Someone, at: datetime = NOW, **others: object) -> str:
    """A request, with the code the new number got."""
    lost = lost_by(who, **others)
    code = prove_new_number(by.actor, lost, "b", at)
    return open_phone_request(by.actor, lost, code, "b", at)


def agreed(by: Someone, request_id: str, *, agrees_to_proofs: bool = False) -> None:
    approve_phone_request(by.actor, request_id, "看了身份证", NOW, agrees_to_proofs=agrees_to_proofs)


class Window:
    """An office with two clerks, and an owner whose telephone is lost."""

    def __init__(self) -> None:
        self.place = organisation("department", "政务服务大厅")
        self.one, self.two = someone("window_clerk", self.place), someone("window_clerk", self.place)
        self.owner = someone("owner")


def fate(request_id: str) -> str:
    return PhoneRequest.objects.get(pk=request_id).end


def verbs_of(who: Someone) -> list[str]:
    found = [each.verb for each in entries(LogFilters("person", str(who.person.pk)))]
    return [verb.removeprefix("accounts.") for verb in found if "phone" in verb]


def test_two_of_the_window_change_a_number_and_everything_that_hung_on_the_old_one_is_over() -> None:
    window = Window()
    client_of(window.owner)
    Session.objects.update(person=window.owner.person)
    asked = opened(window.one, window.owner)
    agreed(window.two, asked)
    settle_phone_request(asked, NOW + timedelta(hours=23))
    assert fate(asked) == ""
    settle_phone_request(asked, LATER)
    settle_phone_request(asked, LATER)
    person = Person.objects.get(pk=window.owner.person.pk)
    assert person.phone.reveal() == NEW
    assert Session.objects.filter(person=person).count() == 0
    assert Membership.objects.filter(person=person, until_at__isnull=True).count() == 1
    assert verbs_of(window.owner) == [
        "open_phone_request",
        "approve_phone_request",
        "change_lost_phone",
    ]
    assert NEW not in str(entries(LogFilters()))
    assert OutboxJob.objects.filter(kind="accounts.text_old_number").count() == 1


def test_the_hours_wait_in_the_outbox_and_survive_a_kill() -> None:
    window = Window()
    asked = opened(window.one, window.owner)
    agreed(window.two, asked)
    jobs = OutboxJob.objects.filter(kind="accounts.settle_phone_request").order_by("due_at")
    assert [each.due_at - NOW for each in jobs] == [timedelta(hours=24), timedelta(days=7)]


def test_a_second_proof_goes_only_where_both_said_so() -> None:
    window = Window()
    Authenticator.objects.create(person=window.owner.person, secret="x" * 32, confirmed_at=NOW)
    RecoveryCode.objects.create(person=window.owner.person, digest="d")
    asked = opened(window.one, window.owner, removes_proofs=True)
    with pytest.raises(RefusedError, match="单独同意"):
        agreed(window.two, asked)
    agreed(window.two, asked, agrees_to_proofs=True)
    settle_phone_request(asked, LATER)
    assert (Authenticator.objects.count(), RecoveryCode.objects.count()) == (0, 0)


def test_a_second_proof_stays_where_nobody_asked() -> None:
    window = Window()
    Authenticator.objects.create(person=window.owner.person, secret="x" * 32, confirmed_at=NOW)
    asked = opened(window.one, window.owner)
    agreed(window.two, asked, agrees_to_proofs=True)
    settle_phone_request(asked, LATER)
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize("is_agreed", [False, True])
def test_whose_number_it_is_stops_it_with_one_tap(is_agreed: bool) -> None:
    window = Window()
    asked = opened(window.one, window.owner)
    if is_agreed:
        agreed(window.two, asked)
    stop_phone_request(window.owner.actor, asked, NOW)
    settle_phone_request(asked, LATER)
    assert fate(asked) == "stopped"
    assert number_of(window.owner) == "13800000002"
    with pytest.raises(NotAllowedError):
        stop_phone_request(window.one.actor, asked, NOW)
    with pytest.raises(RefusedError, match="本人叫停了"):
        agreed(window.two, asked)


def test_unknown_numbers_other_names_and_staff_get_the_same_answer_and_are_in_the_log() -> None:
    window, officer = Window(), someone("officer")
    for lost in (
        lost_by(window.owner, old_phone="13999999999"),
        lost_by(window.owner, name="别人"),
        lost_by(officer),
    ):
        code = prove_new_number(window.one.actor, lost, "b", NOW)
        with pytest.raises(RefusedError) as refused:
            open_phone_request(window.one.actor, lost, code, "b", NOW)
        assert str(refused.value) == NOT_FOUND
    found = [each for each in entries(LogFilters()) if each.verb == "accounts.find_phone_holder"]
    assert len(found) == 3
    assert PhoneRequest.objects.count() == 0


def test_nothing_is_said_of_the_old_number_before_the_new_one_is_proven() -> None:
    window = Window()
    lost = lost_by(window.owner)
    prove_new_number(window.one.actor, lost, "b", NOW)
    with pytest.raises(WrongCodeError):
        open_phone_request(window.one.actor, lost, "000000", "another browser", NOW)
    with pytest.raises(WrongCodeError):
        open_phone_request(window.one.actor, replace(lost, old_phone="13999999999"), "000000", "c", NOW)
    assert verbs_of(window.owner) == []


def test_a_new_number_in_use_is_refused_to_who_holds_it_alone() -> None:
    window = Window()
    with pytest.raises(RefusedError, match="新号码已经有账号"):
        opened(window.one, window.owner, new_phone=number_of(someone("person")))


def test_nobody_asks_or_agrees_for_themselves_or_alone() -> None:
    window, (system, _) = Window(), platform()
    asked = opened(window.one, window.owner)
    with pytest.raises(RefusedError, match="不能自己同意"):
        agreed(window.one, asked)
    with pytest.raises(RefusedError, match="不能给自己的账号"):
        opened(system, system, form_key="o" * 22, new_phone="13911113333")
    row = PhoneRequest.objects.get(pk=asked)
    row.decided_by = row.requested_by
    with pytest.raises(ValidationError, match="核对的人不能是提出的人"):
        row.validate_constraints()
    for same in ("requested_by", "person"):
        with pytest.raises(IntegrityError), transaction.atomic():
            PhoneRequest.objects.filter(pk=asked).update(decided_by=getattr(row, f"{same}_id"))


def test_other_offices_and_their_heads_see_and_decide_nothing() -> None:
    window, other = Window(), someone("window_clerk")
    asked = opened(window.one, window.owner)
    for who in (other, someone("department_head"), someone("security_admin"), someone("support")):
        with pytest.raises(NotAllowedError):
            agreed(who, asked)
        assert requests_for(who.actor, NOW) == Tray((), (), ())
    assert [each.id for each in requests_for(window.two.actor, NOW).for_me] == [asked]
    assert [each.id for each in requests_for(window.one.actor, NOW).under_way] == [asked]


def test_a_head_above_agrees_and_reads_the_reason() -> None:
    above = organisation("department", "上级")
    place = organisation("department", "下级", parent=above)
    clerk, head, owner = someone("window_clerk", place), someone("department_head", above), someone("owner")
    asked = opened(clerk, owner)
    assert [each.id for each in requests_for(head.actor, NOW).for_me] == [asked]
    refuse_phone_request(head.actor, asked, "照片不像", NOW)
    assert fate(asked) == "refused"
    assert number_of(owner) == Person.objects.get(pk=owner.person.pk).phone.reveal()


@pytest.mark.parametrize("role", ["officer", "department_head", "auditor", "fund_approver", "support"])
def test_an_account_that_opens_much_takes_the_security_administrator(role: str) -> None:
    system, security = platform()
    who = someone(role)
    asked = opened(system, who)
    for other in (system, someone("window_clerk", who.organisation), someone("system_admin")):
        with pytest.raises((NotAllowedError, RefusedError)):
            agreed(other, asked)
    agreed(security, asked)
    settle_phone_request(asked, LATER)
    assert fate(asked) == "done"


def test_administrators_of_one_kind_get_no_power_over_another() -> None:
    system, security = platform()
    second = someone("security_admin", security.organisation)
    third = someone("system_admin", system.organisation)
    with pytest.raises(RefusedError, match="没有提出申请"):
        opened(security, system)
    asked = opened(third, security, new_phone="13911113333", form_key="s" * 22)
    for alone in (system, security, third):
        with pytest.raises((NotAllowedError, RefusedError)):
            agreed(alone, asked)
    agreed(second, asked)


def test_a_head_asks_for_those_under_them_and_for_nobody_elsewhere() -> None:
    bank = organisation("bank")
    manager, clerk = someone("bank_manager", bank), someone("bank_clerk", organisation("bank", parent=bank))
    with pytest.raises(RefusedError, match="没有提出申请"):
        opened(manager, someone("bank_clerk"), form_key="e" * 22)
    asked = opened(manager, clerk)
    agreed(someone("bank_manager", bank), asked)
    Membership.objects.create(
        person=clerk.person, organisation=organisation("department"), role="officer", from_at=NOW
    )
    settle_phone_request(asked, LATER)
    assert fate(asked) == "overtaken"


def test_whoever_asked_takes_it_back_and_nobody_else() -> None:
    window = Window()
    asked = opened(window.one, window.owner)
    agreed(window.two, asked)
    with pytest.raises(NotAllowedError):
        withdraw_phone_request(window.two.actor, asked, "写错了", NOW)
    withdraw_phone_request(window.one.actor, asked, "写错了", NOW)
    settle_phone_request(asked, LATER)
    assert fate(asked) == "withdrawn"


def test_what_nobody_agrees_to_in_time_runs_out_and_stands_in_nobodys_way() -> None:
    window = Window()
    asked = opened(window.one, window.owner)
    after = NOW + timedelta(days=7)
    with pytest.raises(RefusedError, match="过期"):
        approve_phone_request(window.two.actor, asked, "看了", after, agrees_to_proofs=False)
    lost = lost_by(window.owner, form_key="l" * 22)
    code = prove_new_number(window.one.actor, lost, "b", after)
    assert open_phone_request(window.one.actor, lost, code, "b", after) != asked
    assert fate(asked) == "expired"
    settle_phone_request(asked, after)
    assert PhoneRequest.objects.filter(ended_at__isnull=True).count() == 1


def test_one_request_an_account_and_the_same_form_is_the_same_request() -> None:
    window = Window()
    asked = opened(window.one, window.owner)
    assert open_phone_request(window.one.actor, lost_by(window.owner), "000000", "b", NOW) == asked
    with pytest.raises(RefusedError, match="已经有一个换号申请"):
        opened(window.two, window.owner, form_key="t" * 22, new_phone="13911113333")
    with pytest.raises(RefusedError, match="已经有一个换号申请"):
        opened(window.two, someone("owner"), form_key="u" * 22)


def test_who_signs_in_with_the_new_number_too_early_gets_no_second_account_and_later_the_old_one() -> None:
    window = Window()
    asked = opened(window.one, window.owner)
    agreed(window.two, asked)
    before = Person.objects.count()
    with pytest.raises(SignInRefusedError, match=r"2026年11月21日（周六） 10:00 起能用它登录"):
        settle_new_number(NEW, NOW)
    settle_new_number(NEW, LATER)
    assert (fate(asked), Person.objects.count()) == ("done", before)


def test_a_closed_account_and_a_taken_number_are_changed_no_more() -> None:
    window, second = Window(), someone("person")
    asked = opened(window.one, window.owner)
    agreed(window.two, asked)
    close_account(window.owner.actor, NOW)
    assert fate(asked) == "overtaken"
    other = opened(window.one, second, form_key="x" * 22)
    agreed(window.two, other)
    Person.objects.create(phone=NEW, created_at=NOW)
    settle_phone_request(other, LATER)
    assert fate(other) == "overtaken"


@pytest.mark.parametrize("number", ["410825199001011234", "4108 2519 9001", "139-1111-2222"])
def test_no_number_of_a_document_is_kept(number: str) -> None:
    window = Window()
    with pytest.raises(RefusedError, match="长号码"):
        opened(window.one, window.owner, note=f"身份证 {number}")
