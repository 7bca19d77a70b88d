"""Items of which one counts: the shipped groups, and what makes the file unreadable."""

from pathlib import Path
from typing import Any

import pytest

from huiqi.catalogue.exclusions import load_exclusions, parse_exclusions
from huiqi.catalogue.load import load_catalogue
from huiqi.catalogue.plain_yaml import write_yaml
from huiqi.catalogue.problems import CatalogueError
from tests.catalogue.samples import raw_item, write_catalogue

CATALOGUE = load_catalogue()


def group(**changes: Any) -> dict[str, Any]:
    whole = {"id": "g", "items": ["a", "b"], "sentence": "只选一项。", "basis": "某公告", "grade": "A"}
    return {key: value for key, value in {**whole, **changes}.items() if value is not None}


def file(*groups: dict[str, Any]) -> dict[str, Any]:
    return {"version": "1", "groups": list(groups)}


def test_the_shipped_groups_name_items_that_are_there_and_say_why() -> None:
    assert len(CATALOGUE.exclusions) >= 10
    for each in CATALOGUE.exclusions:
        assert set(each.items) <= CATALOGUE.items.keys()
        assert each.sentence.endswith("。")
        assert each.basis


def test_what_we_concluded_ourselves_is_marked() -> None:
    marked = {each.id for each in CATALOGUE.exclusions if each.is_inferred}
    assert {"self-one-relief", "income-tax-rate"} <= marked
    assert "key-group-hire" not in marked


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ([], "名称: 内容"),
        ({"groups": []}, "缺少这一项"),
        (file(group(items=["a"])), "至少写两个不同的"),
        (file(group(items=["a", "a"])), "至少写两个不同的"),
        (file(group(sentence="")), "请写文字"),
        (file(group(basis=None)), "缺少这一项"),
        (file(group(grade="D")), "只能写 A、B、C、inferred 之一"),
        (file(group(), group()), "编号“g”写了两次"),
        (file(group(items=["a", "gone"])), "没有编号为“gone”的事项"),
    ],
)
def test_a_group_that_cannot_be_read_says_what_to_do(raw: Any, says: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_exclusions(raw, "exclusions.yaml", {"a", "b"})
    assert says in str(caught.value)
    assert all(problem.file == "exclusions.yaml" for problem in caught.value.problems)


def test_a_catalogue_without_the_file_has_no_groups(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path / "own", [raw_item()])
    assert load_exclusions(folder) == ()
    assert load_catalogue(folder).exclusions == ()


def test_a_group_of_an_item_that_is_gone_stops_the_loading(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path / "own", [raw_item()])
    text = write_yaml(file(group(items=["jz-sample", "gone"])))
    (folder / "exclusions.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="gone"):
        load_catalogue(folder)
