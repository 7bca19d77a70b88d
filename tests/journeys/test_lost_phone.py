"""A lost telephone: a clerk asks at the window, another agrees, and the owner at home stops it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import MODES, Visit, tap
from tests.support.serving import free_port, serving
from tests.support.signing_in import session_of

PLACE = "温县演示政务服务大厅"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """A site, and the sessions of two clerks of one office."""
    folder = tmp_path_factory.mktemp("window")
    with serving(folder, free_port()) as address:
        yield address, [session_of(folder, "window_clerk", "department", PLACE) for _ in range(2)]


@pytest.fixture(params=["phone-normal", "phone-elder", "desktop-normal"])
def at_home(
    request: pytest.FixtureRequest, window: tuple[str, list[str]], contexts: dict[str, BrowserContext]
) -> Iterator[Visit]:
    """A browser that is an owner's until it is lent to the clerks."""
    screen, _, mode = request.param.partition("-")
    context = contexts[screen]
    context.clear_cookies()
    context.add_cookies([{"name": "modes", "value": MODES[mode], "url": window[0]}])
    visit = Visit(context.new_page(), window[0], screen, mode)
    visit.watch()
    yield visit
    visit.page.close()
    assert visit.complaints == []


def test_one_asks_another_agrees_and_the_owner_stops_it(
    at_home: Visit, window: tuple[str, list[str]], request: pytest.FixtureRequest
) -> None:
    page, faults = at_home.page, {}
    number = f"1395555{len(request.node.name):04}"
    sign_in(at_home, number)
    owner = next(each for each in page.context.cookies() if each["name"] == "sessionid")["value"]
    become(at_home, window[1][0])
    ask(at_home, number, faults)
    address = page.url
    become(at_home, window[1][1])
    page.goto(address)
    faults["request"] = at_home.faults()
    at_home.picture("lost-phone-request")
    page.get_by_label("您核对了什么？").fill("看了身份证原件")
    page.get_by_text("我也同意去掉第二道验证").click()
    tap(page, "核对过了，同意")
    expect(page.get_by_text("已同意，到时间就换").first).to_be_visible()
    at_home.go("/accounts/phone-requests/")
    faults["list"] = at_home.faults()
    at_home.picture("lost-phone-list")
    become(at_home, owner)
    at_home.go("/accounts/")
    faults["own"] = at_home.faults()
    at_home.picture("lost-phone-own", whole=False)
    with at_home.in_contrast():
        faults["own in contrast"] = at_home.faint_words()
        at_home.picture("lost-phone-own", whole=False)
    tap(page, "不是我，停下来")
    expect(page.get_by_role("heading", name="已经叫停，手机号没有变")).to_be_visible()
    faults["stopped"] = at_home.faults()
    assert {name: found for name, found in faults.items() if found} == {}


def become(visit: Visit, session: str) -> None:
    """The browser is somebody else's from here on."""
    visit.page.context.add_cookies([{"name": "sessionid", "value": session, "url": visit.home}])


def sign_in(visit: Visit, number: str) -> None:
    """By the code the demo shows."""
    page = visit.page
    visit.go("/accounts/sign-in/")
    expect(page.get_by_text("手机号不用了、丢了？")).to_be_visible()
    visit.picture("lost-phone-sign-in")
    page.get_by_label("您的手机号").fill(number)
    tap(page, "发送验证码")
    page.locator("[name=code]").fill(page.locator(".shown-code").inner_text())
    tap(page, "登录")
    page.wait_for_url("**/home/**")


def ask(visit: Visit, number: str, faults: dict[str, list[str]]) -> None:
    """Both screens of the window."""
    page = visit.page
    visit.go("/accounts/phone-requests/new/")
    faults["form"] = visit.faults()
    visit.picture("lost-phone-form")
    page.get_by_label("账号原来的手机号").fill(number)
    page.get_by_label("新手机号").fill(number.replace("1395555", "1396666"))
    page.get_by_text("居民身份证原件").click()
    page.get_by_label("证件上的姓名").fill("王小明")
    page.get_by_text("动态码、通行密钥也丢了").click()
    tap(page, "下一步")
    faults["code"] = visit.faults()
    visit.picture("lost-phone-code")
    page.locator("[name=code]").fill(page.locator(".shown-code").inner_text())
    tap(page, "提出申请")
    expect(page.get_by_role("heading", name="换什么")).to_be_visible()
