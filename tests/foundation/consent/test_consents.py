"""Consents on the database: given by the subject alone, read by the grantee alone, ended at once."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.actions import Confirmed, SignInRefusedError
from huiqi.foundation.audit.queries import LogFilters, entries, looks_at_party
from huiqi.foundation.consent.actions import (
    ConsentRefusedError,
    Signature,
    draw_up,
    give,
    refuse_read,
    register_signer,
    request_code,
    revoke,
)
from huiqi.foundation.consent.actions.signing import by_code
from huiqi.foundation.consent.models import Consent
from huiqi.foundation.consent.queries import (
    PURPOSES,
    ConsentMissingError,
    consent_for,
    consents_given,
    consents_held,
    demand,
    live,
)
from tests.foundation.consent.consenting import BROWSER, TODAY, given, party, wanted
from tests.support.people import NOW, organisation, someone

pytestmark = pytest.mark.django_db


def test_a_consent_lets_one_grantee_read_one_class_for_one_purpose() -> None:
    owner, bank, other = someone("owner"), organisation("bank"), organisation("bank")
    made = given(owner, wanted(bank))
    shop = party(owner.organisation)
    found = live(shop, party(bank), "pre_loan", "02", NOW)
    assert found is not None
    assert (found.id, found.subject, found.is_live) == (made, shop, True)
    for purpose in set(PURPOSES) - {"pre_loan"}:
        assert live(shop, party(bank), purpose, "02", NOW) is None
    assert live(shop, party(bank), "pre_loan", "03", NOW) is None
    assert live(shop, party(other), "pre_loan", "02", NOW) is None
    assert live(party(organisation("business")), party(bank), "pre_loan", "02", NOW) is None
    with pytest.raises(ValueError, match="public"):
        live(shop, party(bank), "pre_loan", "01", NOW)


def test_it_ends_with_its_last_day_or_at_once_when_it_is_revoked() -> None:
    owner, bank = someone("owner"), organisation("bank")
    shop, at = party(owner.organisation), party(bank)
    made = given(owner, wanted(bank, until_on=TODAY))
    midnight = NOW.replace(hour=0, minute=0) + timedelta(days=1)
    assert live(shop, at, "pre_loan", "02", midnight - timedelta(microseconds=1))
    assert live(shop, at, "pre_loan", "02", midnight) is None
    assert live(shop, at, "pre_loan", "02", NOW - timedelta(microseconds=1)) is None
    revoke(owner.actor, made, NOW + timedelta(hours=1))
    for moment in (NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=2)):
        assert live(shop, at, "pre_loan", "02", moment) is None
    with pytest.raises(ConsentRefusedError, match="已经收回"):
        revoke(owner.actor, made, NOW)


def test_only_the_subject_gives_and_takes_back() -> None:
    owner, bank = someone("owner"), organisation("bank")
    made = given(owner, wanted(bank))
    for role in ("handler", "bank_clerk", "officer", "system_admin"):
        with pytest.raises(NotAllowedError):
            draw_up(someone(role).actor, wanted(bank), NOW)
    for stranger in (someone("owner"), someone("person")):
        with pytest.raises(ConsentRefusedError, match="找不到"):
            revoke(stranger.actor, made, NOW)
    with pytest.raises(NotAllowedError):
        revoke(someone("bank_manager", bank).actor, made, NOW)
    revoke(someone("owner", owner.organisation).actor, made, NOW)


def test_the_code_confirms_exactly_the_words_that_were_shown() -> None:
    owner, bank = someone("owner"), organisation("bank")
    shown = draw_up(owner.actor, wanted(bank), NOW)
    _, code = request_code(owner.actor, shown, BROWSER, NOW)
    more = wanted(bank, classes=frozenset({"02", "03"}))
    with pytest.raises(ConsentRefusedError, match="内容变了"):
        give(owner.actor, more, shown.digest, BROWSER, code, NOW)
    with pytest.raises(SignInRefusedError):
        give(owner.actor, more, draw_up(owner.actor, more, NOW).digest, BROWSER, code, NOW)
    with pytest.raises(SignInRefusedError):
        give(owner.actor, wanted(bank), shown.digest, "another browser", code, NOW)
    made = give(owner.actor, wanted(bank), shown.digest, BROWSER, code, NOW)
    assert give(owner.actor, wanted(bank), shown.digest, BROWSER, "000000", NOW) == made
    assert Consent.objects.count() == 1


def test_what_was_shown_is_kept_word_for_word_and_nobody_can_change_it() -> None:
    owner, bank = someone("owner"), organisation("bank")
    shown = draw_up(owner.actor, wanted(bank), NOW)
    made = given(owner, wanted(bank))
    found = consent_for(owner.actor, made, NOW)
    assert found is not None
    document, relations = found
    assert (document.statement, document.is_whole, document.text_version) == (shown.statement, True, 1)
    assert "不是用数字证书作的电子签名" in document.signature.words
    assert relations == {"organisation"}
    table = Consent._meta.db_table
    for statement in (f"UPDATE {table} SET statement = ''", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    told = entries(LogFilters(subject_kind="consent", subject_id=made))
    assert [each.verb for each in told] == ["consent.give"]
    assert document.sm3 in told[0].changes


def test_another_signer_signs_the_very_words() -> None:
    key = Ed25519PrivateKey.generate()

    def by_key(statement: bytes, confirmed: Confirmed, now: object) -> Signature:
        return Signature("ed25519", f"由 {confirmed.phone} 的持有人签名", key.sign(statement).hex())

    register_signer(by_key)
    try:
        owner = someone("owner")
        made = given(owner, wanted(organisation("bank")))
    finally:
        register_signer(by_code)
    found = consent_for(owner.actor, made, NOW)
    assert found is not None
    signature = bytes.fromhex(found[0].signature.value)
    key.public_key().verify(signature, found[0].statement.encode())


def test_a_grantee_sees_live_consents_of_its_own_alone() -> None:
    owner, clerk, other = someone("owner"), someone("bank_clerk"), someone("bank_clerk")
    made = given(owner, wanted(clerk.organisation))
    assert [each.id for each in consents_held(clerk.actor, "", NOW)] == [made]
    assert consents_held(clerk.actor, "没有这个名字", NOW) == consents_held(other.actor, "", NOW) == ()
    assert consent_for(other.actor, made, NOW) is None
    assert consents_held(owner.actor, "", NOW) == ()
    revoke(owner.actor, made, NOW)
    assert consents_held(clerk.actor, "", NOW) == ()
    assert [each.words for each in consents_given(owner.actor, NOW)] == ["已收回"]


def test_a_wrong_grantee_or_too_long_a_time_is_refused_in_words() -> None:
    owner, bank = someone("owner"), organisation("bank")
    for grantee in (organisation("provider"), organisation("business")):
        with pytest.raises(ConsentRefusedError, match="不能接受"):
            draw_up(owner.actor, wanted(grantee), NOW)
    with pytest.raises(ConsentRefusedError, match="最多授权 365 天"):
        draw_up(owner.actor, wanted(bank, until_on=TODAY + timedelta(days=366)), NOW)
    with pytest.raises(ConsentRefusedError, match="至少勾一类"):
        draw_up(owner.actor, wanted(bank, classes=frozenset({"16"})), NOW)


def test_a_refused_read_says_what_to_do_and_the_subject_sees_it() -> None:
    clerk, shop = someone("bank_clerk"), party(organisation("business"))
    with pytest.raises(ConsentMissingError, match="什么也没有给您看") as refused:
        demand(shop, party(clerk.organisation), "credit_enquiry", "16", NOW)
    refuse_read(clerk.actor, refused.value, NOW)
    (seen,) = looks_at_party(shop.id).entries
    assert (seen.verb, seen.actor_id) == ("consent.refuse_read", clerk.actor.id)
    assert "查询征信" in seen.reason
