"""An owner reports a mistake, an office prints an item and hangs up its poster."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit, tap

ITEM = "/policies/jz-tour-coach-2026/"
PAGES_OF_PDF = re.compile(rb"/Type\s*/Page\b")


def test_a_mistake_is_reported_and_nothing_is_lost_on_the_way(visit: Visit) -> None:
    visit.go(ITEM)
    visit.page.get_by_role("link", name="这条有误").click()
    visit.page.get_by_label("应该是怎样的？").fill("今年涨到 1.2 万元了")
    tap(visit.page, "送出")
    expect(visit.page.get_by_text("写的都还在，没有丢")).to_be_visible()
    expect(visit.page.get_by_label("应该是怎样的？")).to_have_value("今年涨到 1.2 万元了")
    assert visit.faults() == []
    visit.picture("mistake-refused")
    visit.page.get_by_text("给多少写错了").click()
    tap(visit.page, "送出")
    expect(visit.page.locator("h2")).to_have_text(re.compile(r"编号 2\d{3}-BC-\d{6}-\d\d，已收到"))
    assert visit.faults() == []
    visit.picture("mistake-received", whole=False)


def test_a_printed_item_carries_all_an_office_needs(visit: Visit) -> None:
    visit.go(ITEM)
    visit.page.emulate_media(media="print")
    for heading in ("给谁", "给多少", "截止", "怎么办", "依据"):
        expect(visit.page.get_by_role("heading", name=heading)).to_be_visible()
    expect(visit.page.locator(".printed")).to_contain_text("办理时以主管部门为准")
    expect(visit.page.locator(".printed .qr")).to_be_visible()
    expect(visit.page.get_by_role("link", name="12345")).to_be_visible()
    expect(visit.page.get_by_role("link", name="焦作大巴车队奖励(2025,一晚)")).to_be_visible()
    expect(visit.page.get_by_role("link", name="看看我符不符合")).to_be_hidden()
    visit.picture("item-printed")


def test_the_poster_is_one_sheet_of_paper(visit: Visit) -> None:
    for item in ("jz-tour-coach-2026", "cn-rec-srdi-sme", "cn-tax-six-two-fees-half"):
        visit.go(f"/policies/{item}/poster/")
        sheet = visit.page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "12mm"))
        assert len(PAGES_OF_PDF.findall(sheet)) == 1, item
    visit.page.emulate_media(media="print")
    visit.page.set_viewport_size({"width": 794, "height": 1123})
    visit.picture("poster-printed")
