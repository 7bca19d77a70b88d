"""Who checked an item, who reported a mistake, and how long what they left is kept."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import signing
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.cases.models import Case
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.storage.immutable import ImmutableError
from huiqi.services.policy.library.actions import CheckError, forget_contacts, record_checks
from huiqi.services.policy.library.models import ItemCheck, MistakeReport, PolicyItem
from huiqi.services.policy.library.queries import last_check, mistake_reports
from tests.services.policy.library.test_history import revised
from tests.support.numbers import agreed
from tests.support.people import client_of, someone

SOME, OTHER = "jz-tour-coach-2026", "cn-tax-vat-1pct"
DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DESK = Actor("cli:zhang", "张")
FORM = {"form_key": "k" * 22, "kind": "amount", "text": "应该是 1.2 万元", "contact": "13900000000"}


def item_page(client: Client, item_id: str = SOME) -> str:
    return client.get(f"/policies/{item_id}/").content.decode()


def send(client: Client, follow: bool = True, **changes: str) -> str:
    return client.post(f"/policies/{SOME}/mistake/", {**FORM, **changes}, follow=follow).content.decode()


def test_an_item_nobody_checked_says_so(client: Client, library) -> None:
    assert "还没有人与原文核对过" in item_page(client)


def test_the_last_check_is_shown_with_its_day_and_its_name(client: Client, library) -> None:
    assert record_checks([SOME, OTHER], "张三", DAY - timedelta(days=9), NOW, DESK) == 2
    assert record_checks([SOME], " 李 四 ", DAY, NOW, DESK) == 1
    assert "最近核对：2026年11月24日，李 四。" in item_page(client)
    assert "最近核对：2026年11月15日，张三。" in item_page(client, OTHER)


def test_a_check_of_an_older_revision_is_told_as_such(client: Client, library) -> None:
    record_checks([SOME], "张三", DAY, NOW, DESK)
    revised(lambda item: item.__class__(**{**{f: getattr(item, f) for f in item.__slots__}, "title": "新名"}))
    assert "核对的是第 1 版，改过以后还没有核对" in item_page(client)
    record_checks([SOME], "张三", DAY, NOW, DESK)
    assert "改过以后" not in item_page(client)


def test_the_same_check_said_twice_is_kept_once(library) -> None:
    assert [record_checks([SOME, SOME], "张三", DAY, NOW, DESK) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("items", "name", "day", "said"),
    [
        ([SOME, "jz-tour-coach-2027"], "张三", DAY, "是不是 jz-tour-coach-2026"),
        ([SOME], " ", DAY, "姓名"),
        ([SOME], "张" * 41, DAY, "姓名"),
        ([SOME], "张\x00三", DAY, "姓名"),
        ([SOME], "张三", DAY + timedelta(days=1), "不能晚于今天"),
    ],
)
def test_a_check_that_cannot_be_true_is_refused_whole(
    library, items: list[str], name: str, day: date, said: str
) -> None:
    with pytest.raises(CheckError, match=said):
        record_checks(items, name, day, NOW, DESK)
    assert last_check(SOME) is None


def test_a_check_cannot_be_changed_or_removed(library) -> None:
    record_checks([SOME], "张三", DAY, NOW, DESK)
    kept = ItemCheck.objects.get()
    kept.checked_by = "李四"
    for change in (kept.save, kept.delete, ItemCheck.objects.all().delete):
        with pytest.raises(ImmutableError):
            change()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE library_itemcheck SET checked_by = 'x'")


def test_an_item_page_costs_three_queries(client: Client, library, django_assert_num_queries) -> None:
    record_checks([SOME], "张三", DAY, NOW, DESK)
    item_page(client)
    with django_assert_num_queries(3):
        item_page(client)


def test_a_report_gets_a_number_and_is_kept(client: Client, library) -> None:
    html = send(client)
    kept = MistakeReport.objects.get()
    assert f"编号 {kept.case_number}，已收到" in html
    assert (kept.item_id, kept.revision, kept.text) == (SOME, 1, "应该是 1.2 万元")
    assert abs(kept.reported_at - now()) < timedelta(minutes=1)


def test_a_form_sent_twice_is_one_report_with_one_number(client: Client, library) -> None:
    first, second = send(client), send(client)
    assert MistakeReport.objects.count() == 1
    assert re.findall(r"编号 [\w-]+", first)[0] == re.findall(r"编号 [\w-]+", second)[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": ""}, "请选一下哪里有误"),
        ({"kind": "galaxy"}, "请选一下哪里有误"),
        ({"kind": "other", "text": " \x00 "}, "请写一句是什么"),
        ({"text": "错" * 501}, "写了 501 个字"),
        ({"contact": "1" * 61}, "联系方式最多"),
    ],
)
def test_a_mistake_in_the_form_loses_nothing(
    client: Client, library, changes: dict[str, str], said: str
) -> None:
    html = send(client, **changes)
    assert said in html
    assert "没有丢" in html
    for name in {"text", "contact"} - changes.keys():
        assert FORM[name] in html
    assert changes.get("text", "").strip("\x00 ") in html
    assert not MistakeReport.objects.exists()


@pytest.mark.parametrize(
    "text", ["𬱖" * 500, "第一行\r\n第二行", "\u202e反\u200b的\x00", "<script>alert(1)</script>"]
)
def test_odd_characters_are_kept_or_left_out_but_break_nothing(client: Client, library, text: str) -> None:
    assert "已收到" in send(client, text=text)
    kept = MistakeReport.objects.get().text
    assert "\x00" not in kept
    assert len(kept) <= 500


def test_what_is_written_is_never_run(client: Client, library) -> None:
    assert "<script>" not in send(client, kind="", text="</textarea><script>alert(1)</script>")


@pytest.mark.parametrize("key", ["", "short", "'; DROP TABLE --", "k" * 4_000])
def test_a_form_without_a_key_of_ours_is_taken_all_the_same(client: Client, library, key: str) -> None:
    assert "已收到" in send(client, form_key=key)


def test_who_reports_too_often_waits_and_loses_nothing(client: Client, library) -> None:
    for n in range(5):
        assert "已收到" in send(client, form_key=f"{n:022d}")
    page = client.post(f"/policies/{SOME}/mistake/", {**FORM, "form_key": "x" * 22})
    assert page.status_code == 429
    assert "应该是 1.2 万元" in page.content.decode()
    assert MistakeReport.objects.count() == 5
    assert "已收到" in send(client, form_key=f"{3:022d}")  # sent before: it has its number


@pytest.mark.parametrize("sealed", ["7", "forged:1:x", signing.dumps(7), signing.dumps("x", salt="other")])
def test_nobody_can_make_up_a_number(client: Client, library, sealed: str) -> None:
    html = client.get(f"/policies/{SOME}/mistake/", {"received": sealed}).content.decode()
    assert "已收到" not in html
    assert "哪里有误" in html


def test_the_form_says_what_the_contact_is_for_and_how_long_it_stays(client: Client, library) -> None:
    agreed("library.contact_days", 30)
    html = client.get(f"/policies/{SOME}/mistake/").content.decode()
    assert "只在要向您问清楚时用" in html
    assert "30 天后删掉" in html


def test_contacts_go_after_their_time_and_the_reports_stay(client: Client, library) -> None:
    agreed("library.contact_days", 30)
    send(client)
    agreed("library.contact_days", 3, today() + timedelta(days=1))  # promises nothing to who came before
    assert forget_contacts(now() + timedelta(days=29), DESK) == 0
    assert forget_contacts(now() + timedelta(days=31), DESK) == 1
    assert forget_contacts(now() + timedelta(days=31), DESK) == 0
    (kept,) = mistake_reports()
    assert (kept.contact, kept.text, kept.kind) == ("", "应该是 1.2 万元", "给多少写错了")


def test_a_contact_is_encrypted_and_shown_by_its_ends_until_it_is_asked_for(client: Client, library) -> None:
    send(client)
    (kept,) = mistake_reports()
    assert (str(kept.contact), kept.contact.reveal()) == ("139****0000", FORM["contact"])
    assert FORM["contact"] not in str(mistake_reports())
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM library_mistakereport")
        ((stored,),) = cursor.fetchall()
    assert stored.startswith("hq1:")
    assert FORM["contact"] not in stored


@pytest.mark.django_db(transaction=True)
def test_reports_of_before_are_encrypted_and_become_cases_by_the_migrations() -> None:
    """There, back and there again, with a report that left no contact."""
    before, after = ("library", "0004_checks_and_reports"), ("library", "0008_every_report_is_a_case")
    PolicyItem.objects.create(id=SOME, current_number=1)
    report = {"item_id": SOME, "revision": 1, "kind": "amount", "reported_at": NOW}
    try:
        old = MigrationExecutor(connection).migrate([before]).apps.get_model("library", "MistakeReport")
        old.objects.create(form_key="a", contact="13900000000", **report)
        old.objects.create(form_key="b", **report)
        MigrationExecutor(connection).migrate([after])
        for _ in range(2):
            assert [one.contact.reveal() for one in mistake_reports()] == ["13900000000", ""]
            assert [(one.number[:14], one.state) for one in mistake_reports()] == [
                ("2026-BC-000001", "待处理"),
                ("2026-BC-000002", "待处理"),
            ]
            MigrationExecutor(connection).migrate([before])
            MigrationExecutor(connection).migrate([after])
        (first, _) = Case.objects.order_by("number")
        assert (first.organisation.name, first.due_on, first.clocks.count()) == (
            "平台运营",
            date(2026, 12, 3),
            1,
        )
        assert AuditEntry.objects.filter(verb="cases.open").count() == first.events.count() + 1 == 2
        old = MigrationExecutor(connection).migrate([before]).apps.get_model("library", "MistakeReport")
        assert list(old.objects.order_by("pk").values_list("contact", flat=True)) == ["13900000000", ""]
    finally:
        MigrationExecutor(connection).migrate([after])


def test_the_database_knows_what_a_report_may_say(library) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MistakeReport.objects.create(
            form_key="z", item_id=SOME, revision=1, case_number="x", kind="galaxy", reported_at=now()
        )


def test_a_report_on_what_does_not_exist_is_a_page_not_found(client: Client, library) -> None:
    assert client.get("/policies/no-such-item/mistake/").status_code == 404
    assert client.post("/policies/no-such-item/mistake/", FORM).status_code == 404


def test_no_report_without_the_token_of_the_form(library) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/policies/{SOME}/mistake/", FORM).status_code == 403
    assert not MistakeReport.objects.exists()


def test_the_poster_says_it_in_few_words_and_leads_to_the_page(client: Client, library) -> None:
    for item_id, each in library.items.items():
        answer = client.get(f"/policies/{item_id}/poster/")
        assert answer.status_code == 200
        html = answer.content.decode()
        assert each.item.title in html
        assert f"http://testserver/policies/{item_id}/" in html
        assert html.count('src="data:image/svg+xml') == 1
    assert client.get("/policies/no-such-item/poster/").status_code == 404


def test_a_printed_page_carries_its_address_its_code_and_its_day(client: Client, library) -> None:
    html = item_page(client)
    printed = html[html.index('class="printed"') :]
    assert "data:image/svg+xml" in printed
    assert f"http://testserver/policies/{SOME}/" in printed
    assert "打印。办理时以主管部门为准" in printed


def test_what_was_done_stands_in_the_log_without_the_contact(client: Client, library) -> None:
    record_checks([SOME], "张三", DAY, NOW, DESK)
    send(client)
    send(client)
    forget_contacts(now() + timedelta(days=181), DESK)
    rows = AuditEntry.objects.exclude(verb="accounts.make_platform_office").order_by("id")
    kept = list(rows.values_list("verb", "actor_name", "changes"))[-4:]
    assert [(verb, name) for verb, name, _ in kept] == [
        ("library.record_checks", "张"),
        ("cases.open", "访客"),
        ("library.report_mistake", "访客"),
        ("library.forget_contacts", "张"),
    ]
    assert not any(FORM["contact"] in changes or FORM["text"] in changes for *_, changes in kept)


def test_a_report_is_a_case_that_an_officer_answers_and_its_reporter_follows(client: Client, library) -> None:
    html = send(client)
    case = Case.objects.get()
    assert case.title.startswith("给多少写错了：")
    officer = client_of(someone("support", case.organisation))
    theirs = officer.get(f"/cases/{case.number}/").content.decode()
    assert "应该是 1.2 万元" in theirs
    assert FORM["contact"] not in theirs
    assert "139****0000" in theirs
    answer = {"version": 1, "action": "find_unfounded", "text": "原文就是这样，见第三条"}
    assert officer.post(f"/cases/{case.number}/advance/", answer).status_code == 302
    receipt = re.search(r'href="(/cases/follow/[^"]+)"', html)
    assert receipt is not None
    followed = client.get(receipt[1]).content.decode()
    assert "原文就是这样，见第三条" in followed
    assert [each.state for each in mistake_reports()] == ["没有错"]


def test_who_reports_signed_in_finds_it_among_their_own(library) -> None:
    owner = client_of(someone("owner"))
    send(owner)
    assert Case.objects.get().number in owner.get("/cases/own/").content.decode()
