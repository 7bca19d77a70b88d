"""What people see of the city's numbers, and what those see who change them."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from huiqi.foundation.access.domain import RIGHTS
from huiqi.foundation.access.domain.words import EVERYONE, ROLES, SIGNED_IN, VISITOR
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.parameters.actions import approve, propose
from huiqi.foundation.parameters.models import ParameterProposal, ParameterVersion
from huiqi.foundation.parameters.queries import number
from tests.foundation.parameters.trial import DAYS, INSIDE, LAW, change, form
from tests.support.numbers import agreed
from tests.support.people import client_of, someone

pytestmark = pytest.mark.django_db
HERE = f"/parameters/{DAYS}/"
FAR = "2099-01-01"


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def soon() -> str:
    return str(today() + timedelta(days=2))


def waiting(one, key: str = DAYS) -> str:
    return propose(one.actor, key, change(5, today() + timedelta(days=2)), now())


def test_anybody_reads_what_concerns_owners_and_nothing_else(client: Client, one) -> None:
    agreed(DAYS, 10)
    agreed(DAYS, 5, today() + timedelta(days=9))
    html = page(client, "/parameters/")
    for words in ("答复时限", "10 个工作日", "我市自定，可以改", "法规定的，不能改", "起 5 个工作日"):
        assert words in html
    assert "内部次数" not in html
    assert page(client, f"/parameters/{INSIDE}/", 404)
    shown = page(client, HERE)
    assert "由 10 个工作日改为 5 个工作日" in shown
    for hidden in ("试用", "提出", "演示"):
        assert hidden not in shown
    inside = page(client_of(one), HERE)
    assert "原因：试用" in inside
    assert "没有文件规定，先用推断的数，可以改" in page(client_of(one), "/parameters/")


def test_a_visitor_knows_nothing_of_what_only_waits(client: Client, one, other) -> None:
    waiting(one)
    assert "等人同意" not in page(client, "/parameters/") + page(client, HERE)
    assert "有修改等人同意" in page(client_of(other), "/parameters/")


def test_a_change_is_looked_at_sent_agreed_to_and_shown_in_plain_words(one, other) -> None:
    proposer, decider = client_of(one), client_of(other)
    sent = form("５", from_on=soon(), document="焦政办〔2026〕12号")
    preview = proposer.post(f"{HERE}propose/", sent).content.decode()
    assert "由 7 个工作日改为 5 个工作日" in preview
    assert ParameterProposal.objects.count() == 0
    assert "改成多少" in proposer.post(f"{HERE}propose/", {**sent, "back": "yes"}).content.decode()
    answer = proposer.post(f"{HERE}propose/", {**sent, "confirmed": "yes"}, follow=True).content.decode()
    assert "已提交，等另一个人同意" in answer
    assert "撤回" in answer
    assert ">同意</button>" not in answer
    row = ParameterProposal.objects.get()
    assert ">同意</button>" in page(decider, HERE)
    answer = decider.post(f"{HERE}approve/{row.pk}/", follow=True).content.decode()
    assert "已同意" in answer
    assert "焦政办〔2026〕12号" in page(Client(), HERE)
    assert number(DAYS, today() + timedelta(days=2)) == 5


def test_a_change_ahead_is_called_off_on_the_page(one, other) -> None:
    approve(other.actor, waiting(one), now())
    version = ParameterVersion.objects.get(key=DAYS).pk
    address = f"{HERE}call-off/{version}/"
    assert "取消以后，还是 7 个工作日" in page(client_of(one), address)
    nothing = client_of(one).post(address, {"confirmed": "yes", "reason": ""})
    assert (nothing.status_code, "为什么要取消" in nothing.content.decode()) == (422, True)
    client_of(one).post(address, {"confirmed": "yes", "reason": "暂缓"})
    row = ParameterProposal.objects.get(state="waiting")
    client_of(other).post(f"{HERE}approve/{row.pk}/")
    assert "同意后又取消了" in page(client_of(one), HERE)
    assert "5 个工作日" not in page(Client(), HERE)
    assert page(client_of(one), address)


def test_who_comes_second_reads_who_was_first_and_a_reason_is_not_lost(one, other) -> None:
    row = waiting(one)
    refused = client_of(other).post(f"{HERE}refuse/{row}/", {"reason": " "})
    assert (refused.status_code, "写一句为什么不同意" in refused.content.decode()) == (409, True)
    client_of(someone("security_admin")).post(f"{HERE}approve/{row}/")
    late = client_of(other).post(f"{HERE}refuse/{row}/", {"reason": "太急了"})
    assert (late.status_code, "已经同意了，这次没有再办" in late.content.decode()) == (409, True)


@pytest.mark.parametrize("key", ["nobody.knows", "x" * 300, "parameters.answer_days'--", "%00", "<script>"])
def test_an_address_nobody_made_leads_nowhere(one, key: str) -> None:
    client = client_of(one)
    for address in (f"/parameters/{key}/", f"/parameters/{key}/propose/", f"/parameters/{key}/call-off/1/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/parameters/{key}/withdraw/{'0' * 8}-0000-0000-0000-{'0' * 12}/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "<script>alert(1)</script>"},
        {"value": "-1"},
        {"value": "1e9"},
        {"value": "9" * 100_000},
        {"value": "5\0"},
        {"from_on": "2026-02-30"},
        {"from_on": "٢٠٩٩-01-01"},
        {"from_on": "0001-01-01"},
        {"from_on": FAR},
        {"reason": "字" * 600},
        {"document": "<img src=x onerror=alert(1)>" * 9},
    ],
)
def test_hostile_forms_come_back_with_a_sentence_and_what_was_written(one, wrong: dict[str, str]) -> None:
    sent = {**form(from_on=soon()), **wrong, "confirmed": "yes"}
    answer = client_of(one).post(f"{HERE}propose/", sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "没有提交" in html
    assert "人手够了" in html or "reason" in wrong
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert ParameterProposal.objects.count() == 0


def test_what_is_written_as_a_reason_is_text_wherever_it_is_shown(one, other) -> None:
    sent = form(from_on=soon(), reason="<b>急</b>\u202e", document="<i>文</i>", confirmed="yes")
    client_of(one).post(f"{HERE}propose/", sent)
    for client in (client_of(one), client_of(other)):
        html = page(client, HERE)
        assert "&lt;b&gt;急" in html
        assert "\u202e" not in html


@pytest.mark.parametrize("role", [each for each in ROLES if each not in (EVERYONE, SIGNED_IN)])
def test_each_page_opens_to_those_whom_the_table_names(one, other, role: str) -> None:
    approve(other.actor, waiting(one), now())
    version = ParameterVersion.objects.get().pk
    row = waiting(one, INSIDE)
    client = Client() if role == VISITOR else client_of(someone(role))
    ways = {
        "parameters.propose": client.get(f"{HERE}propose/"),
        "parameters.call_off": client.get(f"{HERE}call-off/{version}/"),
        "parameters.withdraw": client.post(f"/parameters/{INSIDE}/withdraw/{row}/"),
        "parameters.approve": client.post(f"/parameters/{INSIDE}/approve/{row}/"),
        "parameters.refuse": client.post(f"/parameters/{INSIDE}/refuse/{row}/", {"reason": "再等等"}),
        "parameters.export": client.post(f"{HERE}export/", {"purpose": "核对"}),
    }
    for verb, answer in ways.items():
        is_closed = answer.status_code == 403 or "/sign-in/" in answer.headers.get("Location", "")
        assert is_closed != RIGHTS.may_ever(role, verb), verb
    assert client.get("/parameters/").status_code == 200
    decided = ParameterProposal.objects.get(key=INSIDE).state
    assert decided == ("approved" if role == "security_admin" else "waiting")


def test_the_history_is_taken_away_as_a_table_that_says_who_took_it_and_for_what(one, other) -> None:
    agreed(DAYS, 10)
    sent = form(from_on=soon(), reason="=1+1", document="＝HYPERLINK()", confirmed="yes")
    client_of(one).post(f"{HERE}propose/", sent)
    answer = client_of(other).post(f"{HERE}export/", {"purpose": "=每年核对"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert DAYS in answer.headers["Content-Disposition"]
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    mark, head, *rows = csv.reader(StringIO(text.removeprefix("\ufeff")))
    assert f"导出人：{other.actor.name}（{other.organisation.name}）" in mark[0]
    assert "用途：=每年核对" in mark[0]
    waits, held, first = (dict(zip(head, row, strict=True)) for row in rows)
    assert (waits["原因"], waits["依据"], waits["怎样了"]) == ("'=1+1", "'＝HYPERLINK()", "等另一个人同意")
    assert held["经过"].endswith("由 7 个工作日改为 10 个工作日")
    assert (held["怎样了"], held["原因"]) == ("现在用的", "试用")
    assert (first["从哪天起"], first["经过"], first["怎样了"]) == ("一开始", "7 个工作日", "以前用的")
    look = AuditEntry.objects.get(verb="parameters.export")
    assert (look.actor_id, look.subject_id, look.reason) == (other.actor.id, DAYS, "=每年核对")


def test_without_a_purpose_nothing_is_taken_away(one) -> None:
    client = client_of(one)
    for purpose in ("", " \u202e", "字" * 201):
        answer = client.post(f"{HERE}export/", {"purpose": purpose})
        assert (answer.status_code, "没有提交" in answer.content.decode()) == (422, True)
    assert not AuditEntry.objects.filter(verb="parameters.export").exists()
    assert client.post("/parameters/nobody.knows/export/", {"purpose": "核对"}).status_code == 404


def test_the_number_of_the_law_offers_no_change(one) -> None:
    client = client_of(one)
    for address in (f"/parameters/{LAW}/", f"/parameters/{LAW}/propose/"):
        assert "提出修改</a>" not in page(client, address)
    answer = client.post(f"/parameters/{LAW}/propose/", form("10", from_on=soon(), confirmed="yes"))
    assert (answer.status_code, "法规定的，不能在这里改" in answer.content.decode()) == (422, True)


def test_every_kind_has_a_form_that_starts_with_what_holds(one) -> None:
    client = client_of(one)
    starts = {"cap": "1500", "share": "12.5", "opens": "09:00", "office": "市政务大厅三楼"}
    for name, start in starts.items():
        assert f'value="{start}"' in page(client, f"/parameters/parameters.{name}/propose/")
    assert 'value="yes" checked' in page(client, "/parameters/parameters.is_open/propose/")
    assert 'value="mail" checked' in page(client, "/parameters/parameters.way/propose/")


@pytest.mark.parametrize(("address", "queries"), [("/parameters/", 1), (HERE, 2)])
def test_what_a_page_costs_a_visitor(
    client: Client, django_assert_num_queries, address: str, queries: int
) -> None:
    for number_ in range(5):
        agreed(DAYS, 10 + number_, today() + timedelta(days=number_))
    with django_assert_num_queries(queries):
        page(client, address)


@pytest.mark.parametrize(("address", "queries"), [("/parameters/", 6), (HERE, 6)])
def test_what_a_page_costs_who_decides(
    one, other, django_assert_num_queries, address: str, queries: int
) -> None:
    agreed(DAYS, 10)
    waiting(one)
    client = client_of(other)
    page(client, address)
    with django_assert_num_queries(queries):
        page(client, address)
