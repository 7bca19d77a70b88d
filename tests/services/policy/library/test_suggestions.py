"""Suggestions while typing, as the fragment a browser puts below the search."""

import re
import time
from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client

from huiqi.services.policy.library.queries import find_items, suggest
from huiqi.services.policy.library.queries.lists import ItemFilters
from tests.services.policy.library.test_search import HOSTILE

DAY = date(2026, 11, 24)


def links(client: Client, text: str) -> list[str]:
    html = client.get("/policies/suggest/", {"q": text}).content.decode()
    return [unquote(link) for link in re.findall(r'href="([^"]+)"', html)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("稳", "/policies/jz-hr-stabilize-refund-2025/"),
        ("wengang", "/policies/jz-hr-stabilize-refund-2025/"),
        ("Wen'gang", "/policies/jz-hr-stabilize-refund-2025/"),
        ("wgfh", "/policies/jz-hr-stabilize-refund-2025/"),
        ("焦作 gaoqi", "/policies/jz-kj-high-tech-20w/"),
        ("大巴", "/policies/jz-tour-coach-2026/"),
        ("摆", "/policies/?q=摆摊"),
        ("bait", "/policies/?q=摆摊"),
        ("小微企业贷", "/policies/?q=小微企业贷款"),
        ("摆摊 bu", "/policies/?q=摆摊 补贴"),
    ],
)
def test_what_is_typed_leads_there_before_it_is_finished(
    client: Client, library, typed: str, wanted: str
) -> None:
    assert wanted in links(client, typed)


def test_there_are_at_most_eight_and_each_leads_somewhere(client: Client, library) -> None:
    found = links(client, "贷")
    assert 3 < len(found) <= 8
    assert len(set(found)) == len(found)
    for link in found:
        assert client.get(link).status_code == 200


def test_a_completed_search_finds_something(library) -> None:
    everything = ItemFilters(is_in_force=False)
    for typed in "补贷税开招稳返免社":
        for each in suggest(typed, DAY):
            if not each.item_id:
                found = find_items(library, everything, each.text, 1, DAY)
                assert found.wholly or found.elsewhere, each.text


def test_items_in_force_come_first_and_those_of_other_places_never(library) -> None:
    for typed in ("奖励", "补贴", "daba", "创业"):
        items = [each for each in suggest(typed, DAY) if each.item_id]
        assert items
        assert [each.is_shut for each in items] == sorted(each.is_shut for each in items)
        assert all(library.items[each.item_id].is_local for each in items)


@pytest.mark.parametrize("typed", ["", " ", "\u3000\t"])
def test_nothing_typed_suggests_nothing(client: Client, library, typed: str) -> None:
    page = client.get("/policies/suggest/", {"q": typed})
    assert (page.status_code, page.content) == (200, b"")


def test_nothing_found_is_said_to_those_who_cannot_see(client: Client, library) -> None:
    html = client.get("/policies/suggest/", {"q": "鹿茸"}).content.decode()
    assert "<ul" not in html
    assert "没有建议" in html


@pytest.mark.parametrize("text", [*HOSTILE, "<script>alert(1)</script>", "<b>贷", 'x" onfocus="'])
def test_no_text_breaks_the_suggestions_or_their_page(client: Client, library, text: str) -> None:
    page = client.get("/policies/suggest/", {"q": text})
    assert page.status_code == 200
    html = page.content.decode()
    assert "<script" not in html
    assert "<b>" not in html
    assert "onfocus" not in html


def test_typing_costs_one_query_a_time(client: Client, library, django_assert_num_queries) -> None:
    client.get("/policies/suggest/", {"q": "贷"})
    with django_assert_num_queries(1):
        client.get("/policies/suggest/", {"q": "bu"})


def test_suggestions_keep_up_with_the_fingers(client: Client, library) -> None:
    typed = ["贷", "补", "b", "wg", "wengang", "小微企业", "开业 bu", "x" * 60, "贷 款 补 贴 税 社", "2025"]
    client.get("/policies/suggest/", {"q": "贷"})
    seconds = []
    for text in typed * 5:
        began = time.process_time()
        client.get("/policies/suggest/", {"q": text})
        seconds.append(time.process_time() - began)
    # The time of this process alone: others may use the machine meanwhile.
    assert sorted(seconds)[int(len(seconds) * 0.95)] < 0.01


def test_a_new_edition_is_suggested_at_once(client: Client, library) -> None:
    from tests.services.policy.library.test_loading import LATER, SOME, load_seed, with_title  # noqa: PLC0415

    assert links(client, "饺子馆") == []
    load_seed(with_title("饺子馆专用减税"), LATER)
    assert f"/policies/{SOME}/" in links(client, "饺子馆")
    assert f"/policies/{SOME}/" in links(client, "jiaoziguan")
