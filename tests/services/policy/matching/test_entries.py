"""The lines of the results: written once for everybody, and for each visitor as if for them alone."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import escape

from huiqi.foundation.clock.queries import today
from huiqi.foundation.look.templatetags.look import qr
from huiqi.services.policy.matching.domain import GROUP_WORDS
from huiqi.services.policy.matching.pages.entries import _letter, _with_blanks, entry_of
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    Answers,
    Group,
    Match,
    matches_for,
    seal_answers,
)

DAY = date(2026, 11, 23)
SHOP = {"region_code": "410825", "entity_type": "individual_business", "industry_code": "H6210"}
SHOPS = (
    SHOP,
    {**SHOP, "established_on": date(2024, 5, 20), "employees": 37, "monthly_sales_cny": 198_765},
    {**SHOP, "entity_type": "company", "industry_code": "L7291", "established_on": date(2025, 12, 30)},
)
MOST_BYTES_A_LINE = 1_300  # each with its reasons, its basis and its links


def matches(facts: dict, library, group: Group | None = None) -> list[Match]:
    found = matches_for(Answers(facts, DAY), library, DAY).groups
    return [match for each, inside in found.items() if group in (None, each) for match in inside]


@pytest.mark.parametrize("facts", SHOPS)
def test_a_line_filled_in_reads_as_if_it_were_written_for_this_visitor(facts: dict, library) -> None:
    for match in matches(facts, library):
        alone = render_to_string("matching/entry.html", {"match": match, "words": GROUP_WORDS[match.group]})
        assert entry_of(match) == alone, match.card.id


def test_what_is_kept_for_everybody_holds_no_answer_of_anybody(library) -> None:
    shown = 0
    for match in matches(SHOPS[1], library):
        words: list[str] = []
        kept = _letter(_with_blanks(match, words))
        for answer in ("198,765", "19.88", "37 人", "2024年5月20日", "正餐服务", "个体工商户</strong>"):
            assert answer not in re.sub("<h3.*?</h3>", "", kept), match.card.id
            shown += answer in "".join(words)
    assert shown > 10


def test_two_visitors_who_differ_in_their_answers_alone_share_one_line(library) -> None:
    one = matches(SHOP, library, Group.INELIGIBLE)[0]
    other = replace(one, reasons=tuple(replace(each, value_text="别的") for each in one.reasons))
    assert entry_of(one) != entry_of(other)
    assert _letter(_with_blanks(one, [])) is _letter(_with_blanks(other, []))


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "\ufdd00\ufdd1", "\ufdd099\ufdd1", r"\g<0> \1"]
)
def test_no_answer_is_read_as_a_tag_or_as_a_blank(hostile: str, library) -> None:
    match = next(each for each in matches(SHOP, library, Group.INELIGIBLE) if each.reasons)
    reasons = tuple(replace(each, value_text=hostile, source_text=hostile) for each in match.reasons)
    html = entry_of(replace(match, reasons=reasons))
    assert html.count(f"<strong>{escape(hostile)}</strong>（{escape(hostile)}）") == len(reasons)


def test_the_results_are_light_and_draw_their_marks_once(client: Client, library) -> None:
    client.cookies[ANSWERS_COOKIE] = seal_answers(Answers().with_changes(SHOP, today()))
    main = client.get("/matching/results/").content.decode().partition("<main")[2]
    lines = main[main.index('<li id="item-') :].partition("</main>")[0]
    count = lines.count('<li id="item-')
    assert count > 60
    assert len(lines.encode()) < count * MOST_BYTES_A_LINE
    assert lines.count("<path") < count / 10  # only what closes soon has a clock of its own
    drawn = set(re.findall(r'<path id="([^"]+)"', main))
    assert set(re.findall(r'<use href="#([^"]+)"', lines)) <= drawn


def test_the_results_asked_for_again_write_no_line_anew(client: Client, library) -> None:
    client.cookies[ANSWERS_COOKIE] = seal_answers(Answers().with_changes(SHOP, today()))
    client.get("/matching/results/")
    before = _letter.cache_info().misses
    client.get("/matching/results/")
    assert _letter.cache_info().misses == before


def test_a_code_to_scan_is_drawn_once_for_all_who_open_the_page(client: Client, library) -> None:
    client.get("/policies/jz-tour-coach-2026/")
    before = qr.cache_info().misses
    client.get("/policies/jz-tour-coach-2026/")
    assert qr.cache_info().misses == before
