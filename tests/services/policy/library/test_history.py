"""What changed from revision to revision, in plain words, on real later revisions."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from huiqi.catalogue.items import Delivery, Item, SourceKind
from huiqi.core.rules.conditions import parse_condition
from huiqi.core.rules.rule import Window
from huiqi.foundation.look.queries import code_name
from huiqi.services.policy.library.domain import Wording, canonical_json, changes_between, hash_of
from huiqi.services.policy.library.models import Edition, ItemRevision, Origin, PolicyItem
from huiqi.services.policy.library.queries import current_library, history_of
from tests.services.policy.seed import LOADED_AT, load_seed, shipped

SOME = "jz-tour-coach-2026"
LATER = LOADED_AT + timedelta(days=30)


def revised(change: Callable[[Item], Item], item_id: str = SOME) -> None:
    """The shipped catalogue a month later, with one item changed."""
    items = dict(shipped().items)
    items[item_id] = change(items[item_id])
    assert load_seed(replace(shipped(), items=items), LATER).updated == 1


def page(client: Client, item_id: str = SOME) -> str:
    answer = client.get(f"/policies/{item_id}/history/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_revision_is_told_as_the_first(client: Client, library) -> None:
    html = page(client)
    assert "第一次收录" in html
    assert "2026年11月23日（周一），随系统自带" in html
    assert "第 2 版" not in html


@pytest.mark.one_database
def test_every_item_has_a_history(client: Client, library) -> None:
    for item_id in library.items:
        assert "第一次收录" in page(client, item_id)


def test_a_later_revision_says_field_by_field_what_it_changed(client: Client, library) -> None:
    def change(item: Item) -> Item:
        return replace(
            item,
            benefit=replace(item.benefit, formula="每趟奖1.2万元", amount_cny_max=12_000),
            window=Window(date(2026, 1, 1), date(2027, 6, 30)),
            materials=(*item.materials, "游客花名册"),
            conditions_text=(*item.conditions_text[1:], "每月申报一次"),
            phone="0391-1234567",
            doc_no=None,
        )

    old = library.items[SOME].item
    revised(change)
    html = page(client)
    assert f"从“{old.benefit.formula}”改为“每趟奖1.2万元”" in html
    assert "1.2 万元”" in html
    assert "从“2026年1月1日起，2026年12月31日止”改为“2026年1月1日起，2027年6月30日止”" in html
    assert "新加：“游客花名册”" in html
    assert f"删去：“{old.conditions_text[0]}”" in html
    assert "新加：“每月申报一次”" in html
    assert "原来没有写，新写了“0391-1234567”" in html
    assert "2026年12月23日（周三）" in html
    assert html.index("第 2 版（现在用的）") < html.index("第 1 版")


def test_a_changed_tree_is_told_in_sentences(client: Client, library) -> None:
    tree = {
        "all": [
            {"fact": "employees", "op": "ge", "value": 5},
            {"any": [{"fact": "annual_revenue_cny", "op": "ge", "value": 1_000_000},
                     {"not": {"fact": "entity_type", "op": "eq", "value": "company"}}]},
        ]
    }  # fmt: skip
    revised(lambda item: replace(item, condition=parse_condition(tree, shipped().dictionary)))
    html = page(client)
    assert "自动判断的条件" in html
    assert "不少于 5 人”" in html
    assert "满足一条就行：" in html
    assert "；或者不能有这样的情况：" in html
    for code in ("employees", "annual_revenue_cny", "entity_type", "&#x27;all"):
        assert code not in html


def test_lines_in_another_order_are_told_as_such(client: Client, library) -> None:
    revised(lambda item: replace(item, conditions_text=tuple(reversed(item.conditions_text))))
    assert "先后顺序改了" in page(client)


def test_what_only_the_program_reads_is_told_as_such(client: Client, library) -> None:
    items = shipped()
    fewer = [case for case in items.cases if case.item_id != SOME]
    load_seed(replace(items, cases=tuple(fewer)), LATER)
    assert "文字没有改" in page(client)


def test_no_history_ever_shows_the_address_of_a_mirror(client: Client, library) -> None:
    mirror = next(each.item for each in library.items.values() if each.item.source.kind is SourceKind.MIRROR)
    gone = "https://gone.example.org/x"
    revised(lambda item: replace(item, source=replace(item.source, url=gone)), mirror.id)
    assert "example.org" not in page(client, mirror.id)
    assert mirror.source.url.split("/")[2] not in page(client, mirror.id)


def test_a_revision_nobody_can_read_any_more_breaks_nothing(client: Client, library) -> None:
    content = canonical_json({"id": SOME, "title": "旧写法"})
    good = ItemRevision.objects.get(item_id=SOME).content
    for number, text in ((2, content), (3, good)):
        ItemRevision.objects.create(
            item_id=SOME,
            number=number,
            content_hash=hash_of(text),
            content=text,
            origin=Origin.IMPORTED,
            loaded_at=LATER,
        )
    PolicyItem.objects.filter(pk=SOME).update(current_number=3)
    Edition.objects.create(number=2, content_hash="e" * 64, made_at=LATER)
    assert page(client).count("比不出改了什么") == 2


def test_every_field_of_an_item_is_told_or_known_to_be_silent(library) -> None:
    """A field added to the item later must be told too."""
    wording = Wording(library.dictionary, code_name)
    one, other = (library.items[key].item for key in ("bank-ccb-yunshui", "jz-tour-coach-1night-2025"))
    other = replace(
        other,
        office="某科",
        phone="12345",
        manual_checks=("看账本",),
        materials=("身份证",),
        deadline="10 个工作日",
        delivery=Delivery.ON_REQUEST,
    )
    for name in set(Item.__dataclass_fields__) - {"id"}:
        assert getattr(one, name) != getattr(other, name), name
        changed = replace(one, **{name: getattr(other, name)})
        assert changes_between(one, changed, wording), name


def test_a_history_costs_two_queries(client: Client, library, django_assert_num_queries) -> None:
    page(client)
    with django_assert_num_queries(2):
        page(client)


def test_what_does_not_exist_has_no_history(client: Client, library) -> None:
    assert client.get("/policies/no-such-item/history/").status_code == 404
    assert history_of("no-such-item", current_library(), code_name) == ()


@pytest.mark.parametrize("content", ["{}", "[]", '{"id": 3}'])
def test_content_of_no_shape_is_no_item(library, content: str) -> None:
    json.loads(content)
    ItemRevision.objects.create(
        item_id=SOME, number=2, content_hash="0" * 64, content=content, origin=Origin.EDITED, loaded_at=LATER
    )
    assert history_of(SOME, library, code_name)[0].changes is None
