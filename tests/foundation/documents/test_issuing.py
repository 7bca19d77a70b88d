"""What an office issues on its page: looked at first, once a number, revoked for everybody to see."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client

from huiqi.foundation.documents.models import Document, Issued
from tests.support.people import Someone, client_of, organisation, someone

NEW, LIST = "/documents/issued/new/", "/documents/issued/"
WORDS = {
    "template": "letter",
    "number": "焦企惠〔2026〕12号",
    "title": "核准通知书",
    "recipient": "演示面馆",
    "body": "已经核准。\n请在12月31日（周四）前来领取。",
    "confirmed": "yes",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Someone:
    return someone("officer", organisation("department", "市商务局"))


def text_of(client: Client, address: str = LIST, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("role", ["owner", "person", "bank_clerk", "window_clerk", "system_admin", "auditor"])
def test_only_departments_issue_and_see_what_was_issued(role: str) -> None:
    client = client_of(someone(role))
    assert [client.get(each).status_code for each in (LIST, NEW)] == [403, 403]
    assert client.post(NEW, WORDS).status_code == 403
    assert not Issued.objects.exists()


def test_it_is_looked_at_before_it_is_issued_and_then_verified_by_anybody(officer: Someone) -> None:
    client = client_of(officer)
    html = client.post(NEW, WORDS | {"confirmed": ""}).content.decode()
    assert "现在还没有出具" in html
    assert not Issued.objects.exists()
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', unescape(html)))
    assert client.post(NEW, kept | {"confirmed": "yes"}).status_code == 302
    code = re.search(r"查验码：([A-Z0-9 -]+)<", text_of(client))
    assert code is not None
    told = Client().post("/verify/", {"number": WORDS["number"], "code": code[1]}).content.decode()
    assert "核准通知书" in told
    assert "市商务局" in told
    document = Document.objects.get()
    assert document.organisation_id == str(officer.organisation.pk)
    answer = client.get(f"/documents/{document.pk}/download/")
    assert b"".join(answer).startswith(b"%PDF-")


def test_the_form_sent_twice_issues_once_and_another_text_under_its_number_is_refused(officer) -> None:
    client = client_of(officer)
    assert [client.post(NEW, WORDS).status_code for _ in range(2)] == [302, 302]
    answer = client.post(NEW, WORDS | {"body": "别的"})
    assert answer.status_code == 422
    assert "请换一个文号" in answer.content.decode()
    assert Issued.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"template": "x"}, "请选出具哪一种"),
        ({"number": "<1>"}, "请写文号"),
        ({"title": "\u202e"}, "请写标题"),
        ({"body": " \n"}, "请写正文"),
        ({"body": "长" * 4001}, "内容太长"),
    ],
)
def test_what_cannot_be_issued_says_why_and_keeps_what_was_written(officer, changed, said: str) -> None:
    answer = client_of(officer).post(NEW, WORDS | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "写的都还在" in answer.content.decode()
    assert not Issued.objects.exists()


def test_it_is_revoked_once_with_its_reason_by_its_issuer_alone(officer: Someone) -> None:
    client, other = client_of(officer), client_of(someone("department_head"))
    client.post(NEW, WORDS)
    address = f"/documents/issued/{Issued.objects.get().pk}/revoke/"
    assert WORDS["number"] not in text_of(other)
    text_of(other, address, 403)
    assert other.post(address, {"reason": "x"}).status_code == 403
    text_of(client, "/documents/issued/00000000-0000-0000-0000-000000000000/revoke/", 404)
    assert "请写明撤销的原因" in client.post(address, {"reason": " "}).content.decode()
    assert client.post(address, {"reason": "金额写错了"}).status_code == 302
    assert client.post(address, {"reason": "再一次"}).status_code == 409
    assert "金额写错了" in text_of(client)
    code = Issued.objects.get().check_code.reveal()
    told = Client().post("/verify/", {"number": WORDS["number"], "code": code}).content.decode()
    assert "金额写错了" in told


def test_what_the_pages_cost(officer: Someone, django_assert_num_queries) -> None:
    client = client_of(officer)
    for number in range(3):
        client.post(NEW, WORDS | {"number": f"焦企惠〔2026〕{number}号"})
    for address, queries in ((LIST, 6), (NEW, 4)):
        text_of(client, address)
        with django_assert_num_queries(queries, connection=connection):
            text_of(client, address)
