"""What an organisation tells people: seen before it is sent, sent once, and taken back."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.clock.queries import now
from huiqi.foundation.notices.actions import ChangedError, Shown, announce
from huiqi.foundation.notices.apps import NoticesConfig
from huiqi.foundation.notices.domain import Draft, digest_of
from huiqi.foundation.notices.models import Announcement, Letter, Outgoing
from huiqi.foundation.notices.queries import people_of
from tests.foundation.cases.places import opened
from tests.foundation.notices.test_races import at_once
from tests.foundation.notices.trial import work
from tests.support.declaring import declared_by
from tests.support.numbers import agreed
from tests.support.people import Someone, client_of, organisation, someone

NEW = "/notices/announced/new/"
WORDS = {"audience": "colleagues", "title": "周五开会", "body": "12月4日（周五）上午九点，三楼会议室。"}


@pytest.fixture(autouse=True)
def own_kinds(trial_kinds, db) -> Iterator[None]:
    """Beside the kinds of the tests, the room's own."""
    both = {**NoticesConfig.notice_kinds, **apps.get_app_config("notices").notice_kinds}
    with declared_by("notices", notice_kinds=both):
        yield


@pytest.fixture
def head() -> Someone:
    return someone("department_head", organisation("department", "市商务局"))


def seen(client: Client, **changed: str) -> dict[str, str]:
    """The form as it stands under the preview, ready to be confirmed."""
    html = unescape(client.post(NEW, WORDS | changed).content.decode())
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html)) | {"confirmed": "yes"}


def sent(client: Client, **changed: str) -> str:
    """The address of what was sent."""
    answer = client.post(NEW, seen(client, **changed))
    assert answer.status_code == 302, answer.content.decode()[-2500:]
    return answer.headers["Location"].removesuffix("?sent=1")


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("role", ["owner", "bank_clerk", "window_clerk", "system_admin", "auditor", "person"])
def test_only_offices_tell_people_things(role: str) -> None:
    client = client_of(someone(role))
    assert [client.get(each).status_code for each in (NEW, "/notices/announced/")] == [403, 403]
    assert client.post(NEW, WORDS).status_code == 403


def test_how_often_an_organisation_announces_is_a_number_of_the_city(head: Someone) -> None:
    agreed("notices.announcements_a_day", 1)
    someone("officer", head.organisation)
    client = client_of(head)
    sent(client)
    again = client.post(NEW, seen(client, title="周六开会"))
    assert (again.status_code, Announcement.objects.count()) == (429, 1)


def test_a_visitor_is_led_to_the_sign_in(client: Client) -> None:
    assert client.get(NEW).headers["Location"].startswith("/accounts/sign-in/")


def test_it_is_shown_who_will_be_told_before_anybody_is(head: Someone) -> None:
    someone("officer", head.organisation)
    html = client_of(head).post(NEW, WORDS).content.decode()
    assert "会告诉谁：1 人" in html
    assert "市商务局给您发来一条通知" in html
    assert not Letter.objects.exists()


def test_colleagues_are_told_once_however_often_the_form_is_sent(head: Someone) -> None:
    colleague, stranger = someone("officer", head.organisation), someone("officer")
    client = client_of(head)
    form = seen(client)
    first, second = client.post(NEW, form), client.post(NEW, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert [each.person_id for each in Letter.objects.all()] == [colleague.person.pk]
    assert Outgoing.objects.count() == 1
    assert [each.verb for each in entries(LogFilters(subject_kind="announcement"))] == ["notices.announce"]
    assert "周五开会" in text_of(client_of(colleague), "/notices/")
    assert "周五开会" not in text_of(client_of(stranger), "/notices/")


def test_those_below_are_told_by_a_head_and_by_no_officer(head: Someone) -> None:
    low = someone("officer", organisation("department", parent=head.organisation))
    officer = someone("officer", head.organisation)
    sent(client_of(head), audience="below")
    assert [each.person_id for each in Letter.objects.all()] == [low.person.pk]
    assert 'value="below"' not in text_of(client_of(officer), NEW)
    with pytest.raises(NotAllowedError):
        announce(Draft("below", "a", "b"), Shown("", "k" * 22), now(), officer.actor)


def test_whoever_has_an_open_case_there_can_be_told_and_nobody_elses_party() -> None:
    office, owner = someone("task_force", organisation("platform")), someone("owner")
    opened("a", now(), party_id=str(owner.organisation.pk))
    assert people_of("parties", office.actor) == (str(owner.person.pk),)
    assert people_of("parties", someone("department_head").actor) == ()
    assert people_of("parties", someone("bank_clerk").actor) == ()


def test_a_group_that_changed_after_the_look_is_shown_again_and_nobody_is_told(head: Someone) -> None:
    someone("officer", head.organisation)
    client = client_of(head)
    form = seen(client)
    someone("officer", head.organisation)
    answer = client.post(NEW, form)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "名单刚刚有变化" in html
    assert "会告诉谁：2 人" in html
    assert not Letter.objects.exists()
    with pytest.raises(ChangedError):
        announce(Draft(**WORDS), Shown(digest_of(["x"]), "k" * 22), now(), head.actor)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": " \n "}, "请写标题"),
        ({"body": "\x00"}, "请写内容"),
        ({"body": "长" * 801}, "最多 800 个"),
        ({"audience": "everybody"}, "没有人"),
        ({"audience": ""}, "请选告诉谁"),
    ],
)
def test_what_cannot_be_sent_says_why_and_keeps_what_was_written(head, changed, said: str) -> None:
    answer = client_of(head).post(NEW, WORDS | changed | {"confirmed": "yes"})
    html = answer.content.decode()
    assert answer.status_code in (403, 422)
    assert not Letter.objects.exists()
    if answer.status_code == 422:
        assert said in html
        assert "写的都还在" in html


def test_script_in_what_was_written_stays_text(head: Someone) -> None:
    someone("officer", head.organisation)
    client = client_of(head)
    page = text_of(client, sent(client, title="<script>x</script>", body="<b>粗</b>{place}{nobody}"))
    assert "&lt;script&gt;" in page
    assert "{nobody}" in page
    assert "<b>粗" not in page


def test_another_organisation_neither_sees_it_nor_takes_it_back(head: Someone) -> None:
    someone("officer", head.organisation)
    address = sent(client_of(head))
    other = client_of(someone("department_head"))
    assert "周五开会" not in text_of(other, "/notices/announced/")
    for path in (address, f"{address}withdraw/"):
        text_of(other, path, 403)
    assert other.post(f"{address}withdraw/", {"reason": "x"}).status_code == 403
    text_of(other, "/notices/announced/00000000-0000-0000-0000-000000000000/", 404)
    form = seen(client_of(head))
    assert Announcement.objects.count() == 1
    stolen = {**form, "form_key": Announcement.objects.get().form_key}
    assert "已经用过了" in other.post(NEW, stolen).content.decode()


def test_it_is_taken_back_once_with_an_apology_to_those_it_reached(head: Someone, posts) -> None:
    colleague, fellow = someone("officer", head.organisation), someone("officer", head.organisation)
    client = client_of(head)
    address = sent(client)
    work(now())
    reached = len(posts["sms"].sent)
    html = text_of(client, f"{address}withdraw/")
    assert f"已经收到短信或邮件的 {reached} 人" in html
    assert "还没有撤回" in client.post(f"{address}withdraw/", {"reason": " "}).content.decode()
    assert client.post(f"{address}withdraw/", {"reason": "日期写错了"}).status_code == 302
    assert client_of(fellow).post(f"{address}withdraw/", {"reason": "又一次"}).status_code == 409
    assert "日期写错了" in text_of(client_of(colleague), "/notices/")
    assert "撤回了" in text_of(client, address)
    assert Outgoing.objects.filter(purpose="apology").count() == reached


def test_one_form_sent_by_many_hands_at_once_is_one_announcement(transactional_db, head: Someone) -> None:
    colleague = someone("officer", head.organisation)
    draft, shown = Draft(**WORDS), Shown(digest_of([str(colleague.person.pk)]), "k" * 22)
    actor = head.actor
    found = at_once(*[lambda: announce(draft, shown, now(), actor)] * 6)
    assert found == [str(Announcement.objects.get().pk)] * 6
    assert (Letter.objects.count(), Outgoing.objects.count()) == (1, 1)


@pytest.mark.parametrize(("address", "queries"), [("list", 6), ("one", 6), ("withdraw", 6), (NEW, 4)])
def test_what_the_pages_cost(head, django_assert_num_queries, address: str, queries: int) -> None:
    for _ in range(12):
        someone("officer", head.organisation)
    client = client_of(head)
    one = sent(client)
    address = {"list": "/notices/announced/", "one": one, "withdraw": f"{one}withdraw/"}.get(address, address)
    text_of(client, address)
    with django_assert_num_queries(queries, connection=connection):
        text_of(client, address)
