"""An owner lets a bank see one class of data, the bank finds it, and the owner takes it back."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import LARGE_AND_NOT, MODES, Visit, press, tap
from tests.support.serving import free_port, serving
from tests.support.signing_in import session_of

SHOP, BANK = "温县演示烩面馆", "焦作演示银行温县支行"


@dataclass(frozen=True, slots=True)
class Street:
    """A site with a shop and a bank; the keys of their sessions."""

    home: str
    owner: str
    banker: str


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    folder = tmp_path_factory.mktemp("consents")
    with serving(folder, free_port()) as address:
        owner = session_of(folder, "owner", "business", SHOP)
        yield Street(address, owner, session_of(folder, "bank_clerk", "bank", BANK))


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
    # What the journey sends unfinished is refused, and the browser says so too.
    assert [each for each in visit.complaints if "status of 422" not in each] == []


def looked_at(visit: Visit, faults: dict[str, list[str]], name: str) -> None:
    faults[name] = visit.faults()
    visit.picture(f"consents-{name}")
    with visit.in_contrast():
        faults[f"{name}, in contrast"] = visit.faint_words()


def as_(visit: Visit, session: str) -> None:
    visit.page.context.add_cookies([{"name": "sessionid", "value": session, "url": visit.home}])


def test_an_owner_lets_a_bank_see_and_takes_it_back(visit: Visit, street: Street) -> None:
    page, faults = visit.page, {}
    as_(visit, street.owner)
    write(visit, faults)
    sign(visit, faults)
    given = page.url.partition("?")[0]
    as_(visit, street.banker)
    visit.go("/consents/held/")
    expect(page.locator(".own-lines")).to_contain_text(SHOP)
    looked_at(visit, faults, "held")
    page.goto(given)
    expect(page.get_by_role("link", name="收回授权")).to_have_count(0)
    as_(visit, street.owner)
    page.goto(given)
    page.get_by_role("link", name="收回授权").click()
    looked_at(visit, faults, "revoke")
    tap(page, "收回这份授权")
    expect(page.get_by_text("已收回").first).to_be_visible()
    visit.go("/consents/")
    looked_at(visit, faults, "list")
    as_(visit, street.banker)
    visit.go("/consents/held/")
    expect(page.get_by_text("现在没有有效的授权")).to_be_visible()
    looked_at(visit, faults, "nothing-held")
    assert {name: found for name, found in faults.items() if found} == {}


def write(visit: Visit, faults: dict[str, list[str]]) -> None:
    """From the list of one's consents to the text."""
    page = visit.page
    visit.go("/consents/")
    page.get_by_role("link", name="授权一个单位").click()
    looked_at(visit, faults, "purposes")
    press(page.locator(".person", has_text="贷款").first)
    looked_at(visit, faults, "grantee")
    page.get_by_role("link", name=BANK).click()
    tap(page, "下一步：看授权书")
    expect(page.get_by_text("还没有授权，填的都还在")).to_be_visible()
    looked_at(visit, faults, "form")
    page.locator(".option").first.click()
    tap(page, "下一步：看授权书")
    expect(page.locator("h1")).to_have_text("请看一遍授权书")


def sign(visit: Visit, faults: dict[str, list[str]]) -> None:
    """From the text to the consent."""
    page = visit.page
    looked_at(visit, faults, "text")
    page.get_by_text("我看过了，同意").click()
    tap(page, "下一步：发验证码给我")
    looked_at(visit, faults, "code")
    page.get_by_label("的验证码").fill(page.locator(".shown-code").inner_text())
    tap(page, "确定授权")
    expect(page.get_by_text("授权好了")).to_be_visible()
    looked_at(visit, faults, "given")
