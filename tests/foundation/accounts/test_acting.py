"""Who acts: a person signed in, in one of their roles."""

import pytest

from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.accounts.queries import actor_of
from tests.support.people import NOW, client_of, organisation, someone

pytestmark = pytest.mark.django_db


def test_nobody_signed_in_is_a_visitor() -> None:
    assert actor_of({}).role == "visitor"


def test_a_member_acts_for_the_organisation_under_a_masked_name() -> None:
    bank = organisation("bank", "演示银行")
    clerk = someone("bank_clerk", bank)
    actor = clerk.actor
    assert (actor.role, actor.organisation and actor.organisation.name) == ("bank_clerk", "演示银行")
    assert "*" in actor.name


def test_who_is_no_longer_a_member_acts_as_a_person() -> None:
    officer = someone("officer")
    Membership.objects.update(until_at=NOW)
    assert officer.actor.role == "person"
    assert officer.actor.organisation is None


def test_whose_account_is_over_is_a_visitor() -> None:
    officer = someone("officer")
    officer.person.left_at = NOW
    officer.person.save(update_fields=["left_at"])
    assert officer.actor.role == "visitor"


def test_a_public_page_looks_nobody_up(django_assert_num_queries) -> None:
    client = client_of(someone("officer"))
    with django_assert_num_queries(4):
        assert client.get("/about/").status_code == 200
