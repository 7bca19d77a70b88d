"""What officers and parties see and do: desk, case, receipts, dialogs, and nothing lost when it fails."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from huiqi.foundation.cases.actions import (
    Destination,
    Visibility,
    advance,
    escalate_due,
    note,
    pause,
    transfer,
)
from huiqi.foundation.cases.models import Case
from huiqi.foundation.cases.queries import receipt_of
from huiqi.foundation.clock.queries import now
from tests.foundation.cases.places import VISITOR, Office, act, member_id, opened, version
from tests.support.people import client_of, organisation, someone

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, status: int = 200, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def send(client: Client, address: str, **form: object) -> tuple[int, str]:
    answer = client.post(address, form)
    return answer.status_code, answer.content.decode()


def test_a_visitor_is_led_to_the_sign_in_and_an_owner_is_refused_the_desk(client: Client) -> None:
    assert client.get("/cases/").status_code == 302
    assert "不能看办件台" in page(client_of(someone("owner")), "/cases/", 403)


@pytest.mark.parametrize(
    ("role", "leads_to"), [("officer", "/cases/"), ("owner", "/cases/own/"), ("auditor", "")]
)
def test_every_page_leads_those_who_have_cases_to_them(role: str, leads_to: str) -> None:
    found = re.findall(r'href="(/cases/[^"]*)"', page(client_of(someone(role)), "/modes-are-not-here/", 404))
    found += re.findall(r'href="(/cases/[^"]*)"', page(client_of(someone(role)), "/"))
    assert set(found) == ({leads_to} if leads_to else set())


def test_an_empty_desk_says_why_and_where_to_look() -> None:
    html = page(client_of(Office().one), "/cases/")
    assert "没有在办的件" in html
    assert "看本单位的" in html


def test_a_desk_shows_what_is_free_and_what_is_mine_and_counts_both() -> None:
    office = Office()
    mine, free = opened("mine", now()), opened("free", now())
    advance(mine.number, 1, "take", "", act(office.one, now()))
    client = client_of(office.one)
    html = page(client, "/cases/")
    assert mine.number in html
    assert free.number not in html
    assert "没人接手的 1" in html
    assert free.number in page(client, "/cases/", scope="free")
    assert page(client, "/cases/", scope="ours").count('class="row-link"') == 2


def test_a_search_finds_by_number_title_and_party_within_what_is_mine() -> None:
    office = Office()
    case = opened("a", now(), title="日期写错了：稳岗返还", party_name="温县面馆")
    opened("b", now())
    client = client_of(office.one)
    for text in (case.number, case.number.lower(), "稳岗 日期", "面馆", case.number[5:14]):
        assert page(client, "/cases/", scope="ours", q=text).count('class="row-link"') == 1
    assert "没有找到“没有的”" in page(client, "/cases/", scope="ours", q="没有的")
    stranger = client_of(someone("officer"))
    assert case.number not in page(stranger, "/cases/", scope="ours", q="稳岗")


@pytest.mark.parametrize(
    "query", ["?page=99999999999", "?page=-1", "?scope=x&pile=y&kind=z", "?q=%00%27%22<script>"]
)
def test_whatever_the_address_asks_the_desk_answers(query: str) -> None:
    html = page(client_of(Office().one), f"/cases/{query}")
    assert "<script>" not in html.replace('<script src="', "")


def test_a_desk_costs_the_same_few_queries_however_many_cases(django_assert_num_queries) -> None:
    office = Office()
    client = client_of(office.one)
    for n in range(60):
        opened(f"{n}", now())
    page(client, "/cases/", scope="ours")
    with django_assert_num_queries(11):
        assert page(client, "/cases/", scope="ours").count('class="row-link"') == 50
    assert page(client, "/cases/", scope="ours", page="2").count('class="row-link"') == 10


def test_a_head_above_sees_what_was_raised_and_nobody_else_does() -> None:
    office, old = Office(), now() - timedelta(days=40)
    case = opened("a", old)
    escalate_due(act(VISITOR, now()))
    head = client_of(someone("department_head", office.above))
    html = page(head, "/cases/", scope="raised")
    assert case.number in html
    assert "下级报来的 1" in html
    assert case.number in page(head, f"/cases/{case.number}/")
    for other in (someone("officer", office.above), someone("department_head")):
        assert case.number not in page(client_of(other), "/cases/", scope="raised")
        assert page(client_of(other), f"/cases/{case.number}/", 403)


def test_a_case_page_costs_a_fixed_number_of_queries(django_assert_num_queries) -> None:
    office, case = Office(), opened("a", now())
    for n in range(5):
        note(case.number, f"第 {n} 条", Visibility.BOTH, "", act(office.one, now()))
    client = client_of(office.one)
    page(client, f"/cases/{case.number}/")
    with django_assert_num_queries(9):
        page(client, f"/cases/{case.number}/")


def test_an_officer_takes_answers_and_the_party_reads_it() -> None:
    office, owner = Office(), someone("owner")
    case = opened("a", now(), party_id=str(owner.organisation.pk), party_name="演示店")
    client, address = client_of(office.one), f"/cases/{case.number}/"
    assert "演示店" in page(client, address)
    assert send(client, f"{address}advance/", version=1, action="take", text="")[0] == 302
    assert send(client, f"{address}advance/", version=2, action="correct", text="已改，谢谢您")[0] == 302
    theirs = page(client_of(owner), address)
    assert "已改，谢谢您" in theirs
    assert "重新打开" in theirs
    assert case.number in page(client_of(owner), "/cases/own/")
    assert case.number not in page(client_of(someone("owner")), "/cases/own/")


def test_who_comes_second_is_told_by_whom_and_when_and_keeps_the_text() -> None:
    office, case = Office(), opened("a", now())
    advance(case.number, 1, "take", "", act(office.one, now()))
    status, html = send(
        client_of(office.two),
        f"/cases/{case.number}/advance/",
        version=1,
        action="correct",
        text="写了很久的话",
    )
    assert status == 409
    assert "写了很久的话" in html
    assert re.search(r"平台运营.*已经先办了：接手核对", html)
    assert 'name="version" value="2"' in html


@pytest.mark.parametrize("what", ["advance", "pause", "transfer", "resume"])
def test_what_a_colleague_gave_away_meanwhile_is_told_and_the_text_is_kept(what: str) -> None:
    office, case = Office(), opened("a", now())
    bureau = organisation("department", "财政局")
    transfer(case.number, 1, Destination(str(bureau.pk)), "归财政局管", act(office.one, now()))
    form = {"version": 1, "action": "take", "text": "写了很久的话", "to": f"{bureau.pk}:", "confirmed": "yes"}
    client, address = client_of(office.two), f"/cases/{case.number}/{what}/"
    status, html = send(client, address, **form)
    assert status == 409
    assert "写了很久的话" in html
    assert "转交给财政局" in html
    assert send(client_of(someone("officer")), address, **form)[0] == 403


def test_a_missing_reason_keeps_the_page_and_says_what_to_do() -> None:
    office, case = Office(), opened("a", now())
    status, html = send(
        client_of(office.one), f"/cases/{case.number}/advance/", version=1, action="find_unfounded", text=""
    )
    assert status == 422
    assert "要先写明原因" in html


def test_pausing_shows_who_will_see_it_and_does_it_on_the_second_yes() -> None:
    office, case = Office(), opened("a", now(), party_name="演示店")
    client, address = client_of(office.one), f"/cases/{case.number}/pause/"
    assert "在等什么" in page(client, address)
    form = {"version": 1, "text": "等财政局回函"}
    assert send(client, address, version=1, text="")[0] == 422
    status, html = send(client, address, **form)
    assert (status, Case.objects.get().is_waiting) == (200, False)
    assert "演示店" in html
    assert "等财政局回函" in send(client, address, **form, confirmed="back")[1]
    assert send(client, address, **form, confirmed="yes")[0] == 302
    assert "在等：等财政局回函" in page(client, f"/cases/{case.number}/")
    assert send(client, f"/cases/{case.number}/resume/", version=2)[0] == 302
    assert not Case.objects.get().is_waiting


def test_pausing_what_somebody_moved_meanwhile_keeps_the_reason() -> None:
    office, case = Office(), opened("a", now())
    advance(case.number, 1, "take", "", act(office.two, now()))
    status, html = send(
        client_of(office.one), f"/cases/{case.number}/pause/", version=1, text="等回函", confirmed="yes"
    )
    assert status == 409
    assert "等回函</textarea>" in html


def test_a_transfer_outward_warns_that_one_will_not_see_it_any_more() -> None:
    office, case = Office(), opened("a", now())
    bureau = organisation("department", "财政局")
    client, address = client_of(office.one), f"/cases/{case.number}/transfer/"
    assert "财政局" in page(client, address)
    form = {"version": 1, "text": "归财政局管", "to": f"{bureau.pk}:"}
    assert "就看不到" in send(client, address, **form)[1]
    status, _ = send(client, address, **form, confirmed="yes")
    assert status == 302
    assert f"{case.number} 已转交" in page(client, "/cases/", done=case.number)
    assert page(client, f"/cases/{case.number}/", 403)


@pytest.mark.parametrize("to", ["", ":", "nonsense:nonsense", "x" * 300])
def test_a_transfer_to_nobody_keeps_what_was_written(to: str) -> None:
    office, case = Office(), opened("a", now())
    status, html = send(
        client_of(office.one),
        f"/cases/{case.number}/transfer/",
        version=1,
        text="归他们管",
        to=to,
        confirmed="yes",
    )
    assert status == 422
    assert "归他们管</textarea>" in html


def test_a_leavers_cases_go_in_one_action_after_a_look() -> None:
    office = Office()
    for n in range(3):
        advance(opened(f"{n}", now()).number, 1, "take", "", act(office.one, now()))
    client, address = client_of(office.two), "/cases/hand-over/"
    assert "3 件" in page(client, address)
    form = {"from": member_id(office.one), "to": f":{member_id(office.two)}", "text": "调走了"}
    assert "移交 3 件" in client.post(address, form).content.decode()
    assert client.post(address, {**form, "confirmed": "yes"}).url == "/cases/?scope=ours&handed=3"
    assert page(client, "/cases/").count('class="row-link"') == 3
    assert client.post(address, {**form, "confirmed": "yes"}).status_code == 422


def test_a_note_says_who_will_see_it_and_internal_is_what_is_chosen() -> None:
    office, owner = Office(), someone("owner")
    case = opened("a", now(), party_id=str(owner.organisation.pk), party_name="演示店")
    client = client_of(office.one)
    assert re.search(r'value="internal" checked', page(client, f"/cases/{case.number}/"))
    send(client, f"/cases/{case.number}/note/", text="只给自己看", form_key="k" * 22)
    assert "只给自己看" not in page(client_of(owner), f"/cases/{case.number}/")
    send(client, f"/cases/{case.number}/note/", text="给您看", visibility="both")
    assert "给您看" in page(client_of(owner), f"/cases/{case.number}/")


def test_a_receipt_shows_the_partys_side_to_whoever_holds_it_and_nothing_can_be_done(client: Client) -> None:
    office, case = Office(), opened("a", now())
    pause(case.number, 1, "等财政局回函", act(office.one, now()))
    note(case.number, "内部的话", Visibility.INTERNAL, "", act(office.one, now()))
    html = page(client, f"/cases/follow/{receipt_of(case.id)}/")
    assert "等财政局回函" in html
    assert "内部的话" not in html
    assert '<form class="step-form"' not in html
    assert str(office.one.person.phone.reveal()) not in html


@pytest.mark.parametrize("receipt", ["x", signing.dumps("x")])
def test_nobody_can_make_up_a_receipt(client: Client, receipt: str) -> None:
    assert client.get(f"/cases/follow/{receipt}/").status_code == 404


def test_a_case_that_is_not_there_is_a_page_that_is_not_there() -> None:
    client = client_of(Office().one)
    assert client.get("/cases/2026-BC-999999-00/").status_code == 404
    assert (
        client.post("/cases/2026-BC-999999-00/advance/", {"version": 1, "action": "take"}).status_code == 404
    )


def test_a_colleague_finds_the_telephone_of_who_has_it_and_the_party_does_not() -> None:
    office, owner = Office(), someone("owner")
    case = opened("a", now(), party_id=str(owner.organisation.pk))
    advance(case.number, 1, "take", "", act(office.one, now()))
    phone = office.one.person.phone.reveal()
    assert phone in page(client_of(office.two), f"/cases/{case.number}/")
    assert phone not in page(client_of(owner), f"/cases/{case.number}/")
    assert version(case.number) == 2


def test_the_auditor_sees_the_whole_line_and_may_do_nothing() -> None:
    office, case = Office(), opened("a", now())
    note(case.number, "内部的话", Visibility.INTERNAL, "", act(office.one, now()))
    advance(case.number, version(case.number), "take", "", act(office.one, now()))
    html = page(client_of(someone("auditor")), f"/cases/{case.number}/")
    assert "内部的话" in html
    assert office.one.person.phone.reveal() not in html
    assert '<form class="step-form"' not in html
