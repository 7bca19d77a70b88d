"""The pages: the whole way on a phone, nothing ticked beforehand, and nothing shown to anybody else."""

import re
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from huiqi.foundation.audit.actions import Party, Subject
from huiqi.foundation.audit.queries import looks_at_party
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.consent.actions import record_consented_look
from huiqi.foundation.consent.adapters import RefusedReads
from huiqi.foundation.consent.models import Consent, ConsentAsk
from huiqi.foundation.consent.queries import ConsentMissingError, live
from tests.foundation.consent.consenting import asked, given, party, wanted
from tests.support.people import client_of, organisation, someone

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=30)


@pytest.fixture(autouse=True)
def codes_are_shown(settings) -> None:
    settings.HUIQI_SMS = "demo"


def hidden(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} on the page"
    return found[1]


def code_on(page: str) -> str:
    found = re.search(r'shown-code">(\d{6})<', page)
    assert found, "no code on the page"
    return found[1]


def signed(client: Client, url: str, sent: dict[str, object]) -> str:
    """From the text to the address of the consent."""
    shown = client.post(url, sent).content.decode()
    ticked = {**sent, "digest": hidden(shown, "digest"), "agreed": "yes"}
    coded = client.post(url, {**ticked, "step": "code"}).content.decode()
    answer = client.post(url, {**ticked, "step": "sign", "code": code_on(coded)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_an_owner_gives_sees_and_ends_a_consent() -> None:
    owner, clerk = someone("owner"), someone("bank_clerk")
    client, bank = client_of(owner), party(clerk.organisation)
    assert bank.name in client.get("/consents/new/?purpose=pre_loan").content.decode()
    url = f"/consents/new/?purpose=pre_loan&grantee={bank.id}"
    form = client.get(url).content.decode()
    assert "checked" not in form
    sent = {"form_key": hidden(form, "form_key"), "classes": ["02", "05"], "until_on": SOON.isoformat()}
    made = signed(client, url, sent)
    page = client.get(made).content.decode()
    assert "授权好了" in page
    assert "不是用数字证书作的电子签名" in page
    shop = party(owner.organisation)
    assert live(shop, bank, "pre_loan", "05", now())
    assert "纳税、水电气" in client_of(clerk).get("/consents/held/").content.decode()
    revoke = f"{made.partition('?')[0]}revoke/"
    assert "马上不算数" in client.get(revoke).content.decode()
    assert client.post(revoke).status_code == 302
    assert live(shop, bank, "pre_loan", "05", now()) is None
    assert "已经收回了" in client.post(revoke).content.decode()
    assert shop.name not in client_of(clerk).get("/consents/held/").content.decode()


def test_nothing_is_signed_without_a_tick_the_same_text_and_the_right_code() -> None:
    owner, bank = someone("owner"), organisation("bank")
    client, url = client_of(owner), f"/consents/new/?purpose=credit_enquiry&grantee={bank.pk}"
    sent = {"form_key": "k" * 22, "classes": "16", "until_on": SOON.isoformat()}
    shown = client.post(url, sent).content.decode()
    assert "单独的授权" in shown
    right = {**sent, "digest": hidden(shown, "digest"), "agreed": "yes"}
    assert "勾上" in client.post(url, {**right, "agreed": "", "step": "code"}).content.decode()
    assert client.post(url, {**right, "digest": "0" * 64, "step": "code"}).status_code == 409
    coded = client.post(url, {**right, "step": "code"}).content.decode()
    wrong = f"{(int(code_on(coded)) + 1) % 10**6:06}"
    for code in (wrong, "", "abc", "１２"):
        assert client.post(url, {**right, "step": "sign", "code": code}).status_code == 422
    assert Consent.objects.count() == 0
    assert client.post(url, {**sent, "classes": "02"}).status_code == 422
    assert client.post(url, {**sent, "until_on": "不是日子"}).status_code == 422


def test_the_same_form_sent_twice_makes_one_consent() -> None:
    owner, bank = someone("owner"), organisation("bank")
    client, url = client_of(owner), f"/consents/new/?purpose=pre_loan&grantee={bank.pk}"
    sent = {"form_key": "k" * 22, "classes": "02", "until_on": SOON.isoformat()}
    made = signed(client, url, sent)
    shown = client.post(url, sent).content.decode()
    again = {**sent, "digest": hidden(shown, "digest"), "agreed": "yes", "step": "sign", "code": "000000"}
    assert client.post(url, again).headers["Location"] == made
    assert Consent.objects.count() == 1


def test_a_guarantor_is_asked_and_agrees_in_their_own_name() -> None:
    owner, friend, bank = someone("owner"), someone("person"), organisation("bank")
    url = f"/consents/ask/?purpose=pre_loan&grantee={bank.pk}"
    sent = {
        "form_key": "k" * 22,
        "relation": "guarantor",
        "phone": friend.person.phone.reveal(),
        "classes": "06",
        "until_on": SOON.isoformat(),
    }
    client = client_of(owner)
    assert "checked" not in client.get(url).content.decode()
    assert client.post(url, {**sent, "phone": "123"}).status_code == 422
    assert client.post(url, {**sent, "relation": ""}).status_code == 422
    made = client.post(url, sent).headers["Location"]
    told = client.get(made).content.decode()
    assert friend.person.phone.reveal() not in told
    link = f"/consents/asked/{ConsentAsk.objects.get().pk}/"
    assert link in told
    for stranger in (someone("person"), owner):
        assert client_of(stranger).get(link).status_code == 404
    signed(client_of(friend), link, {})
    assert "您已经同意了" in client_of(friend).get(link).content.decode()
    assert live(Party(friend.actor.id, ""), party(bank), "pre_loan", "06", now())
    assert "对方同意了" in client.get("/consents/").content.decode()


def test_who_declines_sees_that_nothing_was_agreed_to_and_the_owner_may_withdraw() -> None:
    owner, friend, bank = someone("owner"), someone("person"), organisation("bank")
    what = wanted(bank, classes=frozenset({"06"}), until_on=SOON)
    first = asked(owner, friend.person.phone.reveal(), what, at=now())
    client = client_of(friend)
    answer = client.post(f"/consents/asked/{first}/decline/", follow=True)
    assert "您没有同意" in answer.content.decode()
    assert client_of(owner).post(f"/consents/ask/{first}/").status_code == 409
    assert Consent.objects.count() == 0


def test_nobody_opens_what_is_neither_theirs_nor_held_by_them() -> None:
    owner, clerk = someone("owner"), someone("bank_clerk")
    made = given(owner, wanted(clerk.organisation, until_on=SOON), now())
    for stranger in (someone("owner"), someone("person"), someone("bank_clerk"), someone("auditor")):
        assert client_of(stranger).get(f"/consents/{made}/").status_code in (403, 404)
        assert client_of(stranger).post(f"/consents/{made}/revoke/").status_code in (403, 404)
    assert client_of(clerk).post(f"/consents/{made}/revoke/").status_code == 403
    assert client_of(clerk).get(f"/consents/{made}/").status_code == 200
    (seen,) = looks_at_party(party(owner.organisation).id).entries
    assert (seen.verb, seen.actor_id) == ("consent.see", clerk.actor.id)


def test_a_refused_read_is_answered_in_words_and_shown_to_the_subject() -> None:
    clerk, shop = someone("bank_clerk"), organisation("business")
    request = RequestFactory().get("/")
    request.actor, request.looks = clerk.actor, []
    missing = ConsentMissingError(party(shop), party(clerk.organisation), "pre_loan", "02")
    answer = RefusedReads(lambda _: None).process_exception(request, missing)
    assert answer is not None
    assert (answer.status_code, "什么也没有给您看" in answer.content.decode()) == (403, True)
    (look,) = request.looks
    assert (look.verb, look.party) == ("consent.refuse_read", party(shop))
    assert RefusedReads(lambda _: None).process_exception(request, ValueError()) is None


def test_a_look_says_by_which_consent_and_for_what() -> None:
    owner, clerk = someone("owner"), someone("bank_clerk")
    given(owner, wanted(clerk.organisation, until_on=SOON), now())
    consent = live(party(owner.organisation), party(clerk.organisation), "pre_loan", "02", now())
    assert consent is not None
    request = RequestFactory().get("/")
    request.actor, request.looks = clerk.actor, []
    record_consented_look(request, "consent.see", Subject("fact", "1", "纳税"), consent)
    assert request.looks[0].reason == f"用途：申请贷款；凭授权 {consent.number}"


@pytest.mark.parametrize(("url", "most"), [("/consents/", 14), ("/consents/held/", 9)])
def test_a_list_asks_the_same_number_of_questions_however_long(
    url: str, most: int, django_assert_max_num_queries
) -> None:
    bank = someone("bank_clerk")
    owners = [someone("owner") for _ in range(5)]
    for each in owners:
        given(each, wanted(bank.organisation, until_on=SOON, key=each.actor.id[:22]), now())
    client = client_of(owners[0] if url == reverse("consent:consents") else bank)
    with django_assert_max_num_queries(most):
        assert client.get(url).status_code == 200
