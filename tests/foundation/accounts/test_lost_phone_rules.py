"""Whatever happens in whatever order: what ended stays ended, what was agreed to waits for its hour and never
runs out, and the heavier an account, the fewer decide on it.
"""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiqi.foundation.accounts.domain import KINDS
from huiqi.foundation.accounts.domain.lost_phone import (
    ENDS,
    OPENERS,
    Course,
    RequestState,
    Weight,
    outweighs,
    relations_that_count,
    said_fault,
    weight_of,
)
from huiqi.foundation.accounts.domain.members import ADMINISTRATORS, APPROVED_ROLES
from tests.support.people import NOW

HELD = st.lists(st.sampled_from([(kind.id, role) for kind in KINDS.values() for role in kind.roles]))
MINUTES = st.integers(-20_000, 20_000)
RELATIONS = st.frozensets(st.sampled_from(["all", "organisation", "below", "own"]))


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


@given(MINUTES, MINUTES, st.none() | MINUTES, st.sampled_from(["", *ENDS]))
def test_a_number_is_due_only_when_agreed_not_ended_and_after_its_hour(
    moment: int, expires: int, effective: int | None, end: str
) -> None:
    hour = None if effective is None else at(effective)
    course = Course(at(expires), hour and NOW, hour, end)
    state = course.state(at(moment))
    assert course.is_due(at(moment)) == (not end and effective is not None and moment >= effective)
    if end:
        assert state == end
    elif effective is not None:
        assert state is RequestState.AGREED
    else:
        assert state is (RequestState.EXPIRED if moment >= expires else RequestState.WAITING)


@given(HELD, HELD)
def test_more_roles_never_make_an_account_lighter_and_power_is_never_ordinary(held, more) -> None:
    assert not outweighs(weight_of(held), weight_of([*held, *more]))
    roles = {role for _, role in held}
    assert bool(roles & ADMINISTRATORS) == (weight_of(held) is Weight.ADMINISTRATOR)
    if roles & APPROVED_ROLES:
        assert outweighs(weight_of(held), Weight.STAFF)


@given(RELATIONS, st.sampled_from(Weight))
def test_what_opens_much_is_decided_by_nobody_of_the_office(found: frozenset[str], weight: Weight) -> None:
    counted = relations_that_count(found, weight, is_decision=True)
    assert counted <= found
    if outweighs(weight, Weight.STAFF):
        assert counted <= {"all"}
    if weight is Weight.ORDINARY:
        assert "all" not in counted


def test_no_kind_of_administrator_both_asks_and_agrees_about_an_administrator() -> None:
    assert OPENERS[Weight.ADMINISTRATOR] == {"system_admin"}
    assert "window_clerk" not in OPENERS[Weight.STAFF] | OPENERS[Weight.POWER]


@given(st.integers(6, 18).flatmap(lambda size: st.text("0123456789", min_size=size, max_size=size)))
def test_a_long_number_is_never_kept_in_a_sentence(number: str) -> None:
    assert said_fault(f"证件 {number}")
    assert said_fault(f"证件 {' '.join(number)}")
