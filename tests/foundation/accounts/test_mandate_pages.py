"""The pages of mandates: granted after a look, seen by the two sides alone, taken back by either."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from huiqi.foundation.accounts.models import Mandate
from huiqi.foundation.clock.queries import today
from huiqi.foundation.notices.queries import letters_of
from tests.foundation.accounts.mandating import DOCUMENTS, mandated, page, pair, send
from tests.foundation.accounts.members import number_of
from tests.support.people import Someone, client_of, organisation, someone

pytestmark = pytest.mark.django_db
NEW = "/accounts/mandates/new/"


def form(agent: str, **more: object) -> dict[str, object]:
    """What an owner fills in for a person of the family."""
    days = {"from_on": today().isoformat(), "until_on": (today() + timedelta(days=10)).isoformat()}
    filled = {
        "agent": agent,
        "verbs": ["cases.advance"],
        "evidence": "本人在手机上授权",
        "form_key": "f" * 22,
    }
    return {**filled, **days, **more}


def titles_of(who: Someone) -> list[str]:
    return [each.title for each in letters_of(who.actor.id).letters]


def test_a_mandate_is_looked_at_and_then_granted_once_and_both_sides_see_it() -> None:
    owner, agent = someone("owner"), someone("person")
    client, address = client_of(owner), f"{NEW}?kind=handler"
    assert "您想请谁替您办" in page(client, NEW)
    assert "对方的手机号" in page(client, address)
    looked = send(client, address, 200, **form(number_of(agent)))
    assert "在办件里答复、请对方再看" in looked
    assert "还有 10 天" in looked
    assert Mandate.objects.count() == 0
    assert "对方的手机号" in send(client, address, 200, **form(number_of(agent), step="back"))
    for _ in range(2):  # a double click
        made = client.post(address, form(number_of(agent), step="yes"))
        assert made.headers["Location"] == f"/accounts/mandates/{Mandate.objects.get().pk}/?new=1"
    assert "委托好了" in page(client, made.headers["Location"])
    assert str(agent.person) in page(client, "/accounts/mandates/")
    assert owner.organisation is not None
    assert owner.organisation.name in page(client_of(agent), "/accounts/mandates/")
    assert titles_of(agent) == [f"{owner.organisation.name} 委托您办事"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"agent": "12345"}, "这不像一个手机号"),
        ({"agent": "13999999999"}, "没有找到能受托的人"),
        ({"verbs": []}, "至少勾一件"),
        ({"verbs": ["accounts.grant_mandate", "cases.hand_over"]}, "至少勾一件"),
        ({"until_on": "2020-01-01"}, "比开始的还早"),
        ({"until_on": "2099-01-01"}, "一次最多委托 365 天"),
        ({"from_on": "2020-01-01"}, "已经过去"),
        ({"from_on": "2099-01-01", "until_on": "2099-01-02"}, "太远了"),
        ({"until_on": "明年"}, "日子没有填全"),
        ({"evidence": " "}, "凭什么委托"),
        ({"evidence": "长" * 201}, "最多 200 个"),
    ],
)
@pytest.mark.parametrize("step", ["", "yes"])
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(
    wrong: dict[str, object], words: str, step: str
) -> None:
    owner, agent = someone("owner"), someone("person")
    filled = (
        form(number_of(agent), step=step, **wrong) if "agent" not in wrong else form("", step=step) | wrong
    )
    html = send(client_of(owner), f"{NEW}?kind=handler", 422, **filled)
    assert words in html
    assert "填的都还在" in html
    assert str(filled["agent"]) in html
    assert Mandate.objects.count() == 0


def test_ones_own_number_is_no_agent_not_even_for_ones_shop() -> None:
    for role in ("owner", "person"):
        who = someone(role)
        filled = form(number_of(who))
        assert "您自己的号码" in send(client_of(who), f"{NEW}?kind=handler", 422, **filled)


def test_numbers_cannot_be_gone_through_one_by_one() -> None:
    client = client_of(someone("owner"))
    answers = [client.post(f"{NEW}?kind=handler", form(f"139{n:08}")) for n in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {422}
    assert answers[60].status_code == 429
    assert "填的都还在" in answers[60].content.decode()


def test_an_agency_is_found_by_name_and_a_window_is_for_today() -> None:
    owner = someone("owner")
    agency, window = organisation("provider", "诚信代理记账"), organisation("department", "市政务大厅")
    organisation("provider", "别的机构")
    client = client_of(owner)
    html = page(client, NEW, kind="bookkeeper", q="代理记账")
    assert agency.name in html
    assert "别的机构" not in html
    assert "没有找到" in page(client, NEW, kind="bookkeeper", q="没有这家")
    assert "委托哪一家" in page(client, NEW, kind="bookkeeper", agent=str(window.pk))
    chosen = f"{NEW}?kind=window&agent={window.pk}"
    late = send(client, chosen, 422, **form(""))
    assert "只管今天这一趟" in late
    today_only = form("", until_on=today().isoformat(), step="yes")
    assert client.post(chosen, today_only).status_code == 302
    assert Mandate.objects.get().agent_organisation == window


def test_either_side_takes_it_back_after_a_look_and_the_other_is_told() -> None:
    for takes_back in ("owner", "agent"):
        owner, agent, made = pair(role="person") if takes_back == "owner" else _again()
        by, other = (owner, agent) if takes_back == "owner" else (agent, owner)
        client, address = client_of(by), f"/accounts/mandates/{made}/revoke/"
        assert "马上不算数" in page(client, address)
        assert client.post(address).headers["Location"] == f"/accounts/mandates/{made}/"
        assert "已收回" in page(client, f"/accounts/mandates/{made}/")
        assert "已经收回了" in send(client, address, 409)
        assert any(title.startswith("委托收回了") for title in titles_of(other))


def _again() -> tuple[Someone, Someone, str]:
    owner, agent = someone("owner"), someone("person")
    return owner, agent, mandated(owner, agent, key="m" * 22)


def test_a_mandate_opens_to_its_two_sides_and_to_nobody_else(client: Client) -> None:
    owner, agent, made = pair()
    opened = [f"/accounts/mandates/{made}/", f"/accounts/mandates/{made}/revoke/"]
    for address in opened:
        for who in (owner, agent):
            page(client_of(who), address)
        for stranger in (someone("owner"), someone("person"), someone("adviser")):
            page(client_of(stranger), address, 404)
            assert client_of(stranger).post(address).status_code in (404, 405)
        page(client_of(someone("handler", owner.organisation)), address, 403)
        assert client.get(address).headers["Location"].startswith("/accounts/sign-in/")
        page(client_of(owner), address.replace(made, str(uuid4())), 404)
    assert Mandate.objects.get().revoked_at is None


@pytest.mark.parametrize("role", ["handler", "officer", "adviser", "bank_manager", "support", "system_admin"])
def test_who_is_neither_owner_nor_person_grants_nothing(role: str) -> None:
    client = client_of(someone(role))
    for kind in ("", "handler", "bookkeeper"):
        page(client, NEW, 403, kind=kind)
    send(client, f"{NEW}?kind=handler", 403, **form(number_of(someone("person")), step="yes"))
    assert "委托一个人或单位" not in page(client, "/accounts/mandates/")


def test_expiry_is_told_in_days() -> None:
    owner, agent = someone("owner"), someone("person")
    mandated(owner, agent, key="a" * 22, days=3)
    mandated(owner, agent, DOCUMENTS, key="b" * 22, days=0)
    html = re.sub(r"<[^>]+>", "", page(client_of(owner), "/accounts/mandates/"))
    assert "还有 3 天" in html
    assert "今天到期" in html
    assert "看材料清单、上传材料、下载材料" in html


def test_both_lists_cost_as_much_however_long_they_are(django_assert_max_num_queries) -> None:
    owner = someone("owner")
    for number in range(6):
        mandated(owner, someone("person"), key=f"{number:022}")
    client = client_of(owner)
    with django_assert_max_num_queries(7):  # session, person, membership; two lists with their verbs
        page(client, "/accounts/mandates/")
