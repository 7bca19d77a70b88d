"""What people choose for themselves, and an address that is used only once it was confirmed."""

from datetime import timedelta

import pytest

from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.notices.actions import ChoiceError, Chosen, choose, confirm_mail, set_mail
from huiqi.foundation.notices.domain import MailMode, QuietHours
from huiqi.foundation.notices.models import Preference
from huiqi.foundation.notices.queries import own_choices
from huiqi.foundation.outbox.actions import enqueue_periods
from tests.foundation.notices.trial import NOW, told, with_mail, work
from tests.support.people import someone

ALL_ON = Chosen(is_sms_wanted=True, mail_mode=MailMode.EACH, quiet=None, muted=frozenset())


def code_in(posts) -> str:
    text = posts["mail"].sent[-1][2]
    return text[text.index("确认码是 ") + 5 :][:6]


def test_who_never_chose_has_the_usual_choices(person) -> None:
    found = own_choices(str(person.pk), "owner", NOW.date())
    assert (found.is_sms_wanted, found.mail_mode, found.has_mail) == (True, "off", False)
    assert found.quiet == QuietHours(21, 8) == found.usual_quiet
    assert [kind.words for kind in found.kinds] == ["办件有进展", "政策提醒"]
    assert found.kept_kinds == ("有材料要补", "急事")


def test_an_address_is_used_once_its_code_came_back(owner, person, posts) -> None:
    set_mail("zhang@example.com", NOW, owner.actor)
    told("trial.due", "k", person)
    work(NOW)
    assert [title for _, title, *_ in posts["mail"].sent] == ["确认接收消息的邮箱"]
    confirm_mail(code_in(posts), NOW, owner.actor)
    told("trial.due", "l", person)
    work(NOW)
    assert posts["mail"].told == ["zhang@example.com"] * 2
    found = own_choices(str(person.pk), "owner", NOW.date())
    assert (found.mail, found.has_mail, found.mail_mode) == ("z***@example.com", True, "each")


def test_an_address_is_kept_encrypted_and_out_of_the_log(owner, person) -> None:
    from django.db import connection  # noqa: PLC0415 - beside the model, which would decrypt

    set_mail("zhang@example.com", NOW, owner.actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT mail FROM notices_preference")
        assert "zhang" not in cursor.fetchone()[0]
    assert "zhang" not in str(entries(LogFilters(subject_kind="preference")))


@pytest.mark.parametrize(("later", "words"), [(timedelta(), "不对"), (timedelta(hours=25), "24 小时")])
def test_a_wrong_or_old_code_confirms_nothing(owner, person, posts, later: timedelta, words: str) -> None:
    set_mail("zhang@example.com", NOW, owner.actor)
    work(NOW)
    code = code_in(posts)
    wrong = code if later else ("000000" if code != "000000" else "111111")
    with pytest.raises(ChoiceError, match=words):
        confirm_mail(wrong, NOW + later, owner.actor)
    assert not own_choices(str(person.pk), "owner", NOW.date()).has_mail


def test_after_five_tries_even_the_right_code_is_too_late(owner, person, posts) -> None:
    set_mail("zhang@example.com", NOW, owner.actor)
    work(NOW)
    code = code_in(posts)
    for _ in range(5):
        with pytest.raises(ChoiceError, match="不对"):
            confirm_mail("999999" if code != "999999" else "888888", NOW, owner.actor)
    with pytest.raises(ChoiceError, match="次数太多"):
        confirm_mail(code, NOW, owner.actor)


def test_a_code_is_of_one_use_and_of_the_last_address(owner, person, posts) -> None:
    set_mail("a@example.com", NOW, owner.actor)
    work(NOW)
    first = code_in(posts)
    set_mail("b@example.com", NOW, owner.actor)
    work(NOW)
    with pytest.raises(ChoiceError, match="不对"):
        confirm_mail(first, NOW, owner.actor)
    confirm_mail(code_in(posts), NOW, owner.actor)
    with pytest.raises(ChoiceError, match="没有等着确认"):
        confirm_mail(code_in(posts), NOW, owner.actor)


def test_removing_the_address_ends_mail(owner, person, posts) -> None:
    with_mail(person)
    set_mail("", NOW, owner.actor)
    told("trial.due", "k", person)
    work(NOW)
    assert posts["mail"].sent == []
    assert own_choices(str(person.pk), "owner", NOW.date()).mail == ""


def test_the_address_of_who_has_left_is_removed_and_others_stay(person) -> None:
    stays = someone("owner").person
    with_mail(person)
    with_mail(stays, address="b@example.com")
    person.left_at = NOW
    person.save()
    enqueue_periods(NOW)
    work(NOW)
    kept = {row.person_id: row.mail.reveal() for row in Preference.objects.all()}
    assert kept == {person.pk: "", stays.pk: "b@example.com"}


def test_a_kind_is_switched_off_by_whom_it_may_be(owner, person) -> None:
    clerk = someone("bank_clerk")
    everything = frozenset({"trial.progress", "trial.news", "trial.due"})
    for who in (owner, clerk):
        choose(Chosen(True, MailMode.OFF, None, everything), NOW, who.actor)
    assert Preference.objects.get(person_id=person.pk).muted == ["trial.news", "trial.progress"]
    assert Preference.objects.get(person_id=clerk.person.pk).muted == ["trial.progress"]


def test_what_another_role_switched_off_stays_so(owner, person) -> None:
    Preference.objects.create(person=person, muted=["trial.news"])
    as_clerk = type(owner.actor)(owner.actor.id, owner.actor.name, role="bank_clerk")
    choose(ALL_ON, NOW, as_clerk)
    assert Preference.objects.get(person=person).muted == ["trial.news"]


def test_a_choice_is_in_the_log(owner, person) -> None:
    choose(Chosen(False, MailMode.OFF, QuietHours(22, 7), frozenset()), NOW, owner.actor)
    (entry,) = entries(LogFilters(subject_kind="preference"))
    assert (entry.verb, entry.actor_id) == ("notices.choose", str(person.pk))
    assert '"短信":[true,false]' in entry.changes
    assert '"免打扰":[[null,null],[22,7]]' in entry.changes


def test_own_quiet_hours_come_before_the_sites(owner, person, posts) -> None:
    choose(Chosen(True, MailMode.OFF, QuietHours(9, 12), frozenset()), NOW, owner.actor)
    told("trial.due", "k", person)
    work(NOW)
    assert posts["sms"].sent == []
    work(NOW.replace(hour=12))
    assert len(posts["sms"].sent) == 1
