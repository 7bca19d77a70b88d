"""Search as an owner uses it, on the shipped catalogue and on whichever database runs."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.search import HELD_OUT, KNOWN, Found, queries
from huiqi.catalogue.items import Delivery
from huiqi.core.rules.rule import WindowState
from huiqi.foundation.storage.search import Hit
from huiqi.foundation.storage.search.words import Segmenter
from huiqi.services.policy.library.actions import loading
from huiqi.services.policy.library.domain import Audience
from huiqi.services.policy.library.queries import (
    Answer,
    Finding,
    ItemFilters,
    current_library,
    find_items,
    matching_items,
)
from huiqi.services.policy.library.queries.searches import _ranked
from huiqi.services.policy.library.search import library_index, segmenter
from tests.services.policy.seed import LOADED_AT, load_seed, shipped

DAY = date(2026, 11, 23)
HERE = ItemFilters(is_in_force=False)
ELSEWHERE = replace(HERE, is_local=False)
HOSTILE = [
    '"',
    "'; DROP TABLE library_search; --",
    '" OR 1=1 --',
    "稳岗 AND NOT NEAR(补贴, 2) OR *",
    "title : 补贴^2 -贷款 +社保",
    "a & b | !c <-> d:*",
    "{place} : 410800",
    "\x00\x01\ufeff",
    "%%s %(q)s {0}",
    "😀🀄️🧧",
    "𠮷野家",
    "١٢٣ ⅣⅣ ﬁ ß İ",
    "贷" * 10_240,
    "贷款 " * 3_000,
    "\\" * 50,
]


def find(filters: ItemFilters, text: str, page: int, as_of: date) -> Finding:
    return find_items(current_library(), filters, text, page, as_of)


def ids(finding: Finding) -> list[str]:
    return [each.item.id for each in finding.page.items]


def every_id(filters: ItemFilters, text: str) -> list[str]:
    pages = find(filters, text, 1, DAY).page.pages
    return [each for page in range(1, pages + 1) for each in ids(find(filters, text, page, DAY))]


@pytest.mark.parametrize(("searches", "recall", "mrr"), [(KNOWN, 0.85, 0.85), (HELD_OUT, 0.75, 0.70)])
def test_owners_find_what_they_mean_in_their_own_words(
    library, searches: str, recall: float, mrr: float
) -> None:
    found = [
        Found(query, tuple(ids(find(replace(HERE, is_local=query.is_local), query.text, 1, DAY))))
        for query in queries(searches)
    ]
    assert len(found) == 60
    assert all(each.ids for each in found)
    assert sum(each.recall for each in found) / 60 >= recall
    assert sum(each.reciprocal_rank for each in found) / 60 >= mrr


def test_what_is_over_counts_half_and_so_does_half_an_answer(library) -> None:
    over, open_item, other = "jz-hr-stabilize-refund-2025", "hn-hr-hard-employ-si", "hn-hr-sme-graduate-si"
    ranked = [Hit(over, 10, 1), Hit(open_item, 6, 1), Hit(other, 4, 1)]
    assert [each.item.id for each, _ in _ranked(library, ranked, DAY)] == [open_item, over, other]
    partly = [Hit(open_item, 9, 1 / 3), Hit(other, 6, 2 / 3)]
    assert [each.item.id for each, _ in _ranked(library, partly, DAY)] == [other, open_item]


def test_who_asks_for_a_loan_without_a_pledge_is_shown_loans_on_credit(library) -> None:
    first = [library.items[each].item for each in every_id(HERE, "没抵押 贷款")[:5]]
    assert sum(each.loan is not None and "信用" in each.loan.guarantee for each in first) >= 3


def test_every_title_is_found_first_by_its_own_words(library) -> None:
    for each in library.items.values():
        filters = HERE if each.is_local else ELSEWHERE
        assert each.item.id in ids(find(filters, each.item.title, 1, DAY)), each.item.title


def test_every_two_character_word_of_a_title_hits_it(library) -> None:
    dictionary = Segmenter(())._jieba
    places: dict[tuple[str, bool], set[str]] = {}
    for each in library.items.values():
        for word in re.findall(r"(?=([\u4e00-\u9fff]{2}))", each.item.title):
            if dictionary.has_word(word):
                places.setdefault((word, each.is_local), set()).add(each.item.id)
    assert len(places) > 200
    missed = {
        word: wanted - found
        for (word, is_local), wanted in places.items()
        if not wanted <= (found := set(every_id(replace(HERE, is_local=is_local), word)))
    }
    assert missed == {}


@pytest.mark.parametrize(
    "word", ["稳岗", "转贷", "租金", "扩岗", "续贷", "高企", "贴息", "托育", "包机", "科小"]
)
def test_two_characters_are_enough(library, word: str) -> None:
    assert find(HERE, word, 1, DAY).page.items


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("wengang", "jz-hr-stabilize-refund-2025"),
        ("zhuanjingtexin", "cn-rec-srdi-sme"),
        ("zjtx", "cn-rec-srdi-sme"),
        ("baoji", "jz-tour-charter-domestic-2026"),
        ("cjr", "cn-tax-disabled-wage-100"),
        ("稳刚返还", "jz-hr-stabilize-refund-2025"),
        ("专精特薪", "cn-rec-srdi-sme"),
        ("残宝金", "cn-fee-disabled-fund-50"),
        ("增值说", "cn-tax-vat-exempt-100k"),
        ("zengzhishu", "cn-tax-vat-exempt-100k"),
    ],
)
def test_pinyin_and_slips_lead_there_and_are_said_to_be_guesses(library, typed: str, wanted: str) -> None:
    finding = find(HERE, typed, 1, DAY)
    assert wanted in every_id(HERE, typed)
    assert finding.guesses


def test_what_answers_every_word_comes_before_what_answers_some(library) -> None:
    finding = find(HERE, "旅行社 包机", 1, DAY)
    assert finding.how is Answer.WORDS
    assert 0 < finding.wholly < finding.page.total
    assert set(ids(finding)[: finding.wholly]) == {
        "jz-tour-charter-domestic-2026",
        "jz-tour-charter-overseas-2026",
    }


def test_ended_items_come_last_among_those_that_answer_alike(library) -> None:
    finding = find(HERE, "旅游专列", 1, DAY)
    items = finding.page.items[: finding.wholly]
    ended = [each.item.window.state(DAY) is not WindowState.OPEN for each in items]
    assert ended == sorted(ended)
    assert any(ended)
    assert not all(ended)


def test_the_city_sees_its_own_chain_and_is_told_of_the_rest(library) -> None:
    here, there = find(HERE, "开业补贴", 1, DAY), find(ELSEWHERE, "开业补贴", 1, DAY)
    assert all(each.is_local for each in here.page.items)
    assert not any(each.is_local for each in there.page.items)
    assert here.elsewhere == there.wholly > 0
    assert there.elsewhere == here.wholly


def test_facets_narrow_what_a_search_found(library) -> None:
    filters = replace(HERE, needs_applying=False)
    found = find(filters, "补贴", 1, DAY).page.items
    assert found
    assert all(each.item.delivery is Delivery.WITHOUT_APPLYING for each in found)


def test_an_audience_is_ruled_out_only_by_the_form_of_business(library) -> None:
    individual = {
        each.item.id for each in matching_items(library, replace(HERE, audience=Audience.INDIVIDUAL), DAY)
    }
    firm = {each.item.id for each in matching_items(library, replace(HERE, audience=Audience.FIRM), DAY)}
    assert "cn-tax-pit-individual-half" in individual - firm
    assert "cn-tax-cit-small-low-profit" in firm - individual
    assert "cn-tax-vat-exempt-100k" in individual & firm


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_a_search_and_every_page_shows_something(library, text: str) -> None:
    for filters in (HERE, ELSEWHERE):
        assert find(filters, text, 1, DAY).page.items
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM library_search")
        assert cursor.fetchone() == (160,)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=60), st.text(alphabet="稳岗贷款补贴 \"'*()^:-&|!<>\\%a1ORANDNEAR", max_size=40)
    )
)
def test_any_text_whatsoever_gives_a_page(library, text: str) -> None:
    assert find(HERE, text, 1, DAY).page.items


def test_nothing_found_shows_the_whole_list_and_says_so(library) -> None:
    finding = find(HERE, "鹿茸", 1, DAY)
    assert finding.how is Answer.NOTHING
    assert finding.page.total == len(matching_items(library, HERE, DAY))


@pytest.mark.parametrize("text", ["稳岗", "摆摊 补贴", "鹿茸", "wengang", "稳刚返还"])
def test_a_search_costs_two_queries_however_it_is_put(library, django_assert_num_queries, text: str) -> None:
    find(HERE, text, 1, DAY)
    with django_assert_num_queries(2 if text != "鹿茸" else 1):
        find(HERE, text, 1, DAY)


def test_the_index_follows_the_edition_and_rests_while_nothing_changes(library, monkeypatch) -> None:
    items = dict(shipped().items)
    some = items["cn-tax-vat-1pct"]
    items[some.id] = replace(some, title="饺子馆专用减税")
    load_seed(replace(shipped(), items=items), LOADED_AT + timedelta(days=1))
    assert ids(find(HERE, "饺子馆", 1, DAY))[0] == some.id
    before = library_index().made_from()
    monkeypatch.setattr(type(library_index()), "rebuild", None)
    load_seed(replace(shipped(), items=items), LOADED_AT + timedelta(days=2))
    assert library_index().made_from() == before


def test_a_load_that_fails_leaves_the_index_as_it_was(library, monkeypatch) -> None:
    items = dict(shipped().items)
    some = items["cn-tax-vat-1pct"]
    items[some.id] = replace(some, title="饺子馆专用减税")
    before = library_index().made_from()

    def fail(*_: object) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(loading, "made_from", fail)
    with pytest.raises(RuntimeError, match="power"):
        load_seed(replace(shipped(), items=items), LOADED_AT + timedelta(days=1))
    monkeypatch.undo()
    assert library_index().made_from() == before


def test_the_segmenter_of_the_library_knows_the_words_of_the_city() -> None:
    assert segmenter().asked("四大怀药") == ["四大怀药"]
