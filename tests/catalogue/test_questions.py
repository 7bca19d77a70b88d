"""The tick-lists: what is shipped can be ticked, and a fault is named with its place."""

import pytest

from huiqi.catalogue.paths import shipped_path
from huiqi.catalogue.problems import CatalogueError
from huiqi.catalogue.questions import QUESTIONS_FILE, load_tick_lists, parse_tick_lists
from huiqi.core.rules.facts import FactType
from tests.services.policy.seed import shipped

DICTIONARY = shipped().dictionary
TICKS = {"in_abnormal_list": "在名录里", "patents": "有专利"}
MOST_BOXES = 14


def test_every_shipped_box_stands_for_one_fact_of_which_none_is_a_value() -> None:
    lists = load_tick_lists(shipped_path() / QUESTIONS_FILE, DICTIONARY)
    facts = [fact for each in lists for fact in each.ticks]
    assert len(facts) == len(set(facts)) > 30
    for fact in facts:
        assert DICTIONARY[fact].parse(False if DICTIONARY[fact].type is FactType.BOOL else 0) in (False, 0)
    assert all(each.text.endswith("？") and len(each.ticks) <= MOST_BOXES for each in lists)


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ({"id": "x", "text": "有没有？"}, "lists[0]"),
        ({"id": "List 1", "text": "有没有？", "ticks": TICKS}, "lists[0]/id"),
        ({"id": "x", "text": "", "ticks": TICKS}, "lists[0]/text"),
        ({"id": "x", "text": "有没有？", "ticks": {"patents": "有专利"}}, "lists[0]/ticks"),
        ({"id": "x", "text": "有没有？", "ticks": {**TICKS, "shoes": "有鞋"}}, "lists[0]/ticks/shoes"),
        ({"id": "x", "text": "有没有？", "ticks": {**TICKS, "honours": "有"}}, "lists[0]/ticks/honours"),
        (
            {"id": "x", "text": "有没有？", "ticks": {**TICKS, "monthly_sales_cny": "有"}},
            "lists[0]/ticks/monthly_sales_cny",
        ),
        ({"id": "x", "text": "有没有？", "ticks": {**TICKS, "ip_count": ""}}, "lists[0]/ticks/ip_count"),
    ],
)
def test_a_fault_is_named_with_its_place(entry: dict[str, object], place: str) -> None:
    with pytest.raises(CatalogueError) as raised:
        parse_tick_lists({"version": "1", "lists": [entry]}, DICTIONARY, "questions.yaml")
    assert [problem.path for problem in raised.value.problems] == [place]


def test_a_fact_stands_in_one_list_only_and_the_file_has_its_two_parts() -> None:
    lists = [{"id": each, "text": "有没有？", "ticks": TICKS} for each in ("x", "y")]
    with pytest.raises(CatalogueError, match="别的多选题"):
        parse_tick_lists({"version": "1", "lists": lists}, DICTIONARY)
    with pytest.raises(CatalogueError, match="version 和 lists"):
        parse_tick_lists({"lists": lists}, DICTIONARY)
