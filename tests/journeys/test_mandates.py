"""An owner lets a bookkeeper act, who acts and is stopped; and support looks, which the user finds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import LARGE_AND_NOT, MODES, Visit, press, tap
from tests.journeys.test_sign_in import sign_in
from tests.support.serving import free_port, serving
from tests.support.signing_in import session_of

REFUSED = re.compile("status of (403|422)")
SHOP, AGENCY = "温县演示烩面馆", "温县演示诚信代理记账服务有限公司"
NUMBERS = {name: f"1390000{10 + place:04}" for place, name in enumerate(LARGE_AND_NOT)}


@dataclass(frozen=True, slots=True)
class Street:
    """A site with a shop, an agency and support; the keys of their sessions."""

    home: str
    owner: str
    agent: str
    support: str


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    folder = tmp_path_factory.mktemp("mandates")
    with serving(folder, free_port()) as address:
        yield Street(
            address,
            session_of(folder, "owner", "business", SHOP),
            session_of(folder, "adviser", "provider", AGENCY),
            session_of(folder, "support", "platform", "温县演示平台运营"),
        )


@pytest.fixture(params=LARGE_AND_NOT)
def visit(
    request: pytest.FixtureRequest, street: Street, contexts: dict[str, BrowserContext]
) -> Iterator[Visit]:
    """One browser, at which the two take turns."""
    screen, _, mode = request.param.partition("-")
    context = contexts[screen]
    context.clear_cookies()
    context.add_cookies([{"name": "modes", "value": MODES[mode], "url": street.home}])
    visit = Visit(context.new_page(), street.home, screen, mode)
    visit.watch()
    yield visit
    visit.page.close()
    # What the journey asks for to be refused, the browser says too.
    assert [each for each in visit.complaints if not REFUSED.search(each)] == []


def as_(visit: Visit, session: str) -> None:
    visit.page.context.add_cookies([{"name": "sessionid", "value": session, "url": visit.home}])


def looked_at(visit: Visit, faults: dict[str, list[str]], name: str) -> None:
    faults[name] = visit.faults()
    visit.picture(f"mandates-{name}")


def test_an_owner_lets_a_bookkeeper_act_and_takes_it_back(visit: Visit, street: Street) -> None:
    page, faults = visit.page, {}
    as_(visit, street.owner)
    grant(visit, faults)
    granted = page.url.partition("?")[0]
    as_(visit, street.agent)
    visit.go("/accounts/behalf/")
    looked_at(visit, faults, "principals")
    press(page.locator(".person", has_text=SHOP).first)
    expect(page.locator(".who")).to_contain_text(f"您正在替 {SHOP} 办事")
    looked_at(visit, faults, "acting")
    page.get_by_role("link", name="对方的办件").click()
    expect(page.locator("h1")).to_have_text(f"{SHOP}的办件")
    looked_at(visit, faults, "acting-cases")
    as_(visit, street.owner)
    page.goto(granted)
    looked_at(visit, faults, "given")
    page.get_by_role("link", name="收回委托").click()
    looked_at(visit, faults, "revoke")
    tap(page, "收回这个委托")
    expect(page.get_by_text("已收回")).to_be_visible()
    visit.go("/accounts/mandates/")
    looked_at(visit, faults, "list")
    as_(visit, street.agent)
    visit.go("/cases/own/")
    expect(page.locator("h1")).to_have_text("委托已经结束")
    looked_at(visit, faults, "lapsed")
    tap(page, "知道了，办我自己的事")
    expect(page.locator(".who-name")).to_be_visible()
    assert {name: found for name, found in faults.items() if found} == {}


def grant(visit: Visit, faults: dict[str, list[str]]) -> None:
    """From one's account to the mandate that was granted."""
    page = visit.page
    visit.go("/accounts/")
    page.locator(".own-lines").get_by_role("link", name=re.compile("打开.?委托")).click()
    page.get_by_role("link", name="委托一个人或单位").click()
    looked_at(visit, faults, "kinds")
    page.get_by_role("link", name="代理记账").click()
    looked_at(visit, faults, "agency")
    page.get_by_role("link", name=AGENCY).click()
    tap(page, "下一步：看看会怎样")
    expect(page.get_by_text("至少勾一件")).to_be_visible()
    looked_at(visit, faults, "form")
    page.get_by_text("看办件办到哪一步").click()
    page.get_by_text("看材料清单").click()
    tap(page, "下一步：看看会怎样")
    expect(page.locator("h1")).to_have_text("委托以前，请看一眼")
    looked_at(visit, faults, "preview")
    tap(page, "确定委托")
    expect(page.get_by_text("委托好了")).to_be_visible()


def test_support_looks_and_whoever_was_seen_finds_it(visit: Visit, street: Street) -> None:
    page, faults = visit.page, {}
    number = NUMBERS[f"{visit.screen}-{visit.mode}"]
    sign_in(visit, number)
    user = next(each["value"] for each in page.context.cookies() if each["name"] == "sessionid")
    as_(visit, street.support)
    visit.go("/accounts/see-as/")
    tap(page, "找到这个人")
    looked_at(visit, faults, "seek")
    page.get_by_label("用户的手机号").fill(number)
    page.get_by_label("为什么要代看").fill("来电说看不到办件进展")
    tap(page, "找到这个人")
    looked_at(visit, faults, "found")
    tap(page, "开始代看")
    expect(page.locator(".who")).to_contain_text("代看中，只能看")
    looked_at(visit, faults, "seeing")
    with visit.in_contrast():
        faults["seeing, in contrast"] = visit.faint_words()
    page.get_by_role("link", name="对方的账号").click()
    page.get_by_role("link", name=re.compile("填写.?姓名")).click()
    page.get_by_label("姓名").fill("别的名字")
    press(page.locator("main").get_by_role("button").first)
    expect(page.get_by_text("您正在代看别人的页面，只能看")).to_be_visible()
    tap(page, "结束代看")
    as_(visit, user)
    visit.go("/accounts/looks/")
    expect(page.get_by_text("原因：来电说看不到办件进展")).to_be_visible()
    looked_at(visit, faults, "looks")
    assert {name: found for name, found in faults.items() if found} == {}
