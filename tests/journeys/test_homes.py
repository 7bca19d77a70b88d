"""The homes of those who sign in, on a phone, as each of them wants pages shown."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import MODES, Visit
from tests.support.serving import free_port, serving
from tests.support.signing_in import session_of

# One of each home there is, and the one who has others below.
WHO = {
    "owner": ("business", "温县演示面馆"),
    "department_head": ("department", "焦作市演示工信局"),
    "bank_clerk": ("bank", "演示农商银行温县支行"),
    "auditor": ("audit_office", "焦作市演示审计局"),
    "system_admin": ("platform", "演示平台运营"),
}
SHOWN = {
    "owner": "在办的件",
    "department_head": "下级单位报来的",
    "bank_clerk": "惠金融还没有开通",
    "auditor": "日志现在怎样",
    "system_admin": "网站运行状况",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A site, and a session of each."""
    folder = tmp_path_factory.mktemp("homes")
    with serving(folder, free_port()) as address:
        yield address, {role: session_of(folder, role, kind, name) for role, (kind, name) in WHO.items()}


@pytest.mark.parametrize("mode", ["normal", "elder", "contrast"])
def test_everybody_has_a_home_they_can_read(house, contexts, mode: str) -> None:
    address, sessions = house
    context, faults = contexts["phone"], {}
    context.clear_cookies()
    context.add_cookies([{"name": "modes", "value": MODES[mode], "url": address}])
    visit = Visit(context.new_page(), address, "phone", mode)
    visit.watch()
    for role, session in sessions.items():
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        visit.go("/home/")
        expect(visit.page.get_by_role("heading", name=SHOWN[role]).first).to_be_visible()
        faults[role] = visit.faults()
        visit.picture(f"home-{role}")
    visit.page.get_by_role("link", name="怎么处理").click()
    expect(visit.page.locator("h1")).to_have_text("网站运行状况")
    faults["health"] = visit.faults()
    visit.picture("health")
    visit.page.close()
    assert visit.complaints == []
    assert {name: found for name, found in faults.items() if found} == {}
