"""The site put on the home screen: a browser agrees, a new version takes over, and it can be taken away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import LAUNCH_ARGUMENTS, chromium_path
from tests.support.serving import free_port, serving

ELSEWHERE = "shop.example"
IS_IN_CHARGE = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
FILES = "caches.keys().then(names => names.filter(name => name.startsWith('huiqi-files-')))"
PAGES = """caches.open('huiqi-pages').then(cache => cache.keys())
  .then(all => all.map(each => new URL(each.url).pathname))"""
IS_GONE = """Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()])
  .then(([workers, names]) => workers.length + names.length === 0)"""


@pytest.fixture
def profile(browser: Browser, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser with a profile of its own, since nothing can be installed from a private window. It believes
    that another machine stands where the test site is.
    """
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=chromium_path(),
        args=[*LAUNCH_ARGUMENTS, f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1"],
        locale="zh-CN",
    )
    yield context
    context.close()


def complaints_of(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda each: said.append(each.text) if each.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_a_browser_finds_nothing_in_the_way_of_installing(profile: BrowserContext, site: str) -> None:
    page = profile.new_page()
    complaints = complaints_of(page)
    page.goto(site)
    page.wait_for_function(IS_IN_CHARGE)
    tools = profile.new_cdp_session(page)
    manifest = tools.send("Page.getAppManifest")
    assert manifest["url"] == f"{site}/manifest.webmanifest"
    assert manifest["errors"] == []
    assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert complaints == []


def test_over_plain_http_to_another_machine_there_is_no_worker_and_no_complaint(
    profile: BrowserContext, tmp_path: Path
) -> None:
    port = free_port()
    with serving(tmp_path / "data", port, HUIQI_ALLOWED_HOSTS=f"{ELSEWHERE},127.0.0.1"):
        page = profile.new_page()
        complaints = complaints_of(page)
        page.goto(f"http://{ELSEWHERE}:{port}/offline/")
        assert page.evaluate("'serviceWorker' in navigator") is False
        expect(page.get_by_text("现在还没有。")).to_be_visible()
        page.get_by_role("link", name="首页").click()
        expect(page).to_have_url(f"http://{ELSEWHERE}:{port}/")
        page.wait_for_load_state("networkidle")
        # The browser's own remark, on every plain page: a header that only counts over HTTPS.
        assert [each for each in complaints if "Cross-Origin-Opener-Policy" not in each] == []


def test_a_new_version_takes_over_and_the_switch_takes_everything_away(
    profile: BrowserContext, tmp_path: Path
) -> None:
    port, data = free_port(), tmp_path / "data"
    page = profile.new_page()
    with serving(data, port) as home:
        page.goto(home + "/about/")
        page.wait_for_function(IS_IN_CHARGE)
        page.wait_for_function(f"{PAGES}.then(kept => kept.includes('/about/'))")
        before = page.evaluate(FILES)
    # The server is away, and the browser believes in its network.
    page.goto(home + "/about/")
    expect(page.locator("#said")).to_contain_text("现在没有网络。这是您")
    with serving(data, port, HUIQI_CITY="410100"):
        page.reload()
        expect(page.locator("#said")).to_be_empty()
        page.evaluate("navigator.serviceWorker.ready.then(worker => worker.update())")
        page.wait_for_function(
            f"before => {FILES}.then(now => now.length === 1 && now[0] !== before)", arg=before[0]
        )
        expect(page.locator("h1")).to_have_text("帮助")
        assert page.evaluate(PAGES) == ["/about/"]
    with serving(data, port, HUIQI_OFFLINE="0"):
        page.goto(home + "/about/")
        page.evaluate("navigator.serviceWorker.ready.then(worker => worker.update())")
        page.wait_for_function(IS_GONE)
        page.goto(home + "/policies/")
        expect(page.locator("h1")).to_be_visible()
