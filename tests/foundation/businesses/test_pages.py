"""What owners see of their businesses, in plain words, and what comes of what they send."""

from uuid import uuid4

import pytest
from django.test import Client

from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.businesses.actions import declare
from huiqi.foundation.businesses.adapters import DEMO_WORD
from huiqi.foundation.businesses.models import Business, Dispute
from huiqi.foundation.businesses.queries import dictionary
from huiqi.foundation.clock.queries import now
from tests.foundation.businesses.register import CODE, OTHER, owner_of, registered, told
from tests.support.people import Someone, client_of, someone

pytestmark = pytest.mark.django_db
HERE = "/businesses/"
SHEET = "/businesses/sheet/"
SALES = "monthly_sales_cny"


@pytest.fixture
def shop() -> tuple[Someone, str, Client]:
    registered()
    who, business = owner_of()
    return who, business, client_of(who)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_an_owner_binds_a_shop_and_stands_before_its_sheet() -> None:
    registered()
    client = client_of(someone("person"))
    assert "还没有绑定企业" in page(client, HERE)
    assert "没有真的核验" in page(client, f"{HERE}bind/")
    refused = client.post(f"{HERE}bind/", {"code": CODE, "given": "不知道"})
    assert refused.status_code == 422
    assert "核验没有通过" in refused.content.decode()
    done = client.post(f"{HERE}bind/", {"code": f" {CODE.lower()} ", "given": DEMO_WORD})
    assert (done.status_code, done["Location"]) == (302, SHEET)
    html = page(client, SHEET)
    for words in ("温县老王面馆", CODE, "市场监管局", "部门数据", "推算的（自测）", "还不知道的"):
        assert words in html
    assert "现在的身份" in page(client, HERE)


def test_proofs_are_not_tried_for_ever() -> None:
    registered()
    client = client_of(someone("person"))
    tries = [client.post(f"{HERE}bind/", {"code": CODE, "given": "x"}).status_code for _ in range(7)]
    assert tries == [422] * 5 + [429] * 2


def test_a_code_that_cannot_be_one_says_what_is_wrong() -> None:
    client = client_of(someone("person"))
    answer = client.post(f"{HERE}bind/", {"code": "123", "given": DEMO_WORD})
    assert answer.status_code == 422
    assert "您填了 3 位" in answer.content.decode()


def test_a_founder_opens_a_file_and_another_page_gives_it_the_code() -> None:
    client = client_of(someone("person"))
    key = str(uuid4())
    sent = [client.post(f"{HERE}open/", {"form_key": key, "name": "想开的店"}) for _ in range(1)]
    assert [each["Location"] for each in sent] == [SHEET]
    assert "还没有统一社会信用代码" in page(client, SHEET)
    registered()
    done = client.post(f"{HERE}code/", {"code": CODE, "given": DEMO_WORD})
    assert done["Location"] == SHEET
    assert "温县老王面馆" in page(client, SHEET)
    assert CODE in page(client, f"{HERE}code/")
    assert Business.objects.count() == 1


def test_a_fact_says_who_says_so_of_which_day_and_why_the_other_does_not_count(shop) -> None:
    who, business, client = shop
    told(who, business, SALES, 60_000)
    declare(who.actor, {SALES: 80_000}, now())
    assert "说法不一样" in page(client, SHEET)
    html = page(client, f"{SHEET}{SALES}/")
    for words in ("6 万元", "税务局", "第 7 批", "8 万元", "有更可靠的来源", "申请更正", "要您授权"):
        assert words in html


def test_what_the_owner_types_is_read_as_it_is_meant(shop) -> None:
    client = shop[2]
    address = f"{SHEET}{SALES}/change/"
    wrong = client.post(address, {SALES: "很多"})
    assert wrong.status_code == 422
    assert "没看懂这个金额" in wrong.content.decode()
    done = client.post(address, {SALES: "8万"})
    assert done["Location"].endswith("?done=saved")
    assert "自己填的" in page(client, f"{SHEET}{SALES}/")
    assert client.post(address, {SALES: "80000"})["Location"].endswith("?done=same")


def test_a_dispute_becomes_a_case_its_owner_can_follow(shop) -> None:
    who, business, client = shop
    told(who, business, SALES, 60_000)
    address = f"{SHEET}{SALES}/correct/"
    assert "7 个工作日内答复" in page(client, address)
    empty = client.post(address, {"form_key": str(uuid4()), "statement": " ", SALES: "8万"})
    assert empty.status_code == 422
    assert "80000" in empty.content.decode() or "8万" in empty.content.decode()
    form = {"form_key": str(uuid4()), "statement": "有申报表", SALES: "8万"}
    sent = [client.post(address, form)["Location"] for _ in range(2)]
    assert sent[0] == sent[1]
    assert Dispute.objects.count() == 1
    assert "有申报表" in page(client, sent[0])
    html = page(client, f"{SHEET}{SALES}/")
    assert "正在核对" in html
    assert "申请过的更正" in html


def test_what_was_typed_is_erased_when_asked(shop) -> None:
    who, _, client = shop
    declare(who.actor, {SALES: 80_000}, now())
    assert "真的删掉" in page(client, f"{SHEET}{SALES}/erase/")
    assert client.post(f"{SHEET}{SALES}/erase/")["Location"].endswith("?done=erased")
    html = page(client, f"{SHEET}{SALES}/")
    assert "内容已删掉" in html
    assert "8 万元" not in html
    assert client.post(f"{SHEET}erase/").status_code == 409


def test_a_day_that_is_none_is_today(shop) -> None:
    client = shop[2]
    for asked in ("2099-01-01", "昨天", "2026-13-40", ""):
        assert "只能看" not in page(client, f"{SHEET}?as_of={asked}")
    for asked in ("2020-01-01", "0001-01-01"):
        assert "只能看" in page(client, f"{SHEET}?as_of={asked}")


def test_a_handler_fills_in_and_neither_erases_nor_changes_the_code(shop) -> None:
    business = shop[1]
    person = someone("person")
    member = Membership.objects.create(
        person=person.person, organisation_id=business, role="handler", from_at=now()
    )
    client = client_of(Someone(person.person, None, {**person.session, "acting": str(member.pk)}))
    assert client.post(f"{SHEET}{SALES}/change/", {SALES: "1"}).status_code == 302
    assert client.post(f"{SHEET}{SALES}/erase/").status_code == 403
    assert client.post(f"{HERE}code/", {"code": OTHER, "given": DEMO_WORD}).status_code == 403


def test_an_owner_reads_their_own_sheet_without_an_entry_in_the_log(shop) -> None:
    client = shop[2]
    before = AuditEntry.objects.count()
    page(client, SHEET)
    assert AuditEntry.objects.count() == before


def test_pages_cost_the_same_however_much_is_known(shop, django_assert_num_queries) -> None:
    who, business, client = shop
    declare(who.actor, {SALES: 1, "employees": 2}, now())
    for address, questions in ((SHEET, 8), (f"{SHEET}{SALES}/", 8), (HERE, 8)):
        page(client, address)
        with django_assert_num_queries(questions):
            page(client, address)
        for fact in ("tobacco_tier", "interns_count"):
            told(who, business, fact, 1)


def test_every_fact_can_be_opened_and_asked(shop) -> None:
    client = shop[2]
    for fact in dictionary():
        page(client, f"{SHEET}{fact}/")
        page(client, f"{SHEET}{fact}/change/")
    page(client, f"{SHEET}no_such_fact/", 404)
