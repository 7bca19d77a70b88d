"""Every page, on a phone and on a desktop: clean for readers, fingers and slow lines."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARE_TAKEN, LARGE_AND_NOT, Visit
from tests.journeys.test_noodle_shop import answer_the_form

LARGEST_FIRST_PAGE = 100_000
OPEN_PAGES = {
    "home": "/",
    "services": "/services/",
    "closing": "/closing/",
    "help": "/about/",
    "offline": "/offline/",
    "form": "/matching/",
    "list": "/policies/",
    "list-elsewhere": "/policies/?place=elsewhere&ended=1&page=2",
    "list-empty": "/policies/?q=大棚鹿茸",
    "item": "/policies/jz-tour-coach-2026/",
    "item-loan": "/policies/bank-ccb-yunshui/",
    "item-expired": "/policies/jz-tour-coach-1night-2025/",
    "calculator": "/calculator/",
    "calculator-item": "/calculator/cn-tax-pit-individual-half/",
    "calculator-own-figures": "/calculator/cn-tax-disabled-vat-refund/?minimum_wage=2000&vat_paid=很多",
    "calculator-review": "/calculator/jz-returnee-project-city/",
    "calculator-unsaid": "/calculator/hn-gx-robot-replace-500w/",
    "calculator-elsewhere": "/calculator/zz-kj-high-tech-tier-2019/",
    "item-history": "/policies/jz-tour-coach-2026/history/",
    "item-poster": "/policies/jz-tour-coach-2026/poster/",
    "item-mistake": "/policies/jz-tour-coach-2026/mistake/",
    "item-elsewhere": "/policies/xc-open-5000/",
    "verify": "/verify/?number=1&code=2",
}
OWN_PAGES = {
    "home-own": "/",
    "results": "/matching/results/",
    "results-loans": "/matching/results/?kind=loan",
    "verdict-refused": "/matching/items/jz-tour-coach-2026/",
    "verdict-open": "/matching/items/hn-hr-mass-startup-basic/",
    "verdict-fitting": "/matching/items/cn-tax-six-two-fees-half/",
    "calculator-own": "/calculator/",
    "calculator-refused": "/calculator/jz-tour-coach-2026/?trips=3",
    "step-list": "/matching/lists/money/",
    "question-for-an-item": "/matching/questions/employees/?item=cn-tax-vat-1pct",
    "question-many": "/matching/questions/owner_identity/",
    "question-number": "/matching/questions/employees/",
    "question-yes-no": "/matching/questions/is_operating/",
}


@pytest.mark.parametrize("visit", LARGE_AND_NOT, indirect=True)
@pytest.mark.parametrize("name", OPEN_PAGES)
def test_an_open_page_has_no_fault(visit: Visit, name: str) -> None:
    answer = visit.go(OPEN_PAGES[name])
    assert answer is not None
    assert answer.ok
    assert faults_of(visit, name) == []


@pytest.mark.parametrize("visit", LARGE_AND_NOT, indirect=True)
def test_the_pages_of_someone_who_answered_have_no_fault(visit: Visit) -> None:
    visit.go("/matching/")
    answer_the_form(visit.page)
    faults = {}
    for name, address in OWN_PAGES.items():
        visit.go(address)
        faults[name] = faults_of(visit, name)
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("visit", ["phone-contrast", "phone-elder"], indirect=True)
def test_the_check_sees_a_page_that_is_spoiled(visit: Visit) -> None:
    visit.go("/about/")
    visit.page.evaluate("""() => {
      const main = document.querySelector('main');
      main.querySelector('p').style.color = '#707070';
      main.querySelector('h1').style.lineHeight = '1.2';
      main.querySelector('.button').style.cssText = 'min-height: 0; padding: 0';
    }""")
    seen = " ".join(visit.faults())
    assert "small target: " in seen
    assert ("color-contrast-enhanced: " in seen) is (visit.mode == "contrast")
    assert ("tight lines: " in seen) is (visit.mode == "elder")
    visit.page.evaluate("document.querySelector('main').style.width = '500px'")
    assert visit.sideways() == ["scrolls sideways at 390 px", "scrolls sideways at 320 px"]


def faults_of(visit: Visit, name: str) -> list[str]:
    """Of one page, as it is and, unless it is large, in 高对比: large words need less contrast, and what
    长辈版 colours itself is in the frame of every page (test_modes). With pictures to look at: the phone in
    every mode, the desktop as most see it.
    """
    if visit.screen == "phone" or visit.mode == "normal":
        visit.picture(name)
    faults = visit.faults()
    if visit.mode == "elder" and not ARE_TAKEN:
        return faults
    with visit.in_contrast():
        if visit.screen == "phone":
            visit.picture(name)
        return faults + visit.faint_words()


def test_the_page_that_is_not_there_has_no_fault_either(visit: Visit) -> None:
    visit.go("/no/such/page/")
    expect(visit.page.locator("h1")).to_have_text("没有找到这个页面")
    assert visit.faults() == []
    assert [text for text in visit.complaints if "404" not in text] == []
    visit.complaints.clear()  # a browser notes every 404, this one was asked for


def test_the_first_page_weighs_less_than_100_kilobytes(visit: Visit) -> None:
    visit.weigh()
    visit.go("/")
    visit.page.wait_for_load_state("networkidle")
    assert 1_000 < visit.bytes_received < LARGEST_FIRST_PAGE


def test_the_keyboard_finds_the_text_first_and_sees_where_it_is(visit: Visit) -> None:
    visit.go("/policies/")
    visit.page.keyboard.press("Tab")
    expect(visit.page.get_by_role("link", name="跳到正文")).to_be_focused()
    outline = visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#main")).to_be_focused()


def test_the_form_can_be_filled_by_keyboard_alone(visit: Visit) -> None:
    visit.go("/matching/")
    visit.page.get_by_label("您的营业执照是在哪个县（市、区）登记的？").focus()
    visit.page.keyboard.press("ArrowDown")
    for _ in range(20):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.textContent.trim()") == "看结果":
            break
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("h1")).to_have_text("您能享受什么")
