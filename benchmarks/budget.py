"""What every page weighs and when it stands, on a phone with a slow line: docs/reference/budget.md.

`python -m benchmarks.budget`. A real Chromium, 390 × 844, its line and processor held back through the
developer tools' protocol. The first visit finds an empty device, the second what the first one left.
"""

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks import machine
from tests.journeys.test_every_page import OPEN_PAGES, OWN_PAGES
from tests.support.browser import LAUNCH_ARGUMENTS, chromium_path
from tests.support.serving import free_port, serving

REPORT = Path(__file__).parents[1] / "docs/reference/budget.md"
PHONE: Mapping[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
}
LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 200_000 / 8,
}
SLOWER_PROCESSOR = 4
LONGEST_MS = 60_000
LARGEST_PAINT = """() => new Promise(done => new PerformanceObserver(
  list => done(list.getEntries().at(-1).startTime)
).observe({type: 'largest-contentful-paint', buffered: true}))"""


@dataclass(frozen=True, slots=True)
class Load:
    """One visit: bytes over the wire, headers included; requests; milliseconds to the largest paint."""

    size: int
    requests: int
    paint_ms: float


@dataclass(frozen=True, slots=True)
class Weight:
    """One page. ``elsewhere`` are the requests that left the origin on both visits, which must not be."""

    name: str
    first: Load
    second: Load
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Budget:
    """Every page, and how long it takes from the home to the first verdict, in seconds."""

    pages: tuple[Weight, ...]
    first_verdict_s: float


def measure() -> Budget:
    """Every page of the journeys once, and the way from the home to the first verdict."""
    with _browser() as (browser, home):
        opened = [_weigh(browser.new_context(**PHONE), home, *page) for page in OPEN_PAGES.items()]
        own = [_weigh(_answered(browser, home), home, *page) for page in OWN_PAGES.items()]
        return Budget((*opened, *own), _first_verdict(browser.new_context(**PHONE), home))


@contextmanager
def _browser() -> Iterator[tuple[Browser, str]]:
    with (
        tempfile.TemporaryDirectory() as data,
        serving(Path(data), free_port()) as home,
        sync_playwright() as playwright,
    ):
        launched = playwright.chromium.launch(executable_path=chromium_path(), args=list(LAUNCH_ARGUMENTS))
        yield launched, home
        launched.close()


def _answered(browser: Browser, home: str) -> BrowserContext:
    """A device on which the form was answered, with nothing else kept from it."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{home}/matching/")
    _answer(page)
    cookies = context.cookies()
    context.close()
    fresh = browser.new_context(**PHONE)
    fresh.add_cookies(cookies)
    return fresh


def _answer(page: Page) -> None:
    """温县, 个体工商户, 正餐服务."""
    page.locator("select[name=region_code]").select_option("410825")
    page.locator("[name=entity_type]").first.select_option("individual_business")
    page.locator("select[name=industry_code]").select_option("H6210")
    page.get_by_role("button", name="看结果").click()
    page.locator("#counts").wait_for()


def _weigh(context: BrowserContext, home: str, name: str, address: str) -> Weight:
    left: list[str] = []
    context.on(
        "request", lambda request: left.append(request.url) if _is_elsewhere(request.url, home) else None
    )
    loads = [_load(context, home + address) for _ in range(2)]
    context.close()
    return Weight(name, *loads, elsewhere=len(left))


def _is_elsewhere(address: str, home: str) -> bool:
    return not address.startswith((home, "data:"))


def _load(context: BrowserContext, address: str) -> Load:
    page = context.new_page()
    sizes: list[float] = []
    session = _held_back(context, page)
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, timeout=LONGEST_MS, wait_until="load")
    paint = float(page.evaluate(LARGEST_PAINT))
    page.close()
    return Load(round(sum(sizes)), len(sizes), paint)


def _held_back(context: BrowserContext, page: Page) -> Any:
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    return session


def _first_verdict(context: BrowserContext, home: str) -> float:
    """From the home over the form to the results, as fast as its pages allow."""
    page = context.new_page()
    page.set_default_timeout(LONGEST_MS)
    _held_back(context, page)
    began = time.perf_counter()
    page.goto(home)
    page.get_by_role("link", name="现在就看").click()
    _answer(page)
    taken = time.perf_counter() - began
    context.close()
    return taken


def report(budget: Budget) -> str:
    """The table as Markdown."""
    lines = [
        "# What a page weighs",
        "",
        "Written by `python -m benchmarks.budget`: Chromium, 390 × 844, 400 kbit/s down, 200 kbit/s up,",
        f"400 ms, processor {SLOWER_PROCESSOR} times slower. Bytes as they cross the wire, headers included;",
        "paint is the largest contentful paint. The first visit finds an empty device.",
        "",
        f"From the home to the first verdict, without a pause: {budget.first_verdict_s:.1f} s.",
        "",
        "| page | kB | requests | paint s | again kB | requests | paint s | elsewhere |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *map(_row, budget.pages),
        "",
        "; ".join(f"{label}: {value}" for label, value in machine.description().items()),
    ]
    return "\n".join(lines) + "\n"


def _row(page: Weight) -> str:
    cells = [
        f"{load.size / 1000:.1f} | {load.requests} | {load.paint_ms / 1000:.2f}"
        for load in (page.first, page.second)
    ]
    return f"| {page.name} | {' | '.join(cells)} | {page.elsewhere} |"


if __name__ == "__main__":
    text = report(measure())
    REPORT.write_text(text, encoding="utf-8")
    print(text)
