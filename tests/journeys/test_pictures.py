"""The pictures of the README: what they show is there. tools/pictures.sh keeps them."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.test_noodle_shop import answer_the_form

HOMES = {"phone": "home-phone", "phone-elder": "home-phone-elder", "phone-contrast": "home-phone-contrast"}
OWN = {
    "results-phone": ("/matching/results/", "您能享受什么"),
    "item-phone": ("/policies/jz-tour-coach-2026/", "焦作大巴车队奖励"),
    "question-phone": ("/matching/questions/employees/", "第 1 题"),
    "calculator-phone": ("/calculator/", "算算大约能得多少"),
}


@pytest.mark.parametrize("visit", HOMES, indirect=True)
def test_the_home_in_each_mode(visit: Visit) -> None:
    visit.go("/")
    expect(visit.page.locator("h1")).to_contain_text("能享受什么政策")
    visit.keep(HOMES[visit.screen if visit.mode == "normal" else f"{visit.screen}-{visit.mode}"])


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_what_a_noodle_shop_sees(visit: Visit) -> None:
    visit.go("/matching/")
    answer_the_form(visit.page)
    for name, (address, title) in OWN.items():
        visit.go(address)
        expect(visit.page.locator("h1")).to_have_text(title)
        visit.keep(name)


@pytest.mark.parametrize("visit", ["desktop"], indirect=True)
def test_the_home_at_a_desk(visit: Visit) -> None:
    visit.go("/")
    expect(visit.page.get_by_role("heading", name="找贷款")).to_be_visible()
    visit.keep("home-desktop")
