"""An owner hands in a licence from a phone, sees it scanned, fetches it back and removes it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, FilePayload, expect

from tests.foundation.documents.files import pdf, photograph_with_place
from tests.journeys.conftest import LARGE_AND_NOT, MODES, Visit, press
from tests.support.clamd import TEST_VIRUS, private_clamd
from tests.support.serving import free_port, serving
from tests.support.signing_in import session_of

LONG_NAME = "一份名字非常长的材料" * 6 + ".pdf"
MOST_LOOKS = 100


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A site with a scanner, and the session of an owner."""
    folder = tmp_path_factory.mktemp("documents")
    with private_clamd() as clamd, serving(folder, free_port(), HUIQI_CLAMD=clamd.unix) as address:
        yield address, session_of(folder, "owner", "business", "温县演示示例面馆")


@pytest.fixture(params=LARGE_AND_NOT)
def owner(
    request: pytest.FixtureRequest, shop: tuple[str, str], contexts: dict[str, BrowserContext]
) -> Iterator[Visit]:
    screen, _, mode = request.param.partition("-")
    address, session = shop
    context = contexts[screen]
    context.clear_cookies()
    cookies = {"sessionid": session, "modes": MODES[mode]}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    visit = Visit(context.new_page(), address, screen, mode)
    visit.watch()
    yield visit
    visit.page.close()
    assert visit.complaints == []


def test_a_file_is_handed_in_scanned_fetched_and_removed(owner: Visit) -> None:
    page = owner.page
    owner.go("/documents/")
    page.set_input_files(
        "#i-files", [_file("营业执照.jpg", photograph_with_place()), _file("网页.jpg", b"<html>")]
    )
    press(page.get_by_role("button", name="上传"))
    expect(page.get_by_text("这是网页或矢量图")).to_be_visible()
    faults = {"refused": owner.faults()}
    owner.picture("documents-refused")
    _look_until_scanned(owner)
    faults["shelf"] = owner.faults()
    with page.expect_download() as fetched:
        press(page.get_by_role("link", name="下载 营业执照.jpg").first)
    assert fetched.value.suggested_filename == "营业执照.jpg"
    page.get_by_role("link", name="删除 营业执照.jpg").first.click()
    faults["remove"] = owner.faults()
    owner.picture("documents-remove")
    press(page.get_by_role("button", name="删除"))
    expect(page.get_by_text("营业执照.jpg")).to_have_count(0)
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_virus_is_shown_as_one_and_can_not_be_fetched(owner: Visit) -> None:
    page = owner.page
    owner.go("/documents/")
    infected = pdf(more=b"% " + TEST_VIRUS + b"\n")
    page.set_input_files("#i-files", [_file(LONG_NAME, infected)])
    press(page.get_by_role("button", name="上传"))
    _look_until_scanned(owner)
    expect(page.get_by_text("有病毒，已隔离").first).to_be_visible()
    assert page.get_by_role("link", name=f"下载 {LONG_NAME[:20]}").count() == 0
    assert owner.faults() == []
    owner.picture("documents-infected")


def _file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _look_until_scanned(owner: Visit) -> None:
    """The scan is a job of another process: there is nothing to wait on but what the page says."""
    for _ in range(MOST_LOOKS):
        owner.go("/documents/")
        if owner.page.get_by_text("正在查毒").count() == 0:
            return
        owner.page.wait_for_timeout(100)
    raise AssertionError("the scan did not come")
