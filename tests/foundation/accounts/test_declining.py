"""Who is invited may say no: once, with word to who invited, and open to a new invitation."""

import pytest
from django.db import IntegrityError, transaction

from huiqi.foundation.accounts.actions.invitations import (
    accept_invitation,
    accept_own_invitation,
    approve_grant,
    decline_invitation,
    withdraw_invitation,
)
from huiqi.foundation.accounts.domain.members import RefusedError
from huiqi.foundation.accounts.models import Invitation, Membership
from huiqi.foundation.accounts.queries.invited import invitations_of
from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.clock.queries import now
from huiqi.foundation.notices.models import Letter
from tests.foundation.accounts.members import invited, platform
from tests.support.people import NOW, client_of, someone

pytestmark = pytest.mark.django_db
AT = "/accounts/invitations"


def test_what_is_declined_is_over_and_whoever_invited_is_told() -> None:
    owner, guest = someone("owner"), someone("person")
    made = invited(owner, guest, "handler")
    decline_invitation(guest.actor, made.id, NOW)
    for again in (
        lambda: accept_invitation(guest.actor, made.secret, NOW),
        lambda: accept_own_invitation(guest.actor, made.id, NOW),
        lambda: withdraw_invitation(owner.actor, made.id, NOW),
        lambda: decline_invitation(guest.actor, made.id, NOW),
    ):
        with pytest.raises(RefusedError, match="已谢绝"):
            again()
    assert not Membership.objects.filter(person=guest.person).exists()
    told = Letter.objects.select_related("notice").get(person=owner.person)
    assert told.notice.title == "对方谢绝了：经办人"
    assert [each.words for each in invitations_of(str(owner.organisation.pk), NOW)] == ["已谢绝"]
    kept = [(each.verb, each.actor_id) for each in entries(LogFilters("invitation", made.id))]
    assert kept[1:] == [("accounts.decline_invitation", guest.actor.id)]


def test_who_declined_can_be_invited_again_and_accept() -> None:
    owner, guest = someone("owner"), someone("person")
    decline_invitation(guest.actor, invited(owner, guest, "handler").id, NOW)
    accept_invitation(guest.actor, invited(owner, guest, "handler").secret, NOW)
    assert Membership.objects.get(person=guest.person).role == "handler"


def test_nobody_declines_for_another_nor_what_is_not_theirs_to_take_up_yet() -> None:
    owner, guest = someone("owner"), someone("person")
    made = invited(owner, guest, "handler")
    for other in (someone("person"), owner):
        with pytest.raises(RefusedError, match="找不到"):
            decline_invitation(other.actor, made.id, NOW)
    head, (_, security) = someone("department_head"), platform()
    waiting = invited(head, guest, "officer")
    with pytest.raises(RefusedError, match="等安全管理员同意"):
        decline_invitation(guest.actor, waiting.id, NOW)
    approve_grant(security.actor, waiting.id, NOW)
    decline_invitation(guest.actor, waiting.id, NOW)
    assert Invitation.objects.filter(is_declined=True).count() == 1


def test_the_database_puts_aside_what_is_declined() -> None:
    invited(someone("owner"), someone("person"), "handler")
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(is_declined=True)


def test_the_page_asks_first_and_says_afterwards_that_it_is_done(django_assert_num_queries) -> None:
    owner, guest = someone("owner"), someone("person")
    made = invited(owner, guest, "handler")
    Invitation.objects.update(expires_at=now().replace(year=now().year + 1))
    browser, address = client_of(guest), f"{AT}/{made.id}/decline/"
    for start in (f"{AT}/", f"/accounts/invited/{made.secret}/"):
        assert address in browser.get(start).content.decode()
    with django_assert_num_queries(QUESTIONS):
        assert "谢绝以后" in browser.get(address).content.decode()
    assert Invitation.objects.get().withdrawn_at is None
    assert browser.post(address).headers["Location"] == address
    assert "您已经谢绝" in browser.get(address).content.decode()
    assert browser.post(address).status_code == 409
    assert "已谢绝" in client_of(guest).get(f"/accounts/invited/{made.secret}/").content.decode()
    stranger = client_of(someone("person"))
    assert (stranger.get(address).status_code, stranger.post(address).status_code) == (404, 404)


# the session, the person, a number being changed, and of the invitation: whose number, the row, the words
QUESTIONS = 6
