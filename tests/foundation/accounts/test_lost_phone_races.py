"""Several who ask, agree, stop or settle at once: one wins, the others read what happened. For PostgreSQL."""

import pytest
from django.db import connection

from huiqi.foundation.accounts.actions.lost_phone import (
    open_phone_request,
    prove_new_number,
    refuse_phone_request,
    stop_phone_request,
    withdraw_phone_request,
)
from huiqi.foundation.accounts.actions.lost_phone_ends import settle_phone_request
from huiqi.foundation.accounts.models import Person, PhoneRequest
from tests.foundation.accounts.test_invitation_races import at_once, logged
from tests.foundation.accounts.test_lost_phone import LATER, NEW, Window, agreed, lost_by, opened
from tests.support.people import NOW, someone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def only_where_writers_meet(transactional_db) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite 的写入轮流进行，几个人同时处理一个换号申请只在 PostgreSQL 上试")


def test_two_windows_that_ask_for_one_account_at_once_make_one_request() -> None:
    window = Window()
    works = []
    for clerk, number in ((window.one, NEW), (window.two, "13911113333")):
        lost = lost_by(window.owner, new_phone=number, form_key=number.rjust(22, "k"))
        code = prove_new_number(clerk.actor, lost, "b", NOW)
        works.append(lambda a=clerk.actor, b=lost, c=code: open_phone_request(a, b, c, "b", NOW))
    (lost_one,) = at_once(*works)
    assert "已经有一个换号申请" in lost_one
    assert PhoneRequest.objects.count() == logged("open_phone_request") == 1


def test_agreeing_refusing_stopping_and_withdrawing_at_once_has_one_end() -> None:
    window = Window()
    third = someone("window_clerk", window.place)
    asked = opened(window.one, window.owner)
    at_once(
        lambda: agreed(window.two, asked),
        lambda: refuse_phone_request(third.actor, asked, "照片不像", NOW),
        lambda: stop_phone_request(window.owner.actor, asked, NOW),
        lambda: withdraw_phone_request(window.one.actor, asked, "写错了", NOW),
    )
    ends = ("refuse_phone_request", "stop_phone_request", "withdraw_phone_request")
    assert logged(*ends) == 1
    assert PhoneRequest.objects.get().end in ("refused", "stopped", "withdrawn")


def test_stopped_or_changed_but_never_both_and_changed_once() -> None:
    window = Window()
    asked = opened(window.one, window.owner)
    agreed(window.two, asked)
    at_once(
        lambda: settle_phone_request(asked, LATER),
        lambda: settle_phone_request(asked, LATER),
        lambda: stop_phone_request(window.owner.actor, asked, LATER),
    )
    assert logged("change_lost_phone") + logged("stop_phone_request") == 1
    is_changed = Person.objects.get(pk=window.owner.person.pk).phone.reveal() == NEW
    assert is_changed == (PhoneRequest.objects.get().end == "done") == bool(logged("change_lost_phone"))


def test_two_accounts_that_want_one_number_get_one_request() -> None:
    window, other = Window(), someone("owner")
    works = []
    for clerk, whose in ((window.one, window.owner), (window.two, other)):
        lost = lost_by(whose, form_key=str(whose.person.pk)[:22])
        code = prove_new_number(clerk.actor, lost, "b", NOW)
        works.append(lambda a=clerk.actor, b=lost, c=code: open_phone_request(a, b, c, "b", NOW))
    assert len(at_once(*works)) == 1
    assert PhoneRequest.objects.count() == 1
