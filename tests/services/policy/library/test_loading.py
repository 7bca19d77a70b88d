"""Loading the seed: once, again, and against work done here."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from huiqi.catalogue.items import Catalogue, Item
from huiqi.foundation.storage.immutable import ImmutableError
from huiqi.services.policy.library.domain import canonical_json, hash_of
from huiqi.services.policy.library.models import (
    DictionaryRevision,
    Edition,
    ItemRevision,
    Origin,
    PolicyItem,
)
from huiqi.services.policy.library.queries import current_edition, current_library
from tests.services.policy.seed import LOADED_AT, load_seed, shipped

LATER = LOADED_AT + timedelta(days=1)
SOME = "cn-tax-vat-exempt-100k"

pytestmark = pytest.mark.django_db


def with_title(title: str) -> Catalogue:
    """The shipped catalogue with one title changed."""
    items: dict[str, Item] = dict(shipped().items)
    items[SOME] = replace(items[SOME], title=title)
    return replace(shipped(), items=items)


def edit_here(title: str) -> None:
    """What a desk would do: a revision of its own."""
    number = PolicyItem.objects.get(pk=SOME).current_number + 1
    content = ItemRevision.objects.get(item_id=SOME, number=1).content.replace(
        shipped().items[SOME].title, title
    )
    ItemRevision.objects.create(
        item_id=SOME,
        number=number,
        content_hash=hash_of(content),
        content=content,
        origin=Origin.EDITED,
        loaded_at=LATER,
    )
    PolicyItem.objects.filter(pk=SOME).update(current_number=number)
    Edition.objects.create(number=current_edition().number + 1, content_hash="e" * 64, made_at=LATER)


def test_the_first_load_brings_every_item_with_one_revision() -> None:
    report = load_seed(shipped(), LOADED_AT)
    assert (report.added, report.updated, report.unchanged, report.edition) == (160, 0, 0, 1)
    assert ItemRevision.objects.count() == PolicyItem.objects.count() == len(current_library().items) == 160


def test_loading_again_changes_nothing() -> None:
    load_seed(shipped(), LOADED_AT)
    report = load_seed(shipped(), LATER)
    assert (report.added, report.updated, report.unchanged, report.edition) == (0, 0, 160, 1)
    assert not report.is_changed
    assert ItemRevision.objects.count() == 160
    assert DictionaryRevision.objects.count() == Edition.objects.count() == 1


def test_what_was_loaded_reads_back_as_the_same_items(library) -> None:
    assert {item_id: each.item for item_id, each in library.items.items()} == dict(shipped().items)
    assert list(library.dictionary.values()) == list(shipped().dictionary.values())


def test_a_newer_seed_makes_a_second_revision_and_keeps_the_first() -> None:
    load_seed(shipped(), LOADED_AT)
    report = load_seed(with_title("新的标题"), LATER)
    assert (report.added, report.updated, report.edition) == (0, 1, 2)
    assert current_library().items[SOME].item.title == "新的标题"
    first = ItemRevision.objects.get(item_id=SOME, number=1)
    assert shipped().items[SOME].title in first.content
    assert hash_of(first.content) == first.content_hash


def test_an_older_seed_never_overwrites_a_newer_one() -> None:
    load_seed(shipped(), LOADED_AT)
    load_seed(with_title("新的标题"), LATER)
    report = load_seed(shipped(), LATER)
    assert report.kept == (SOME,)
    assert current_library().items[SOME].item.title == "新的标题"


def test_a_revision_made_here_is_never_overwritten_and_is_reported() -> None:
    load_seed(shipped(), LOADED_AT)
    edit_here("本地修订的标题")
    report = load_seed(with_title("新的标题"), LATER)
    assert report.kept == (SOME,)
    assert current_library().items[SOME].item.title == "本地修订的标题"


def test_an_item_the_seed_does_not_know_stays() -> None:
    load_seed(shipped(), LOADED_AT)
    fewer = {item_id: item for item_id, item in shipped().items.items() if item_id != SOME}
    report = load_seed(replace(shipped(), items=fewer), LATER)
    assert report.only_here == (SOME,)
    assert SOME in current_library().items


def test_a_withdrawn_item_is_not_shown() -> None:
    load_seed(shipped(), LOADED_AT)
    PolicyItem.objects.filter(pk=SOME).update(is_withdrawn=True)
    Edition.objects.create(number=2, content_hash="w" * 64, made_at=LATER)
    assert SOME not in current_library().items


def test_a_revision_carries_its_worked_cases() -> None:
    load_seed(shipped(), LOADED_AT)
    content = ItemRevision.objects.get(item_id=SOME).content
    assert all(case.reason in content for case in shipped().cases_of(SOME))


def test_a_revision_cannot_be_saved_again_or_removed(library) -> None:
    revision = ItemRevision.objects.get(item_id=SOME)
    revision.content = "{}"
    with pytest.raises(ImmutableError):
        revision.save()
    with pytest.raises(ImmutableError):
        revision.delete()
    with pytest.raises(ImmutableError):
        ItemRevision.objects.filter(item_id=SOME).update(content="{}")
    with pytest.raises(ImmutableError):
        ItemRevision.objects.all().delete()


@pytest.mark.parametrize("table", ["library_itemrevision", "library_dictionaryrevision", "library_edition"])
def test_the_database_itself_refuses_to_change_a_revision(library, table: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET content_hash = 'x'")  # noqa: S608


def test_two_revisions_of_one_item_cannot_share_a_number(library) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemRevision.objects.create(
            item_id=SOME, number=1, content_hash="0" * 64, content="{}", origin=Origin.SEED, loaded_at=LATER
        )


def test_one_content_has_one_text() -> None:
    assert canonical_json({"b": 1, "a": "值"}) == canonical_json({"a": "值", "b": 1}) == '{"a":"值","b":1}'
