"""Two people change a number, from a day that has not begun: nobody alone, and nothing that is past."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.accounts.queries import ACTING_KEY, PERSON_KEY, actor_of
from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.parameters.actions import (
    ParameterRefusedError,
    approve,
    call_off,
    propose,
    refuse,
    withdraw,
)
from huiqi.foundation.parameters.domain import DeclarationError
from huiqi.foundation.parameters.models import ParameterCallingOff, ParameterProposal, ParameterVersion
from huiqi.foundation.parameters.queries import decisions_waiting_for, number, read_once, value
from huiqi.foundation.storage.immutable import ImmutableError
from tests.foundation.parameters.trial import DAYS, LAW, NOW, TODAY, TOMORROW, change
from tests.support.numbers import agreed
from tests.support.people import organisation, someone

pytestmark = pytest.mark.django_db
LATER = TOMORROW + timedelta(days=30)


def test_an_empty_database_gives_the_defaults_and_an_undeclared_key_is_our_mistake() -> None:
    assert (number(DAYS, TODAY), value("parameters.office", TODAY)) == (7, "市政务大厅三楼")
    with pytest.raises(DeclarationError, match="no room declares"):
        value("parameters.nobody", TODAY)
    with pytest.raises(DeclarationError, match="no whole number"):
        number("parameters.is_open", TODAY)


def test_what_was_decided_in_march_is_reckoned_by_the_number_of_march() -> None:
    march = TODAY.replace(month=3)
    agreed(DAYS, 10, march)
    agreed(DAYS, 5, march.replace(month=6))
    assert [number(DAYS, day) for day in (march - timedelta(days=1), march, TODAY)] == [7, 10, 5]


def test_a_value_that_fits_the_declaration_no_more_gives_the_default() -> None:
    agreed("parameters.way", "pigeon")
    agreed("parameters.gone", 3)
    assert value("parameters.way", TODAY) == "mail"


def test_within_a_request_versions_are_read_once_and_never_where_nobody_asks(
    django_assert_num_queries,
) -> None:
    with django_assert_num_queries(1), read_once():
        assert [number(DAYS, TODAY), value("parameters.way", TODAY)] == [7, "mail"]
    with django_assert_num_queries(0), read_once():
        pass
    with read_once():
        assert number(DAYS, TODAY) == 7
    agreed(DAYS, 9)  # as another process does, between two requests
    with read_once():
        assert number(DAYS, TODAY) == 9


def test_one_proposes_another_agrees_and_the_log_tells_both(one, other) -> None:
    proposal = propose(one.actor, DAYS, change(), NOW)
    assert (number(DAYS, TOMORROW), decisions_waiting_for(other.actor)) == (7, 1)
    assert decisions_waiting_for(one.actor) == 0
    with read_once():
        assert number(DAYS, TOMORROW) == 7
        approve(other.actor, proposal, NOW)
        assert (number(DAYS, TODAY), number(DAYS, TOMORROW)) == (7, 5)
    told = entries(LogFilters(subject_kind="parameter"))
    assert [each.verb for each in told] == ["parameters.propose", "parameters.approve"]
    assert all('"数":["7 个工作日","5 个工作日"]' in each.changes for each in told)
    assert [each.actor_id for each in told] == [one.actor.id, other.actor.id]


def test_nobody_agrees_to_their_own_in_whatever_role(one) -> None:
    """The same person holds both roles, of two places; rights alone would let them."""
    proposal = propose(one.actor, DAYS, change(), NOW)
    Membership.objects.filter(person=one.person).update(role="department_head")
    second = Membership.objects.create(
        person=one.person, organisation=organisation("platform"), role="security_admin", from_at=NOW
    )
    as_other = actor_of({PERSON_KEY: str(one.person.pk), ACTING_KEY: str(second.pk)})
    assert as_other.role == "security_admin"
    for decide in (lambda: approve(as_other, proposal, NOW), lambda: refuse(as_other, proposal, "不", NOW)):
        with pytest.raises(ParameterRefusedError, match="换一个身份也不行"):
            decide()
    with pytest.raises(IntegrityError, match="nobody_decides_on_their_own_proposal"), transaction.atomic():
        ParameterProposal.objects.update(state="approved", decided_by=one.person, decided_at=NOW)


@pytest.mark.parametrize(
    ("role", "may_propose", "may_decide"),
    [
        ("system_admin", True, False),
        ("department_head", True, False),
        ("security_admin", False, True),
        ("audit_admin", False, False),
        ("officer", False, False),
        ("owner", False, False),
        ("person", False, False),
    ],
)
def test_who_may_propose_and_who_may_decide(one, role: str, may_propose: bool, may_decide: bool) -> None:
    actor, proposal = someone(role).actor, propose(one.actor, "parameters.inside", change(6), NOW)
    _tried(lambda: propose(actor, DAYS, change(), NOW), is_allowed=may_propose)
    _tried(lambda: refuse(actor, proposal, "理由不足", NOW), is_allowed=may_decide)


def test_what_cannot_be_proposed_says_why_and_changes_nothing(one) -> None:
    agreed(DAYS, 9, LATER)
    wrong = {
        "法规定的": (LAW, change(10)),
        "最早从明天起": (DAYS, change(from_on=TODAY)),
        "两年": (DAYS, change(from_on=TODAY + timedelta(days=800))),
        "本来就是 7 个工作日": (DAYS, change(7)),
        "要在 1 个工作日到 60 个工作日之间": (DAYS, change(61)),
        "为什么要改": (DAYS, change(reason="  \n ")),
        "最多 500 个": (DAYS, change(reason="字" * 501)),
        "已经有一个同意过的修改": (DAYS, change(from_on=LATER)),
    }
    for words, (key, wanted) in wrong.items():
        with pytest.raises(ParameterRefusedError, match=words) as refused:
            propose(one.actor, key, wanted, NOW)
        assert "没有" in str(refused.value)
    assert ParameterProposal.objects.filter(state="waiting").count() == 0


def test_a_second_proposal_waits_for_the_first_and_the_same_sent_twice_is_one(one) -> None:
    first = propose(one.actor, DAYS, change(), NOW)
    assert propose(one.actor, DAYS, change(), NOW) == first
    with pytest.raises(ParameterRefusedError, match="一次只能有一个"):
        propose(someone("department_head").actor, DAYS, change(6), NOW)
    withdraw(one.actor, first, NOW)
    assert propose(someone("department_head").actor, DAYS, change(6), NOW) != first


def test_only_the_proposer_takes_it_back_and_what_is_decided_stays_decided(one, other) -> None:
    proposal = propose(one.actor, DAYS, change(), NOW)
    with pytest.raises(ParameterRefusedError, match="不是您提的"):
        withdraw(someone("department_head").actor, proposal, NOW)
    refuse(other.actor, proposal, "再等等", NOW)
    for late in (
        lambda: approve(someone("security_admin").actor, proposal, NOW),
        lambda: withdraw(one.actor, proposal, NOW),
    ):
        with pytest.raises(ParameterRefusedError, match="已经表示不同意了"):
            late()
    assert number(DAYS, TOMORROW) == 7


def test_nobody_agrees_once_the_day_has_come(one, other) -> None:
    proposal = propose(one.actor, DAYS, change(), NOW)
    with pytest.raises(ParameterRefusedError, match="这一天已经到了"):
        approve(other.actor, proposal, NOW + timedelta(days=1))
    refuse(other.actor, proposal, "来不及了", NOW + timedelta(days=1))


def test_a_change_ahead_is_called_off_by_two_people_and_one_in_force_is_not(one, other) -> None:
    approve(other.actor, propose(one.actor, DAYS, change(), NOW), NOW)
    version = ParameterVersion.objects.get(key=DAYS)
    proposal = call_off(one.actor, DAYS, version.pk, "暂缓", NOW)
    assert number(DAYS, TOMORROW) == 5
    with pytest.raises(ParameterRefusedError, match="已经在用"):
        approve(other.actor, proposal, NOW + timedelta(days=1))
    approve(other.actor, proposal, NOW)
    assert number(DAYS, TOMORROW) == 7
    for number_ in (version.pk, version.pk + 99):
        with pytest.raises(ParameterRefusedError, match="已经取消了"):
            call_off(one.actor, DAYS, number_, "再取消", NOW)
    with pytest.raises(ParameterRefusedError, match="没有这个修改"):
        call_off(one.actor, "parameters.inside", version.pk, "别的数", NOW)


def test_the_database_refuses_to_change_what_two_people_agreed_to(one, other) -> None:
    approve(other.actor, propose(one.actor, DAYS, change(), NOW), NOW)
    version = ParameterVersion.objects.get(key=DAYS)
    approve(other.actor, call_off(one.actor, DAYS, version.pk, "暂缓", NOW), NOW)
    for model in (ParameterVersion, ParameterCallingOff):
        with pytest.raises(ImmutableError):
            model.objects.all().delete()
    for sql in (
        "UPDATE parameters_parameterversion SET value = '1'",
        "DELETE FROM parameters_parametercallingoff",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("a_proposal_has_a_reason", {"reason": ""}),
        ("what_is_decided_says_when_and_by_whom", {"state": "approved"}),
        ("what_is_decided_says_when_and_by_whom", {"state": "lost"}),
    ],
)
def test_the_database_keeps_no_half_proposal(one, name: str, columns: dict[str, str]) -> None:
    propose(one.actor, DAYS, change(), NOW)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ParameterProposal.objects.update(**columns)


def _tried(attempt, *, is_allowed: bool) -> None:
    if is_allowed:
        attempt()
        return
    with pytest.raises(NotAllowedError):
        attempt()
