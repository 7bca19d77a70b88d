"""The list and the item as a visitor gets them."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from huiqi.catalogue.items import Delivery, SourceKind
from tests.services.policy.seed import LOADED_AT, load_seed, shipped


def test_the_list_shows_local_items_with_links_to_each(client: Client, library) -> None:
    page = client.get("/policies/")
    assert page.status_code == 200
    links = re.findall(r'href="/policies/([a-z0-9_-]+)/"', page.content.decode())
    assert len(set(links)) == 20
    assert all(library.items[item_id].is_local for item_id in links)


def test_what_a_list_is_narrowed_to_stands_in_its_address(client: Client, library) -> None:
    page = client.get("/policies/", {"place": "elsewhere", "group": "loan", "q": "贷", "page": "1"})
    html = page.content.decode()
    links = re.findall(r'href="/policies/([a-z0-9_-]+)/"', html)
    assert links
    assert not any(library.items[item_id].is_local for item_id in links)
    assert 'value="elsewhere"' in html
    assert 'value="贷"' in html


@pytest.mark.parametrize(
    "query",
    [
        {"page": "-1"},
        {"page": "三"},
        {"page": "99999999999999999999"},
        {"level": "galaxy", "kind": "gift", "group": "x", "place": "?"},
        {"q": "'; DROP TABLE library_policyitem; --"},
        {"q": "\x00𠮷\ud7ff" * 50},
        {"q": "<script>alert(1)</script>"},
    ],
)
def test_a_query_that_makes_no_sense_is_answered_calmly(client: Client, library, query) -> None:
    page = client.get("/policies/", query)
    assert page.status_code == 200
    assert b"<script>" not in page.content


def test_a_search_that_finds_nothing_says_so_and_shows_the_list(client: Client, library) -> None:
    html = client.get("/policies/", {"q": "鹿茸"}).content.decode()
    assert "没有找到写着这些字的" in html
    assert len(set(re.findall(r'href="/policies/([a-z0-9_-]+)/"', html))) == 20


def test_choices_that_exclude_each_other_say_so(client: Client, library) -> None:
    html = client.get("/policies/", {"q": "稳岗", "kind": "loan_product", "ended": "0"}).content.decode()
    assert "没有合适的" in html
    assert "放宽一个条件" in html


def test_a_slip_is_followed_and_other_readings_are_offered(client: Client, library) -> None:
    html = client.get("/policies/", {"q": "稳刚返还"}).content.decode()
    assert "您是不是要找" in html
    assert "q=%E7%A8%B3%E5%B2%97%E8%BF%94%E8%BF%98" in html  # 稳岗返还
    assert "/policies/jz-hr-stabilize-refund-2025/" in html


def test_a_search_tells_how_many_there_are_elsewhere(client: Client, library) -> None:
    html = client.get("/policies/", {"q": "开业补贴"}).content.decode()
    assert re.search(r"外地还有 [1-9]\d* 项", html)


def test_a_word_nobody_wrote_is_named(client: Client, library) -> None:
    html = client.get("/policies/", {"q": "鹿茸 补贴"}).content.decode()
    assert "没有哪一项写着“鹿茸”" in html


def test_a_search_shows_ended_items_and_its_choices_keep_the_words(client: Client, library) -> None:
    html = client.get("/policies/", {"q": "稳岗"}).content.decode()
    assert "/policies/jz-hr-stabilize-refund-2025/" in html
    assert "q=%E7%A8%B3%E5%B2%97&amp;" in html or "&amp;q=%E7%A8%B3%E5%B2%97" in html
    in_force = client.get("/policies/", {"q": "稳岗", "ended": "0"}).content.decode()
    assert "/policies/jz-hr-stabilize-refund-2025/" not in in_force


def test_the_item_page_answers_the_four_questions_and_names_the_source(client: Client, library) -> None:
    html = client.get("/policies/cn-tax-vat-exempt-100k/").content.decode()
    for heading in ("给谁", "给多少", "截止", "怎么办", "依据"):
        assert heading in html
    item = library.items["cn-tax-vat-exempt-100k"].item
    assert item.doc_no in html
    assert all(sentence in html for sentence in item.conditions_text)
    assert item.source.url.replace("&", "&amp;") in html
    assert "月销售额不超过 10 万元" in html


def test_no_page_ever_shows_the_address_of_a_mirror(client: Client, library) -> None:
    mirrors = [each.item for each in library.items.values() if each.item.source.kind is SourceKind.MIRROR]
    assert len(mirrors) > 20
    for item in mirrors:
        html = client.get(f"/policies/{item.id}/").content.decode()
        assert item.source.url.split("/")[2] not in html
        assert "原网页不便公开" in html


@pytest.mark.one_database
def test_every_item_has_a_page(client: Client, library) -> None:
    for item_id in library.items:
        assert client.get(f"/policies/{item_id}/").status_code == 200


def test_an_expired_item_says_so_and_offers_no_check(client: Client, library) -> None:
    html = client.get("/policies/jz-tour-coach-1night-2025/").content.decode()
    assert "已经过期" in html
    assert "看看我符不符合" not in html


def test_an_item_of_another_place_says_it_cannot_be_used_here(client: Client, library) -> None:
    elsewhere = next(each.item for each in library.items.values() if not each.is_local)
    html = client.get(f"/policies/{elsewhere.id}/").content.decode()
    assert "只供参考" in html
    assert "看看我符不符合" not in html


def test_an_item_that_does_not_exist_is_a_page_not_found(client: Client, library) -> None:
    page = client.get("/policies/no-such-item/")
    assert page.status_code == 404
    assert "没有找到这个页面" in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/policies/", "/policies/?ended=1&page=2", "/policies/jz-tour-coach-2026/poster/"]
)
def test_a_page_of_the_library_costs_the_library_and_the_numbers(
    client: Client, library, django_assert_num_queries, address: str
) -> None:
    client.get(address)
    with django_assert_num_queries(2):
        client.get(address)


def test_what_comes_by_itself_asks_for_no_papers_and_no_call(client: Client, library) -> None:
    by_itself = client.get("/policies/cn-tax-six-two-fees-half/").content.decode()
    assert "不用带材料，系统自动享受。" in by_itself
    assert "打电话问清" not in by_itself
    applied_for = next(
        each.item.id
        for each in library.items.values()
        if each.item.delivery is Delivery.BY_APPLICATION and not each.item.materials
    )
    html = client.get(f"/policies/{applied_for}/").content.decode()
    assert "来源没有写要带什么材料" in html
    assert "不用带材料" not in html


def test_papers_a_source_names_are_told_even_where_nobody_applies(client: Client, library) -> None:
    html = client.get("/policies/cn-tax-community-service-vat/").content.decode()
    assert "服务协议等留存备查" in html
    assert "不用带材料" not in html


def test_a_search_costs_three_queries(client: Client, library, django_assert_num_queries) -> None:
    client.get("/policies/", {"q": "摆摊 补贴"})
    with django_assert_num_queries(3):
        client.get("/policies/", {"q": "摆摊 补贴"})


def test_a_county_is_a_choice_that_stays_in_the_links(client: Client, library) -> None:
    html = client.get("/policies/?place=410825").content.decode()
    assert "登记在温县的店和企业都可以看" in html
    assert re.search(r'aria-current="true">温县<', html)
    assert "place=410825&amp;group=loan" in html
    elsewhere = client.get("/policies/?place=410105").content.decode()  # a county of another city
    assert "各县区的" in elsewhere


def test_a_city_without_counties_offers_none(client: Client, library, settings) -> None:
    settings.HUIQI_CITY = "441900"
    html = client.get("/policies/").content.decode()
    assert "县区</h2>" not in html


def test_an_item_that_was_followed_leads_to_the_new_one_and_back(client: Client, library) -> None:
    old = client.get("/policies/jz-tour-coach-1night-2025/").content.decode()
    assert re.search(r'后来有同类的新政策：<a [^>]*href="/policies/jz-tour-coach-2026/"', old)
    new = client.get("/policies/jz-tour-coach-2026/").content.decode()
    assert re.search(r'接替了：<a [^>]*href="/policies/jz-tour-coach-1night-2025/">[^<]*</a>（已过期）', new)
    other = client.get("/policies/cn-tax-vat-1pct/").content.decode()
    assert "新政策" not in other
    assert "接替" not in other


def test_where_no_phone_is_known_the_page_says_whom_to_call(client: Client, library) -> None:
    html = client.get("/policies/jz-tour-coach-2026/").content.decode()
    assert "来源没有写电话" in html
    assert 'href="tel:12345"' in html
    bank = client.get("/policies/bank-ccb-yunshui/").content.decode()
    assert "请到中国建设银行的网点问" in bank
    assert "tel:" not in bank


def test_a_phone_that_is_known_can_be_tapped(client: Client, library) -> None:
    items = dict(shipped().items)
    some = items["jz-tour-coach-2026"]
    items[some.id] = replace(some, office="焦作市文广旅局市场科", phone="0391-1234567")
    load_seed(replace(shipped(), items=items), LOADED_AT)
    html = client.get("/policies/jz-tour-coach-2026/").content.decode()
    assert "焦作市文广旅局市场科" in html
    assert 'href="tel:0391-1234567"' in html
    assert "12345 政务" not in html
