"""Loading: the shipped catalogue becomes revisions, and every change a new edition."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from huiqi.catalogue.item_writing import case_to_raw, dictionary_to_raw, item_to_raw
from huiqi.catalogue.items import Catalogue, Item
from huiqi.core.rules.facts import FactDictionary
from huiqi.foundation.audit.actions import Actor, Entry, Subject, record
from huiqi.foundation.storage.actions import one_at_a_time
from huiqi.services.policy.library.domain import LoadReport, canonical_json, hash_of
from huiqi.services.policy.library.models import (
    DictionaryRevision,
    Edition,
    ItemRevision,
    Origin,
    PolicyItem,
)
from huiqi.services.policy.library.queries import current_library
from huiqi.services.policy.library.search import document_of, library_index, made_from


@dataclass(slots=True)
class _Plan:
    """What loading will write, decided before anything is written."""

    new_items: list[PolicyItem] = field(default_factory=list)
    moved_items: list[PolicyItem] = field(default_factory=list)
    revisions: list[ItemRevision] = field(default_factory=list)
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


def load_seed(catalogue: Catalogue, now: datetime, actor: Actor) -> LoadReport:
    """Bring the shipped catalogue into the database; doing it twice changes nothing.

    A revision made here (edited, imported, or from a newer seed) is never overwritten: it is reported in
    ``kept``. Items the seed does not know stay, in ``only_here``. Several processes may do this at once:
    they take turns. An edition that is made is recorded as the work of ``actor``.
    """
    with one_at_a_time("library-seed"), transaction.atomic():
        before = _newest_edition()
        report = _load(catalogue, now)
        if report.edition != before:
            _record_edition(report, now, actor)
        return report


def _record_edition(report: LoadReport, now: datetime, actor: Actor) -> None:
    record(
        Entry(
            happened_at=now,
            actor=actor,
            verb="library.load_seed",
            subject=Subject("edition", str(report.edition), f"第 {report.edition} 版"),
            after={"新增": report.added, "更新": report.updated, "保持原样": len(report.kept)},
        )
    )


def _load(catalogue: Catalogue, now: datetime) -> LoadReport:
    is_dictionary_new = _load_dictionary(catalogue.dictionary, now)
    known = {item.id: item for item in PolicyItem.objects.select_for_update()}
    plan = _decide(catalogue, known, now)
    PolicyItem.objects.bulk_create(plan.new_items)
    ItemRevision.objects.bulk_create(plan.revisions)
    PolicyItem.objects.bulk_update(plan.moved_items, ["current_number"])
    is_changed = bool(plan.revisions) or is_dictionary_new
    edition = _close_edition(now) if is_changed else _newest_edition()
    _index_edition()
    return LoadReport(
        added=len(plan.new_items),
        updated=len(plan.moved_items),
        unchanged=plan.unchanged,
        kept=tuple(plan.kept),
        only_here=tuple(sorted(set(known) - set(catalogue.items))),
        edition=edition,
    )


def _index_edition() -> None:
    """Keep the search index at the edition that holds; also where only the words of search have changed."""
    library = current_library()
    wanted = made_from(library.edition.content_hash)
    if library_index().made_from() != wanted:
        library_index().rebuild([document_of(each.item) for each in library.items.values()], wanted)


def _decide(catalogue: Catalogue, known: dict[str, PolicyItem], now: datetime) -> _Plan:
    history: dict[str, list[tuple[int, str, str]]] = {}
    for row in ItemRevision.objects.values_list("item_id", "number", "content_hash", "origin"):
        history.setdefault(row[0], []).append((row[1], row[2], row[3]))
    plan = _Plan()
    for item_id, item in catalogue.items.items():
        revision = _seed_revision(catalogue, item, now)
        if item_id not in known:
            plan.new_items.append(PolicyItem(id=item_id, current_number=1))
            plan.revisions.append(revision)
        else:
            _decide_known(plan, known[item_id], history[item_id], revision)
    return plan


def _seed_revision(catalogue: Catalogue, item: Item, now: datetime) -> ItemRevision:
    cases = [case_to_raw(case) for case in catalogue.cases_of(item.id)]
    content = canonical_json({**item_to_raw(item), "cases": cases})
    return ItemRevision(
        item_id=item.id,
        number=1,
        content_hash=hash_of(content),
        content=content,
        origin=Origin.SEED,
        loaded_at=now,
    )


def _decide_known(
    plan: _Plan, item: PolicyItem, history: list[tuple[int, str, str]], revision: ItemRevision
) -> None:
    current_hash, current_origin = next(row[1:] for row in history if row[0] == item.current_number)
    if revision.content_hash == current_hash:
        plan.unchanged += 1
    elif current_origin != Origin.SEED or revision.content_hash in {row[1] for row in history}:
        # Edited here, or an older seed coming back: what stands is newer.
        plan.kept.append(item.id)
    else:
        revision.number = max(row[0] for row in history) + 1
        item.current_number = revision.number
        plan.revisions.append(revision)
        plan.moved_items.append(item)


def _load_dictionary(dictionary: FactDictionary, now: datetime) -> bool:
    """True where a new revision of the dictionary was written."""
    raw = {"version": dictionary.version, "facts": dictionary_to_raw(dictionary)}
    content = canonical_json(raw)
    content_hash = hash_of(content)
    history = list(DictionaryRevision.objects.order_by("number"))
    is_known = any(row.content_hash == content_hash for row in history)
    if is_known or (history and history[-1].origin != Origin.SEED):
        return False
    DictionaryRevision.objects.create(
        number=len(history) + 1,
        content_hash=content_hash,
        content=content,
        origin=Origin.SEED,
        loaded_at=now,
    )
    return True


def _newest_edition() -> int:
    newest = Edition.objects.order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def _close_edition(now: datetime) -> int:
    """Give the library as it now stands a number and a hash over everything that holds."""
    standing = list(
        PolicyItem.objects.filter(revisions__number=F("current_number"))
        .order_by("id")
        .values_list("id", "is_withdrawn", "revisions__content_hash")
    )
    dictionary = DictionaryRevision.objects.order_by("-number").values_list("content_hash", flat=True).first()
    edition = Edition.objects.create(
        number=_newest_edition() + 1,
        content_hash=hash_of(canonical_json([dictionary, standing])),
        made_at=now,
    )
    return int(edition.number)
