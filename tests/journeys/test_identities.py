"""Signing in by a real provider of identities, there and back in a browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, press, tap
from tests.journeys.test_sign_in import press_in_page, shown
from tests.support.provider import CLIENT_SECRET, real_provider
from tests.support.serving import free_port, serving

BACK = "/accounts/sign-in/provider/back/"
FONTS = "https://fonts.googleapis.com/"
OF_THE_PROVIDER = ("request to http://localhost:", f"request to {FONTS}")
BUTTON = "用河南政务服务网登录"
NUMBERS = {"li-shi-phone": "13900003456", "li-shi-desktop": "13900003457"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that asks the provider, and the provider that knows it."""
    port, folder = free_port(), tmp_path_factory.mktemp("identities")
    with real_provider(f"http://127.0.0.1:{port}{BACK}", NUMBERS) as issuer:
        told = {
            "ISSUER": issuer,
            "CLIENT_ID": "huiqi",
            "CLIENT_SECRET": CLIENT_SECRET,
            "NAME": "河南政务服务网",
        }
        settings = {f"HUIQI_OIDC_{name}": value for name, value in told.items()}
        with serving(folder, port, **settings) as address:
            yield address


@pytest.mark.parametrize("visit", ["phone", "desktop-elder"], indirect=True)
def test_the_first_arrival_proves_a_number_and_the_next_is_one_button(visit: Visit) -> None:
    page, faults, name = visit.page, {}, f"li-shi-{visit.screen}"
    page.route(f"{FONTS}**", lambda route: route.fulfill(body="", content_type="text/css"))
    visit.go("/accounts/sign-in/?next=/about/")
    faults["start"] = visit.faults()
    visit.picture("identity-start")
    press_in_page(page, BUTTON)
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", name="没有登录成功")).to_be_visible()
    faults["cancelled"] = visit.faults()
    visit.picture("identity-cancelled")
    tap(page, "再试一次河南政务服务网")
    agree(page, name)
    expect(page.get_by_role("heading", name="还要验证一次手机号")).to_be_visible()
    faults["first"] = visit.faults()
    visit.picture("identity-first")
    expect(page.get_by_label("您的手机号")).to_have_value(NUMBERS[name])
    press_in_page(page, "发送验证码")
    faults["code"] = visit.faults()
    visit.picture("identity-code")
    page.get_by_label("6 位验证码").fill(shown(page))
    press_in_page(page, "登录")
    expect(page.locator(".who-name")).to_be_visible()
    visit.go("/accounts/")
    expect(page.get_by_role("button", name=re.compile("解除.*河南政务服务网账号"))).to_be_visible()
    faults["account"] = visit.faults()
    visit.picture("identity-account")
    press(page.locator(".who").get_by_role("button", name="退出"))
    visit.go("/accounts/sign-in/?next=/accounts/")
    press_in_page(page, BUTTON)
    expect(page.get_by_text("这次用河南政务服务网账号登录")).to_be_visible()
    press(page.locator(".who").get_by_role("button", name="退出"))
    expect(page.get_by_role("link", name="退出河南政务服务网")).to_be_visible()
    faults["signed out"] = visit.faults()
    visit.picture("identity-signed-out")
    assert {where: found for where, found in faults.items() if found} == {}
    # On the way are pages of the provider; nothing of a page of ours was fetched from elsewhere.
    assert [each for each in visit.complaints if not each.startswith(OF_THE_PROVIDER)] == []
    visit.complaints.clear()


def agree(page: Page, name: str) -> None:
    """Sign in on the provider's pages, and let it tell us."""
    page.get_by_placeholder("Enter any login").fill(name)
    page.get_by_placeholder("and password").fill("anything")
    page.get_by_role("button", name=re.compile("Sign-in")).click()
    page.get_by_role("button", name="Continue").click()
