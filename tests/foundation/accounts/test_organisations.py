"""Organisations as parties: opened, renamed, moved, closed."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.actions.invitations import accept_invitation
from huiqi.foundation.accounts.actions.organisations import (
    Particulars,
    change_organisation,
    close_organisation,
    open_organisation,
)
from huiqi.foundation.accounts.domain import KINDS
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.models import Organisation
from huiqi.foundation.accounts.queries import organisation_of, organisations_below, party_of, relations_to
from huiqi.foundation.accounts.queries.organisations import closing_of, possible_parents
from huiqi.foundation.audit.queries import LogFilters, entries
from tests.foundation.accounts.members import granted, invited, platform
from tests.support.people import NOW, organisation, someone

pytestmark = pytest.mark.django_db


def particulars(**changes: str) -> Particulars:
    usual = {
        "form_key": str(uuid.uuid4()),
        "kind": "bank",
        "name": "演示银行",
        "division": "",
        "parent_id": "",
    }
    return Particulars(**{**usual, **changes})


def test_one_form_opens_one_organisation_however_often_it_is_sent() -> None:
    admin, _ = platform()
    form = particulars()
    first = open_organisation(admin.actor, form, NOW)
    assert open_organisation(admin.actor, form, NOW) == first
    assert Organisation.objects.filter(kind="bank").count() == 1
    assert [entry.verb for entry in entries(LogFilters("organisation", first))] == [
        "accounts.open_organisation"
    ]


@pytest.mark.parametrize(
    "role", ["owner", "department_head", "bank_manager", "security_admin", "audit_admin"]
)
def test_nobody_but_the_system_administrator_opens_changes_or_closes(role: str) -> None:
    actor, bank = someone(role).actor, str(organisation("bank").pk)
    with pytest.raises(NotAllowedError):
        open_organisation(actor, particulars(), NOW)
    with pytest.raises(NotAllowedError):
        change_organisation(actor, bank, "新名字", "", NOW)
    with pytest.raises(NotAllowedError):
        close_organisation(actor, bank, "撤销", NOW)


@pytest.mark.parametrize(
    "wrong", [{"kind": "guild"}, {"name": ""}, {"name": "长" * 121}, {"form_key": "x"}, {"parent_id": "x"}]
)
def test_what_cannot_be_opened_is_refused_in_words(wrong: dict[str, str]) -> None:
    admin, _ = platform()
    with pytest.raises(RefusedError, match="。"):
        open_organisation(admin.actor, particulars(**wrong), NOW)


def test_a_branch_stands_under_its_bank_and_not_under_a_department() -> None:
    admin, _ = platform()
    bank, department = organisation("bank"), organisation("department")
    branch = open_organisation(admin.actor, particulars(name="支行", parent_id=str(bank.pk)), NOW)
    assert [each.id for each in organisations_below(str(bank.pk))] == [branch]
    with pytest.raises(RefusedError, match="银行不能归在部门下面"):
        open_organisation(admin.actor, particulars(parent_id=str(department.pk)), NOW)


def test_everything_below_is_found_by_one_question(django_assert_num_queries) -> None:
    top = organisation("bank")
    chain = [top]
    for _ in range(12):
        chain.append(organisation("bank", parent=chain[-1]))
    with django_assert_num_queries(1):
        found = organisations_below(str(top.pk))
    assert {each.id for each in found} == {str(row.pk) for row in chain[1:]}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_no_way_of_moving_makes_a_circle(moves: list[tuple[int, int]]) -> None:
    admin = someone("system_admin", organisation("platform"))
    banks = [organisation("bank") for _ in range(5)]
    above: dict[int, int] = {}
    for lower, upper in moves:
        line, at = [upper], upper
        while at in above:
            at = above[at]
            line.append(at)
        try:
            change_organisation(admin.actor, str(banks[lower].pk), "行", str(banks[upper].pk), NOW)
            assert lower not in line
            above[lower] = upper
        except RefusedError:
            assert lower in line
    for number, bank in enumerate(banks):
        below = {each.id for each in organisations_below(str(bank.pk))}
        assert str(bank.pk) not in below
        assert not (number in above and str(banks[above[number]].pk) in below)


def test_what_stands_below_is_not_offered_as_a_place() -> None:
    bank = organisation("bank")
    branch = organisation("bank", parent=bank)
    other = organisation("bank")
    assert [each.id for each in possible_parents("bank", str(bank.pk))] == [str(other.pk)]
    assert possible_parents("business") == ()
    assert str(branch.pk) in {each.id for each in possible_parents("bank")}


def test_closing_says_before_what_it_ends_and_then_ends_it() -> None:
    admin, _ = platform()
    owner, agent = someone("owner"), someone("person")
    shop = owner.organisation
    assert shop is not None
    handler, invitee = someone("handler", shop), someone("person")
    made = invited(owner, invitee, "handler")
    granted(owner, agent.person.phone.reveal())
    told = closing_of(str(shop.pk))
    assert (told.members, told.invitations, told.mandates_given, told.hindrances) == (2, 1, 1, ())
    close_organisation(admin.actor, str(shop.pk), "注销登记", NOW)
    assert (owner.actor.role, handler.actor.role) == ("person", "person")
    assert organisation_of(str(shop.pk)) is None
    named = party_of(str(shop.pk))
    assert named is not None
    assert named.name == shop.name
    with pytest.raises(RefusedError):
        accept_invitation(invitee.actor, made.secret, NOW)
    with pytest.raises(RefusedError, match="已经关闭"):
        close_organisation(admin.actor, str(shop.pk), "再关一次", NOW)


def test_a_bank_with_branches_and_the_platform_are_not_closed() -> None:
    admin, _ = platform()
    bank = organisation("bank")
    organisation("bank", parent=bank)
    with pytest.raises(RefusedError, match="1 个没关闭的下级"):
        close_organisation(admin.actor, str(bank.pk), "撤销", NOW)
    assert admin.organisation is not None
    with pytest.raises(RefusedError, match="不能关闭"):
        close_organisation(admin.actor, str(admin.organisation.pk), "撤销", NOW)


def test_a_manager_is_related_to_the_branches_below_and_to_no_other() -> None:
    bank = organisation("bank")
    branch = organisation("bank", parent=organisation("bank", parent=bank))
    other = organisation("bank")
    manager = someone("bank_manager", bank).actor
    below = someone("bank_manager", branch).actor
    assert relations_to(manager, str(branch.pk), "accounts.invite") == {"all", "below"}
    assert relations_to(manager, str(other.pk), "accounts.invite") == {"all"}
    assert relations_to(below, str(bank.pk), "accounts.invite") == {"all"}
    assert relations_to(below, str(branch.pk), "accounts.invite") == {"all", "organisation"}


@pytest.mark.parametrize("text", ["", "x", "1 OR 1=1", str(uuid.uuid4())])
def test_what_is_no_id_finds_nothing(text: str) -> None:
    assert (organisation_of(text), party_of(text), organisations_below(text)) == (None, None, ())


def test_every_kind_has_roles_and_words() -> None:
    assert all(kind.label and kind.roles for kind in KINDS.values())
