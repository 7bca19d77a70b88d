"""The pages of organisations and members, as those who belong, those above and strangers meet them."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client

from huiqi.foundation.accounts.actions.invitations import Invited, invite
from huiqi.foundation.accounts.actions.members import Absence, appoint_deputy
from huiqi.foundation.accounts.models import Deputy, Invitation, Membership, Organisation
from huiqi.foundation.audit.models import AuditEntry
from huiqi.foundation.audit.queries import LogFilters, entries
from huiqi.foundation.cases.actions import Act, Opening, open_case, transfer
from huiqi.foundation.cases.actions.handing import Destination
from huiqi.foundation.cases.models import Case
from huiqi.foundation.clock.queries import now, today, workday_table
from huiqi.foundation.notices.models import Letter
from tests.foundation.accounts.members import number_of, platform
from tests.support.people import Someone, client_of, organisation, someone

pytestmark = pytest.mark.django_db
AT = "/accounts"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def sent(client: Client, address: str, **form: str) -> str:
    return client.post(address, {"confirmed": "yes", "reason": "调走", **form}).content.decode()


def member_id(who: Someone) -> str:
    return who.session["acting"]


def place_id(who: Someone) -> str:
    assert who.organisation is not None
    return str(who.organisation.pk)


def invited(by: Someone, whom: Someone, role: str) -> Invited:
    return invite(by.actor, place_id(by), number_of(whom), role, now())


def case_with(who: Someone, subject: str = "one") -> str:
    """A case of theirs, under its number."""
    act = Act(who.actor, now(), workday_table())
    with transaction.atomic():
        number = open_case(Opening("mistake", subject, "报错"), act).number
    transfer(number, 1, Destination(place_id(who), member_id(who)), "您来办", act)
    return number


@pytest.mark.parametrize("kind", ["change", "close", "invite", ""])
def test_a_stranger_sees_and_does_nothing_in_an_organisation_and_made_up_ids_find_none(kind: str) -> None:
    head, other = someone("department_head"), someone("department_head")
    tail = f"{kind}/" if kind else ""
    for who in (head, someone("person")):
        text(client_of(who), f"{AT}/organisations/{place_id(other)}/{tail}", 403)
    admin, _ = platform()
    text(client_of(admin), f"{AT}/organisations/{uuid.uuid4()}/{tail}", 404)
    text(client_of(admin), f"{AT}/organisations/{place_id(other)}/{tail}")


@pytest.mark.parametrize("kind", ["end", "hand-over", "deputy"])
def test_the_pages_of_a_member_open_to_who_leads_there_alone(kind: str) -> None:
    head, stranger = someone("department_head"), someone("department_head")
    officer = someone("officer", head.organisation)
    address = f"{AT}/members/{member_id(officer)}/{kind}/"
    text(client_of(head), address)
    text(client_of(stranger), address, 403)
    assert client_of(stranger).post(address, {"confirmed": "yes", "reason": "x"}).status_code == 403
    text(client_of(head), f"{AT}/members/{uuid.uuid4()}/{kind}/", 404)


def test_invitations_grants_and_deputies_of_others_are_closed() -> None:
    head, stranger, guest = someone("department_head"), someone("department_head"), someone("person")
    _, security = platform()
    officer = someone("officer", head.organisation)
    made = invited(head, guest, "officer")
    absence = Absence(member_id(officer), today(), today(), "休假")
    arranged = appoint_deputy(head.actor, member_id(head), absence, now())
    closed = [
        f"{AT}/invitations/{made.id}/",
        f"{AT}/invitations/{made.id}/withdraw/",
        f"{AT}/deputies/{arranged}/end/",
        f"{AT}/grants/{made.id}/",
        f"{AT}/grants/",
        f"{AT}/organisations/",
    ]
    for address in closed:
        text(client_of(stranger), address, 403)
    for address in (f"invitations/{uuid.uuid4()}/withdraw/", f"deputies/{uuid.uuid4()}/end/", "invited/x/"):
        text(client_of(head), f"{AT}/{address}", 404)
    text(client_of(security), f"{AT}/grants/{uuid.uuid4()}/", 404)
    answer = client_of(stranger).post(f"{AT}/invitations/accept/", {"invitation": made.id})
    assert answer.status_code == 409
    assert "找不到这个邀请" in answer.content.decode()


def test_an_organisation_is_opened_once_and_its_first_member_comes_in_by_four_hands() -> None:
    admin, security = platform()
    guest, browser = someone("person"), client_of(admin)
    assert "department" in text(browser, f"{AT}/organisations/open/")
    form = {"kind": "department", "name": "温县演示新局", "division": "410825", "form_key": str(uuid.uuid4())}
    assert "开设以前" in browser.post(f"{AT}/organisations/open/", form).content.decode()
    made = [browser.post(f"{AT}/organisations/open/", {**form, "confirmed": "yes"}) for _ in range(2)]
    assert made[0]["Location"] == made[1]["Location"]
    address = made[0]["Location"]
    form = {"phone": number_of(guest), "role": "department_head"}
    preview = browser.post(f"{address}invite/", form).content.decode()
    assert "对方会收到短信" in preview
    assert not Invitation.objects.exists()
    answer = browser.post(f"{address}invite/", {**form, "confirmed": "yes"})
    shown = text(browser, answer["Location"])
    link = urlsplit(re.findall(r"https?://[^<\s]+/accounts/invited/[^<\s]+", shown)[0]).path
    assert "等安全管理员同意" in text(Client(), link)
    row = Invitation.objects.get()
    agreeing = client_of(security)
    assert "看办件台" in text(agreeing, f"{AT}/grants/{row.pk}/")
    agreeing.post(f"{AT}/grants/{row.pk}/approve/")
    again = agreeing.post(f"{AT}/grants/{row.pk}/approve/")
    assert again.status_code == 409
    invitee = client_of(guest)
    assert "温县演示新局" in text(invitee, f"{AT}/invitations/")
    assert invitee.post(f"{AT}/invitations/accept/", {"invitation": str(row.pk)}).status_code == 302
    assert Membership.objects.filter(person=guest.person, role="department_head").count() == 1
    assert "已经接受过" in text(Client(), link)
    told = Letter.objects.values_list("notice__kind", flat=True)
    assert sorted(told) == ["accounts.invite", "accounts.see_grants"]


def test_who_proposed_reads_why_it_was_not_agreed_to_and_what_was_withdrawn_says_so() -> None:
    head, guest = someone("department_head"), someone("person")
    _, security = platform()
    refused, withdrawn = invited(head, guest, "officer"), invited(head, guest, "window_clerk")
    agreeing, browser = client_of(security), client_of(head)
    assert agreeing.post(f"{AT}/grants/{refused.id}/refuse/", {"reason": " "}).status_code == 422
    agreeing.post(f"{AT}/grants/{refused.id}/refuse/", {"reason": "不是本单位的人"})
    browser.post(f"{AT}/invitations/{withdrawn.id}/withdraw/")
    shown = text(browser, f"{AT}/organisation/")
    assert "安全管理员没有同意：不是本单位的人" in shown
    assert "已撤回" in shown
    assert "已撤回，不能再接受" in text(Client(), f"{AT}/invited/{withdrawn.secret}/")
    Invitation.objects.update(withdrawn_at=None, expires_at=now())
    assert "已过期，不能再接受" in text(Client(), f"{AT}/invited/{withdrawn.secret}/")


def test_who_has_left_loses_the_role_in_every_session_at_once_and_the_work_stays() -> None:
    head = someone("support", organisation("platform"))
    admin, leaver = someone("system_admin", head.organisation), someone("support", head.organisation)
    number, theirs = case_with(leaver), client_of(leaver)
    text(theirs, "/cases/")
    address, browser = f"{AT}/members/{member_id(leaver)}/end/", client_of(admin)
    assert "1 件办件" in text(browser, address)
    assert "请从同事里选一位" in sent(browser, address)
    sent(browser, address, receiver=member_id(head))
    text(theirs, "/cases/", 403)
    assert str(Case.objects.get(number=number).assignee_id) == member_id(head)
    assert "您现在没有代表哪个单位" in text(theirs, f"{AT}/organisation/")
    assert Letter.objects.filter(person=leaver.person, notice__kind="accounts.end_membership").count() == 1


def test_the_last_administrator_is_told_that_nobody_would_be_left() -> None:
    admin, _ = platform()
    address = f"{AT}/members/{member_id(admin)}/end/"
    assert "只有这一位系统管理员" in text(client_of(admin), address)
    assert "只有这一位系统管理员" in sent(client_of(admin), address)


def test_a_deputy_works_on_the_absent_colleagues_desk_and_both_are_named() -> None:
    office = organisation("platform")
    absent, deputy = someone("support", office), someone("support", office)
    number, browser = case_with(absent), client_of(deputy)
    assert number not in text(browser, "/cases/")
    address = f"{AT}/members/{member_id(absent)}/deputy/"
    day = today().isoformat()
    form = {"receiver": member_id(deputy), "from": day, "until": day, "reason": "休假"}
    assert "安排以前" in client_of(absent).post(address, form).content.decode()
    sent(client_of(absent), address, **form)
    shown = text(browser, "/cases/")
    assert number in shown
    assert "您在替" in shown
    version = str(Case.objects.get(number=number).version)
    browser.post(f"/cases/{number}/advance/", {"version": version, "action": "take", "text": ""})
    (entry,) = [each for each in entries(LogFilters("case")) if each.verb == "cases.advance"]
    assert (entry.actor_id, entry.behalf_id) == (deputy.actor.id, absent.actor.id)
    assert "（代" in text(browser, f"/cases/{number}/")
    client_of(absent).post(f"{AT}/deputies/{Deputy.objects.get().pk}/end/")
    assert number not in text(browser, "/cases/")


def test_colleagues_are_known_by_full_name_and_strangers_to_the_office_by_a_masked_one() -> None:
    admin, _ = platform()
    head = someone("department_head")
    officer = someone("officer", head.organisation)
    assert "演示department_head" in text(client_of(officer), f"{AT}/organisation/")
    assert "演示department_head" not in text(client_of(admin), f"{AT}/organisations/{place_id(head)}/")


def test_a_manager_sees_the_branches_in_their_order_and_a_clerk_none() -> None:
    bank = organisation("bank", "焦作演示银行")
    branch = organisation("bank", "温县支行", parent=bank)
    organisation("bank", "番田网点", parent=branch)
    manager = client_of(someone("bank_manager", bank))
    assert re.search("温县支行.*番田网点", text(manager, f"{AT}/organisation/"), re.DOTALL)
    text(manager, f"{AT}/organisations/{branch.pk}/")
    clerk = client_of(someone("bank_clerk", bank))
    assert "温县支行" not in text(clerk, f"{AT}/organisation/")
    text(clerk, f"{AT}/organisations/{branch.pk}/", 403)


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_the_list_is_searched_in_the_query_a_page_at_a_time(role: str, django_assert_num_queries) -> None:
    admin = someone(role)
    for number in range(25):
        organisation("bank", f"演示支行{number:02}")
    browser = client_of(admin)
    text(browser, f"{AT}/organisations/")
    with django_assert_num_queries(7):
        shown = text(browser, f"{AT}/organisations/?kind=bank&page=2")
    assert shown.count('class="row-link"') == 5
    assert text(browser, f"{AT}/organisations/?q=%25").count('class="row-link"') == 0
    assert text(browser, f"{AT}/organisations/?q=支行07%00&page=x&kind=y").count('class="row-link"') == 1


def test_the_page_of_an_organisation_costs_the_same_however_many_members(django_assert_num_queries) -> None:
    head = someone("department_head")
    for _ in range(12):
        someone("officer", head.organisation)
    invited(head, someone("person"), "officer")
    browser = client_of(head)
    with django_assert_num_queries(9):
        assert "成员 13 人" in text(browser, f"{AT}/organisation/")


def test_a_place_is_renamed_and_closed_after_saying_what_ends() -> None:
    admin, _ = platform()
    clerk = someone("bank_clerk")
    browser, address = client_of(admin), f"{AT}/organisations/{place_id(clerk)}/"
    assert browser.post(f"{address}change/", {"name": " "}).status_code == 422
    assert browser.post(f"{address}change/", {"name": "新名字"}).status_code == 302
    assert "1 位成员" in text(browser, f"{address}close/")
    assert browser.post(f"{address}close/", {"reason": ""}).status_code == 422
    assert browser.post(f"{address}close/", {"reason": "撤并"}).status_code == 302
    assert Organisation.objects.get(pk=place_id(clerk)).closed_at is not None
    text(browser, address, 404)
    assert "已关闭" in text(browser, f"{AT}/organisations/?q=新名字")


def test_the_list_and_the_home_count_the_same_in_the_same_words() -> None:
    admin, gone = someone("system_admin"), organisation("bank")
    someone("owner"), someone("handler"), someone("officer")
    Organisation.objects.filter(pk=gone.pk).update(closed_at=now())
    said = "经营主体 2 个，部门、银行等其他单位 2 个；另有 1 个已经关闭。"
    listed, home = (text(client_of(admin), address) for address in (f"{AT}/organisations/", "/home/"))
    assert said in listed
    assert said in home
    assert "现在有 4 个：" in listed
    assert "全部单位：4 个" in home


def test_the_account_leads_to_the_organisation_and_administrators_to_all() -> None:
    admin, security = platform()
    assert "/accounts/organisations/" in text(client_of(admin), f"{AT}/")
    assert "/accounts/grants/" in text(client_of(security), f"{AT}/")
    shown = text(client_of(someone("officer")), f"{AT}/")
    assert "/accounts/organisation/" in shown
    assert "/accounts/organisations/" not in shown
    invited(someone("owner"), guest := someone("person"), "handler")
    assert "个单位邀请您" in text(client_of(guest), f"{AT}/")


def test_reading_the_members_of_another_place_is_a_look_and_reading_ones_own_is_none() -> None:
    owner, admin = someone("owner"), someone("system_admin")
    for who in (owner, admin):
        assert client_of(who).get(f"/accounts/organisations/{owner.organisation.pk}/").status_code == 200
    found = AuditEntry.objects.filter(verb="accounts.see_organisation")
    assert [(each.actor_id, each.party_id) for each in found] == [
        (str(admin.person.pk), str(owner.organisation.pk))
    ]
