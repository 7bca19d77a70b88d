"""Somebody is invited, agreed to, accepts and is let go again: by four people, each in a browser."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import Visit, tap
from tests.support.serving import free_port, serving

LEAVES = re.compile("离开.*演示甲")
ROLES = ("system_admin", "security_admin", "department_head", "person")
SESSIONS = """
import django; django.setup()
from django.utils import timezone
from huiqi.foundation.accounts.actions import make_demo_people
from huiqi.foundation.accounts.domain.demo import DEMO_ACCOUNTS
from huiqi.foundation.accounts.models import Membership, Person
from huiqi.foundation.audit.actions import Actor
from tests.support.people import Someone, client_of
make_demo_people(timezone.now(), Actor("test", "test"))
for role in {roles}:
    number = next(each.number for each in DEMO_ACCOUNTS if each.role == role)
    person = Person.objects.get(phone_index=number)
    member = Membership.objects.filter(person=person).first()
    session = {{"person": str(person.pk)}} | ({{"acting": str(member.pk)}} if member else {{}})
    print(client_of(Someone(person, None, session)).cookies["sessionid"].value)
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A site with the demo's people, and a session of each who takes part."""
    folder = tmp_path_factory.mktemp("organisations")
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    inside = {**known, "HUIQI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "huiqi.config.settings"}
    with serving(folder, free_port()) as address:
        command = [sys.executable, "-c", SESSIONS.format(roles=ROLES)]
        told = subprocess.run(command, env=inside, check=True, stdout=subprocess.PIPE, text=True)
        yield address, dict(zip(ROLES, told.stdout.split(), strict=True))


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_somebody_is_invited_agreed_to_accepts_and_is_let_go(
    screen: str, office: tuple[str, dict[str, str]], contexts: dict[str, BrowserContext]
) -> None:
    context, faults = contexts[screen], {}
    context.clear_cookies()
    visit = Visit(context.new_page(), office[0], screen)
    visit.watch()
    page = visit.page

    def go_as(role: str, address: str) -> None:
        context.add_cookies([{"name": "sessionid", "value": office[1][role], "url": office[0]}])
        visit.go(f"/accounts/{address}")
        faults[f"{role} {address}"] = visit.faults()

    go_as("system_admin", "organisations/")
    go_as("department_head", "organisation/")
    invite(visit, faults)
    go_as("security_admin", "grants/")
    page.get_by_role("link", name="看一看").first.click()
    faults["grant"] = visit.faults()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("等对方接受")).to_be_visible()
    go_as("person", "invitations/")
    tap(page, "接受")
    expect(page.get_by_role("heading", name="这次您是谁？")).to_be_visible()
    go_as("department_head", "organisation/")
    page.get_by_role("link", name=LEAVES).click()
    page.get_by_label("为什么离开？").fill("调走")
    tap(page, "下一步：看一眼")
    faults["end"] = visit.faults()
    tap(page, "让他离开")
    expect(page.get_by_role("link", name=LEAVES)).to_have_count(0)
    page.close()
    assert visit.complaints == []
    assert {name: found for name, found in faults.items() if found} == {}


def invite(visit: Visit, faults: dict[str, list[str]]) -> None:
    """Invite somebody of the demo, after a look at what they get."""
    page = visit.page
    page.get_by_role("link", name="邀请成员").click()
    page.get_by_label("对方的手机号").fill("13800000001")
    page.locator("label.option", has_text="窗口人员").click()
    tap(page, "下一步：看看对方会收到什么")
    expect(page.get_by_text("对方会收到短信")).to_be_visible()
    faults["preview"] = visit.faults()
    tap(page, "发出邀请")
    expect(page.get_by_label("也可以把这个链接发给对方")).to_be_visible()
    faults["made"] = visit.faults()
