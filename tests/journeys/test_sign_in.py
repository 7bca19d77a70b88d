"""Signing in on a phone and on a desktop: two screens, a second proof, a passkey in a real browser."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import LARGE_AND_NOT, Visit, press
from tests.support.serving import free_port, serving

NUMBER = "+86 139 0000 {:04}"
PEOPLE = """
import django; django.setup()
from django.utils import timezone
from huiqi.foundation.accounts.actions import make_demo_people
from huiqi.foundation.audit.actions import Actor
make_demo_people(timezone.now(), Actor("test", "test"))
"""
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# The text of every page the worker keeps.
KEPT = """async () => {
  const cache = await caches.open('huiqi-pages');
  return Promise.all((await cache.keys()).map(async (each) => (await cache.match(each)).text()));
}"""
_numbers = iter(range(1, 9999))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of its own with the demo's people, under the name a passkey can be bound to."""
    folder = tmp_path_factory.mktemp("signing-in")
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    inside = {**known, "HUIQI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "huiqi.config.settings"}
    with serving(folder, free_port()) as address:
        subprocess.run([sys.executable, "-c", PEOPLE], env=inside, check=True)
        yield address.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("visit", LARGE_AND_NOT, indirect=True)
def test_two_screens_lead_in_and_every_page_of_the_account_has_no_fault(visit: Visit) -> None:
    page, faults = visit.page, {}
    visit.go("/accounts/sign-in/?next=/about/")
    faults["start"] = visit.faults()
    press_in_page(page, "发送验证码")
    faults["start, empty"] = visit.faults()
    page.get_by_label("您的手机号").fill(NUMBER.format(next(_numbers)))
    press_in_page(page, "发送验证码")
    page.get_by_label("6 位验证码").fill("000000")
    press_in_page(page, "登录")
    expect(page.get_by_text("还可以再试 4 次")).to_be_visible()
    faults["code, wrong"] = visit.faults()
    page.get_by_label("6 位验证码").fill(shown(page))
    press_in_page(page, "登录")
    page.wait_for_url("**/about/")
    expect(page.locator(".who-name")).to_contain_text("139****")
    for address in ("", "name/", "password/", "phone/", "set-up/", "role/", "close/"):
        visit.go(f"/accounts/{address}")
        faults[address] = visit.faults()
    press(page.locator(".who").get_by_role("button", name="退出"))
    expect(page.get_by_role("link", name="登录", exact=True)).to_be_visible()
    visit.go("/accounts/sign-in/password/")
    faults["by password"] = visit.faults()
    assert {name: found for name, found in faults.items() if found} == {}


def test_an_officer_of_the_demo_is_in_by_one_tap_and_the_code_that_is_shown(visit: Visit) -> None:
    page, faults = visit.page, {}
    # Each screen takes another one: a code of an app is taken once in half a minute.
    role = "部门负责人" if visit.screen == "phone" else "审计员"
    visit.go("/accounts/sign-in/?next=/accounts/")
    page.locator(".person", has_text=role).click()
    expect(page.get_by_role("heading", name="还差一步")).to_be_visible()
    faults["second"] = visit.faults()
    page.get_by_label("动态码").fill(shown(page))
    press_in_page(page, "登录")
    expect(page.locator(".who-name")).to_contain_text(role)
    faults["account"] = visit.faults()
    assert {name: found for name, found in faults.items() if found} == {}


def test_an_app_is_set_up_by_its_secret_and_asked_for_from_then_on(visit: Visit) -> None:
    page, number = visit.page, NUMBER.format(next(_numbers))
    sign_in(visit, number)
    visit.go("/accounts/set-up/")
    press_in_page(page, "开始设置动态码")
    secret = page.locator(".shown-code").inner_text().replace(" ", "")
    faults = {"secret": visit.faults()}
    page.get_by_label("应用显示的 6 位数字").fill(pyotp.TOTP(secret).now())
    press_in_page(page, "设好了")
    expect(page.locator(".spare-codes li")).to_have_count(8)
    spare = page.locator(".spare-codes li").first.inner_text()
    faults["recovery codes"] = visit.faults()
    page.get_by_role("link", name="抄好了，继续").click()
    press(page.locator(".who").get_by_role("button", name="退出"))
    sign_in(visit, number)
    page.get_by_label("备用码").fill(spare)
    press_in_page(page, "用备用码登录")
    expect(page.locator(".who-name")).to_be_visible()
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_passkey_is_made_and_lets_in_by_one_gesture(visit: Visit) -> None:
    page = visit.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_in(visit, NUMBER.format(next(_numbers)))
    visit.go("/accounts/set-up/")
    press_in_page(page, "在这台设备上设置通行密钥")
    expect(page.locator(".spare-codes li")).to_have_count(8)
    page.get_by_role("link", name="抄好了，继续").click()
    expect(page.get_by_role("button", name=re.compile("去掉.*通行密钥"))).to_be_visible()
    assert visit.faults() == []
    press(page.locator(".who").get_by_role("button", name="退出"))
    visit.go("/accounts/sign-in/?next=/accounts/")
    press_in_page(page, "用通行密钥（指纹、刷脸）")
    expect(page.get_by_text("这次用通行密钥登录")).to_be_visible()
    device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": made["authenticatorId"]})


def test_a_gesture_that_is_broken_off_says_that_nothing_changed(visit: Visit) -> None:
    page = visit.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {**AUTHENTICATOR, "isUserVerified": False}
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(visit, NUMBER.format(next(_numbers)))
    visit.go("/accounts/set-up/")
    press_in_page(page, "在这台设备上设置通行密钥")
    expect(page.get_by_role("alert")).to_contain_text("什么也没有改变")
    assert visit.faults() == []
    device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": made["authenticatorId"]})


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_who_signs_out_leaves_no_page_with_their_name_on_the_device(visit: Visit) -> None:
    page = visit.page
    visit.go("/about/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller")
    sign_in(visit, NUMBER.format(next(_numbers)))
    visit.go("/about/")
    page.wait_for_function(f"({KEPT})().then((pages) => pages.some((each) => each.includes('139****')))")
    press(page.locator(".who").get_by_role("button", name="退出"))
    expect(page.get_by_role("link", name="登录", exact=True)).to_be_visible()
    page.wait_for_function(f"({KEPT})().then((pages) => !pages.some((each) => each.includes('139****')))")


def test_it_works_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/accounts/sign-in/")
    expect(page.get_by_role("button", name=re.compile("通行密钥"))).to_be_hidden()
    page.get_by_label("您的手机号").fill(NUMBER.format(next(_numbers)))
    press(page.get_by_role("button", name="发送验证码"))
    page.get_by_label("6 位验证码").fill(shown(page))
    press(page.get_by_role("button", name="登录", exact=True))
    expect(page.locator(".who-name")).to_be_visible()
    context.close()


def sign_in(visit: Visit, number: str) -> None:
    page = visit.page
    visit.go("/accounts/sign-in/")
    page.get_by_label("您的手机号").fill(number)
    press_in_page(page, "发送验证码")
    page.get_by_label("6 位验证码").fill(shown(page))
    press_in_page(page, "登录")
    page.wait_for_url(re.compile(r"/($|accounts/sign-in/second/)"))


def shown(page: Page) -> str:
    """The code the demo shows in place of a message."""
    found = re.search(r"\d{6}", page.locator(".note .shown-code").inner_text())
    assert found
    return found[0]


def press_in_page(page: Page, words: str) -> None:
    """The button of the page itself that says exactly these words."""
    press(page.locator("main").get_by_role("button", name=words, exact=True))
