"""A real site in a process of its own, and a real browser in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, sync_playwright

from tests.support import shared
from tests.support.browser import LAUNCH_ARGUMENTS, chromium_path

SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
LONGEST_START = 60
SMALLEST_TARGET = 44
PICTURES = shared.ROOT / "reports"

# Links inside a sentence are exempt (WCAG 2.5.8), hidden ones have no size.
TOO_SMALL = """least => [...document.querySelectorAll('a, button, input, select, summary, label.option')]
  .filter(each => !each.matches('.skip, input[type=radio], input[type=checkbox], input[type=hidden]'))
  .map(each => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.height < least || box.width < 24))
  .map(([html]) => html)"""


@dataclass
class Visit:
    """A page in a browser, and everything it did that it should not have done."""

    page: Page
    home: str
    screen: str
    complaints: list[str] = field(default_factory=list)
    bytes_received: int = 0

    def watch(self) -> None:
        self.page.on("console", lambda said: self._complain_of(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note_request)
        self.page.on("requestfinished", self._weigh)

    def go(self, address: str) -> Response | None:
        return self.page.goto(self.home + address)

    def picture(self, name: str, *, whole: bool = True) -> Path:
        PICTURES.mkdir(exist_ok=True)
        path = PICTURES / f"{self.screen}-{name}.png"
        self.page.screenshot(path=path, full_page=whole)
        return path

    def faults(self) -> list[str]:
        """What is wrong with the page as it stands: for readers, for fingers, for narrow screens."""
        found = Axe().run(self.page).response["violations"]
        faults = [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]
        faults += [f"small target: {html}" for html in self.page.evaluate(TOO_SMALL, SMALLEST_TARGET)]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append("scrolls sideways")
        return faults

    def _complain_of(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:")):
            self.complaints.append(f"request to {request.url}")

    def _weigh(self, request: Request) -> None:
        sizes = request.sizes()
        self.bytes_received += sizes["responseBodySize"] + sizes["responseHeadersSize"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site started as an operator starts it, with its own empty data folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known = {name: value for name, value in os.environ.items() if not name.startswith("HUIQI_")}
    environment = {**known, "HUIQI_DATA": str(tmp_path_factory.mktemp("site")), "HUIQI_MODE": "demo"}
    command = [sys.executable, "-m", "huiqi.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_until_well(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_until_well(address: str, server: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + LONGEST_START
    while time.monotonic() < last and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)  # another process: there is nothing to wait on but its answer
    raise RuntimeError(f"The site did not come up within {LONGEST_START} s (exit {server.poll()}).")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path(), args=list(LAUNCH_ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(params=sorted(SCREENS))
def visit(request: pytest.FixtureRequest, site: str, browser: Browser) -> Iterator[Visit]:
    """A fresh visitor on a phone and on a desktop; a complaint of the browser fails the test."""
    context: BrowserContext = browser.new_context(locale="zh-CN", **SCREENS[request.param])
    visit = Visit(context.new_page(), site, request.param)
    visit.watch()
    yield visit
    context.close()
    assert visit.complaints == []
