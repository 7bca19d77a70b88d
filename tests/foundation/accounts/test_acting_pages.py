"""Acting on somebody's behalf in a browser: the rights of the mandate alone, and only while it lasts."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiqi.foundation.access.queries import NotAllowedError
from huiqi.foundation.accounts.actions import MandateEndedError, hold_mandate
from huiqi.foundation.accounts.actions.mandates import revoke_mandate
from huiqi.foundation.accounts.models import Membership
from huiqi.foundation.accounts.queries import actor_of
from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.cases.actions import advance
from huiqi.foundation.cases.models import Case, CaseEvent
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.documents.models import Document
from tests.foundation.accounts.mandating import CASES, DOCUMENTS, acting, mandated, page, pair, send
from tests.foundation.cases.places import Office, act, opened
from tests.foundation.documents.handing_in import fetch, hand_in
from tests.support.people import Someone, client_of, organisation, someone

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.4\n%%EOF"
WRITING_A_LOOK = 3  # who acts for another leaves an entry: it, and the ends of its transaction
BANNER = "您正在替"


def answered(owner: Someone, subject: str = "k" * 22) -> str:
    """A case of the owner's shop that was answered, so that its party may ask to look again."""
    office = Office()
    shop = str(owner.organisation.pk) if owner.organisation else ""
    case = opened(subject, now(), party_id=shop, party_name="温县面馆")
    advance(case.number, 1, "find_unfounded", "没有错", act(office.one, now()))
    return case.number


def again(number: str) -> dict[str, object]:
    return {"version": Case.objects.get(number=number).version, "action": "reopen", "text": "请再看一次"}


def test_an_agency_finds_whom_it_acts_for_among_hundreds() -> None:
    agent = someone("adviser")
    for number in range(60):
        shop = organisation("business", f"演示商户{number:03}")
        mandated(someone("owner", shop), agent, key=f"{number:022}")
    client = client_of(agent)
    first = page(client, "/accounts/behalf/")
    assert "委托给我的：60 家" in first
    assert "演示商户024" in first
    assert "演示商户025" not in first
    assert "演示商户059" in page(client, "/accounts/behalf/", page="3")
    assert "演示商户059" in page(client, "/accounts/behalf/", page="999")
    assert "演示商户031" in page(client, "/accounts/behalf/", q="户031")
    assert "没有找到" in page(client, "/accounts/behalf/", q="没有这家\0")
    with CaptureQueriesContext(
        connection,
    ) as watched:
        page(client, "/accounts/behalf/", page="2")
    assert len(watched) == 8  # session, person, membership, count, rows, their verbs; unread notices


def test_every_page_says_for_whom_and_the_log_does_too() -> None:
    owner, agent, made = pair()
    client = acting(agent, made)
    assert owner.organisation is not None
    for address in ("/", "/policies/", "/matching/", "/cases/own/", "/accounts/behalf/", "/no-such-page/"):
        html = client.get(address).content.decode()
        assert BANNER in html, address
        assert owner.organisation.name in html
    assert client.post("/accounts/behalf/stop/").headers["Location"] == "/accounts/behalf/"
    assert BANNER not in page(client, "/")
    done = entries(LogFilters(behalf_id=str(owner.organisation.pk)))
    assert [each.verb for each in done] == ["accounts.act_on_behalf", "accounts.stop_acting"]
    assert {each.actor_id for each in done} == {agent.actor.id}


def test_the_rights_are_those_of_the_mandate_alone() -> None:
    _, agent, made = pair(frozenset({"cases.see"}))
    client = acting(agent, made)
    page(client, "/cases/own/")
    for address in ("/documents/", "/accounts/", "/notices/", "/accounts/name/", "/accounts/looks/"):
        assert "不在委托里" in page(client, address, 403), address
    for address in ("/accounts/mandates/new/", "/accounts/see-as/", "/cases/"):
        page(client, address, 403)
    send(client, "/accounts/role/", 403, role="")
    send(client, "/accounts/close/", 403, sure="yes")


def test_an_agent_sees_and_answers_the_cases_of_their_principal_and_no_others() -> None:
    owner, agent, made = pair()
    number = answered(owner)
    stranger = opened("s" * 22, now(), party_id=str(organisation("business").pk)).number
    client = acting(agent, made)
    assert number in page(client, "/cases/own/")
    assert "重新打开" in page(client, f"/cases/{number}/")
    page(client, f"/cases/{stranger}/", 403)
    send(client, f"/cases/{stranger}/note/", 403, text="看看", form_key="n" * 22)
    send(client, f"/cases/{number}/note/", 302, text="材料明天补", form_key="m" * 22)
    send(client, f"/cases/{number}/advance/", 302, **again(number))
    assert owner.organisation is not None
    last = entries(LogFilters(behalf_id=str(owner.organisation.pk)))[-1]
    assert (last.verb, last.actor_id) == ("cases.advance", agent.actor.id)
    assert f"替 {owner.organisation.name} 办" in page(client_of(owner), f"/cases/{number}/")
    assert "在办件里留言" in page(client_of(owner), f"/accounts/mandates/{made}/")
    page(client_of(agent), f"/cases/{number}/", 403)


def test_who_may_only_look_answers_nothing() -> None:
    owner, agent, made = pair(frozenset({"cases.see"}))
    number = answered(owner)
    client = acting(agent, made)
    assert "重新打开" not in page(client, f"/cases/{number}/")
    send(client, f"/cases/{number}/advance/", 403, **again(number))
    send(client, f"/cases/{number}/note/", 403, text="看看", form_key="n" * 22)
    assert CaseEvent.objects.filter(actor_id=agent.actor.id).count() == 0


def test_an_officer_who_acts_for_the_party_is_its_agent_and_no_officer() -> None:
    owner, clerk = someone("owner"), someone("window_clerk")
    number = answered(owner)
    Case.objects.filter(number=number).update(organisation=clerk.organisation)
    client = acting(clerk, mandated(owner, clerk, CASES))
    html = page(client, f"/cases/{number}/")
    assert "内部备注" not in html
    assert "转交" not in html
    page(client, f"/cases/{number}/transfer/", 403)


def test_a_revoked_mandate_stops_the_next_click_and_nothing_is_done() -> None:
    owner, agent, made = pair()
    number = answered(owner)
    client = acting(agent, made)
    form = again(number)
    page(client, f"/cases/{number}/")
    revoke_mandate(owner.actor, made, now())
    for told in (
        page(client, f"/cases/{number}/", 403),
        send(client, f"/cases/{number}/advance/", 403, **form),
    ):
        assert "已经收回" in told
        assert "没有办" in told
    assert "委托已经收回或到期" in page(client, "/policies/")
    assert "已经收回" in page(client, "/accounts/", 403)
    assert Case.objects.get(number=number).state == "unfounded"
    send(client, "/accounts/behalf/stop/", 302)
    page(client, "/accounts/")
    assert "已经到期或收回" in send(client, "/accounts/behalf/start/", 409, mandate=made)


def test_what_was_begun_before_the_mandate_was_revoked_is_refused_when_it_is_written() -> None:
    owner, agent, made = pair(role="person")
    number = answered(owner)
    actor = actor_of(acting(agent, made).session, now())
    revoke_mandate(owner.actor, made, now())
    with pytest.raises(MandateEndedError, match="这一步没有办"):
        advance(number, 2, "reopen", "请再看", act(actor, now()))
    with pytest.raises(MandateEndedError), transaction.atomic():
        hold_mandate(actor, "documents.upload", today())
    hold_mandate(agent.actor, "documents.upload", today())


def test_who_leaves_the_agency_acts_for_none_of_its_principals() -> None:
    _, agent, made = pair()
    client = acting(agent, made)
    Membership.objects.filter(person=agent.person).update(until_at=now())
    assert "委托已经结束" in page(client, "/cases/own/", 403)
    assert client.get("/accounts/sign-in/").status_code == 302


def test_another_principal_takes_the_place_of_the_first() -> None:
    owner, agent, made = pair(role="person")
    other = someone("owner")
    client = acting(agent, made)
    send(client, "/accounts/behalf/start/", 302, mandate=mandated(other, agent, key="o" * 22))
    home = page(client, "/")
    assert other.organisation is not None
    assert other.organisation.name in home
    assert str(owner.organisation) not in home


@pytest.mark.parametrize("given", ["", "x", "0" * 32, "../../"])
def test_no_id_of_a_stranger_lets_anybody_act(given: str) -> None:
    _, _, made = pair()
    client = client_of(someone("adviser"))
    for mandate in (given, made):
        send(client, "/accounts/behalf/start/", 409, mandate=mandate)
    assert BANNER not in page(client, "/")


def test_a_visitor_acts_for_nobody(client: Client) -> None:
    for address in ("/accounts/behalf/", "/accounts/mandates/", "/accounts/looks/"):
        assert client.get(address).status_code == 302
    for address in ("/accounts/behalf/start/", "/accounts/behalf/stop/"):
        assert client.post(address).headers["Location"].startswith("/accounts/sign-in/")


def test_documents_are_the_principals_while_one_acts_for_them() -> None:
    owner, agent, made = pair(DOCUMENTS, role="person")
    own = hand_in(owner, CONTENT, "营业执照.pdf")
    client = acting(agent, made)
    html = page(client, "/documents/")
    assert own.name in html
    assert "删除" not in html
    assert fetch(client, own.id).fetched == CONTENT
    send(client, f"/documents/{own.id}/remove/", 403)
    assert Document.objects.filter(removed_at__isnull=True).count() == 1
    assert client_of(agent).get(f"/documents/{own.id}/download/").status_code == 403


@pytest.mark.parametrize(
    ("address", "more"), [("/", 0), ("/policies/", 0), ("/cases/own/", 0), ("/documents/", WRITING_A_LOOK)]
)
def test_acting_for_somebody_costs_a_page_one_question_more(address: str, more: int) -> None:
    owner = someone("owner")
    agent = someone("person")
    made = mandated(owner, agent, CASES | DOCUMENTS)
    plain, for_another = client_of(agent), acting(agent, made)
    costs = []
    for client in (plain, for_another):
        page(client, address)
        with CaptureQueriesContext(connection) as watched:
            page(client, address)
        costs.append(len(watched))
    assert costs[1] == costs[0] + 1 + more


def test_nothing_is_held_for_who_may_not() -> None:
    owner, agent, made = pair(frozenset({"cases.see"}), role="person")
    actor = actor_of(acting(agent, made).session, now())
    with pytest.raises(NotAllowedError):
        advance(answered(owner), 2, "reopen", "请再看", act(actor, now()))
