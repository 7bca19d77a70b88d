"""A real site in a process of its own, and a real browser in front of it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Response, sync_playwright

from tests.support import shared
from tests.support.browser import LAUNCH_ARGUMENTS, chromium_path
from tests.support.serving import free_port, serving

SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
MODES = {"normal": "", "elder": "elder", "contrast": "contrast", "both": "elder.contrast"}
LARGE_AND_NOT = [f"{screen}-{mode}" for screen in sorted(SCREENS) for mode in ("normal", "elder")]
CONTRAST_RULES = ["color-contrast", "color-contrast-enhanced"]
SHOP_CODE = "92410825MATE000109"
REGISTER = f"""credit_code,name,operator,entity_type,region_code,industry_code,established_on
{SHOP_CODE},温县演示𬱖示例面馆0001号,𬱖示例,individual_business,410825,H6210,2024-05-20
"""
SMALLEST_TARGET = 44
SMALLEST_TARGET_ELDER = 60
SMALLEST_ROOT_ELDER = 20
NARROWEST = 320
# What the law asks (WCAG 2.2 AA, with its targets), and what is good manners.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = shared.ROOT / "reports"
FOR_DOCUMENTS = PICTURES / "documents"
ARE_TAKEN = "HUIQI_PICTURES" in os.environ  # one costs as much as its page, and only people look at it

# Links in the flow of text are exempt (WCAG 2.5.8), hidden ones have no size.
TOO_SMALL = """least => [...document.querySelectorAll('a, button, input, select, summary, label.option')]
  .filter(each => !each.matches('.skip, input[type=radio], input[type=checkbox], input[type=hidden]'))
  .filter(each => getComputedStyle(each).display !== 'inline' || !each.closest('p, dd, li')
    || each.closest('p, dd, li').textContent.trim() === each.textContent.trim())
  .map(each => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && Math.min(box.width, box.height) < least - 0.1)
  .map(([html, box]) => `${Math.round(box.width)} x ${Math.round(box.height)} ${html}`)"""
WIDTH = "document.documentElement.scrollWidth"
ROOT_SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
TIGHT_LINES = """[...document.querySelectorAll('main p, main li, main dd, main h1, main h2, main h3')]
  .filter(each => each.innerText && parseFloat(getComputedStyle(each).lineHeight)
    < 1.5 * parseFloat(getComputedStyle(each).fontSize) - 0.1)
  .map(each => each.outerHTML.slice(0, 90))"""


@dataclass
class Visit:
    """A page in a browser, and everything it did that it should not have done."""

    page: Page
    home: str
    screen: str
    mode: str = "normal"
    complaints: list[str] = field(default_factory=list)
    bytes_received: int = 0

    def watch(self) -> None:
        self.page.on("console", lambda said: self._complain_of(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note_request)

    def weigh(self) -> None:
        """Count from now on what comes over the line."""
        self.page.on("requestfinished", self._weigh)

    def go(self, address: str) -> Response | None:
        return self.page.goto(self.home + address)

    def picture(self, name: str, *, whole: bool = True) -> None:
        """To look at, where HUIQI_PICTURES is set. The caret stays as it is: to hide it, a style is written,
        which a list that is being exchanged meanwhile would take over against the policy of the page.
        """
        if not ARE_TAKEN:
            return
        PICTURES.mkdir(exist_ok=True)
        path = PICTURES / f"{self.screen}{'' if self.mode == 'normal' else '-' + self.mode}-{name}.png"
        self.page.screenshot(path=path, full_page=whole, caret="initial")

    def keep(self, name: str) -> None:
        """A picture for the documents, of the screen as it stands; tools/pictures.sh takes it there."""
        if not ARE_TAKEN:
            return
        FOR_DOCUMENTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=FOR_DOCUMENTS / f"{name}.png", caret="initial")

    def faults(self, *, is_covered: bool = False) -> list[str]:
        """What is wrong with the page as it stands: for readers, for fingers, for narrow screens. Where an
        open list covers part of it, what lies half beneath is no target.
        """
        rules = {name: {"enabled": "contrast" in MODES[self.mode]} for name in CONTRAST_RULES[1:]}
        rules["target-size"] = {"enabled": not is_covered}
        faults = self._axe({"runOnly": {"type": "tag", "values": AXE_TAGS}, "rules": rules})
        is_elder = "elder" in MODES[self.mode]
        least = SMALLEST_TARGET_ELDER if is_elder else SMALLEST_TARGET
        faults += [f"small target: {html}" for html in self.page.evaluate(TOO_SMALL, least)]
        if is_elder:
            faults += [f"tight lines: {html}" for html in self.page.evaluate(TIGHT_LINES)]
            if self.page.evaluate(ROOT_SIZE) < SMALLEST_ROOT_ELDER:
                faults.append("small letters")
        return faults + self.sideways()

    @contextmanager
    def in_contrast(self) -> Iterator[None]:
        """The page as it stands, in 高对比: the server changes a class of its frame and nothing else."""
        before, self.mode = self.mode, "both" if self.mode == "elder" else "contrast"
        self.page.evaluate("document.documentElement.classList.add('is-contrast')")
        yield
        self.page.evaluate("document.documentElement.classList.remove('is-contrast')")
        self.mode = before

    def faint_words(self) -> list[str]:
        """Words of less than 7:1."""
        return self._axe({"runOnly": {"type": "rule", "values": CONTRAST_RULES}})

    def sideways(self) -> list[str]:
        """The widths at which the page scrolls sideways: its screen's own and, on a phone, the narrowest."""
        size = SCREENS[self.screen]["viewport"]
        found = []
        for width in [size["width"], *([NARROWEST] if self.screen == "phone" else [])]:
            self.page.set_viewport_size({**size, "width": width})
            if self.page.evaluate(WIDTH) > width:
                found.append(f"scrolls sideways at {width} px")
        self.page.set_viewport_size(size)
        return found

    def _axe(self, options: dict[str, object]) -> list[str]:
        found = (
            Axe().run(self.page, options={**options, "resultTypes": ["violations"]}).response["violations"]
        )
        return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]

    def _complain_of(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:")):
            self.complaints.append(f"request to {request.url}")

    def _weigh(self, request: Request) -> None:
        sizes = request.sizes()
        self.bytes_received += sizes["responseBodySize"] + sizes["responseHeadersSize"]


def tap(page: Page, words: str | re.Pattern[str]) -> None:
    """The button that says these words."""
    press(page.get_by_role("button", name=words))


def press(button: Locator) -> None:
    """As a person does: not within the time of a double click, whose second half the page takes for none."""
    button.wait_for()  # the page that comes next, not the one that is on its way out
    while button.page.evaluate("Date.now() - (sessionStorage.getItem('sent-at') ?? 0)") <= 300:
        continue
    button.click()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One site with its own empty data folder for all journeys that leave it running."""
    folder = tmp_path_factory.mktemp("site")
    _load_register(folder)
    with serving(folder, free_port()) as address:
        yield address


def _load_register(data: Path) -> None:
    """As an operator does, so that a shop can be found by its code."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    (data / "register.csv").write_text(REGISTER, encoding="utf-8")
    command = ["register", f"--businesses={data / 'register.csv'}", "--as-of=2026-11-20"]
    inside = {**known, "HUIQI_DATA": str(data)}
    subprocess.run([sys.executable, "-m", "huiqi.cli", *command], env=inside, check=True, capture_output=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path(), args=list(LAUNCH_ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> dict[str, BrowserContext]:
    """One browser context a screen: a new one for every page would cost more than most pages do."""
    return {
        screen: browser.new_context(locale="zh-CN", reduced_motion="reduce", **settings)
        for screen, settings in SCREENS.items()
    }


@pytest.fixture(params=sorted(SCREENS))
def visit(request: pytest.FixtureRequest, site: str, contexts: dict[str, BrowserContext]) -> Iterator[Visit]:
    """A fresh visitor on a phone and on a desktop, or as the test names it (phone-elder); a complaint of the
    browser fails the test.
    """
    screen, _, mode = request.param.partition("-")
    context = contexts[screen]
    page = context.new_page()
    # Cookies, kept pages and the worker of whoever came before.
    everything = {"origin": site, "storageTypes": "all"}
    context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
    context.clear_cookies()
    if mode:
        context.add_cookies([{"name": "modes", "value": MODES[mode], "url": site}])
    visit = Visit(page, site, screen, mode or "normal")
    visit.watch()
    yield visit
    visit.page.close()
    assert visit.complaints == []
