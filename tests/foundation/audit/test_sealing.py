"""Every committed entry is sealed once, in an order that respects what came before."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from huiqi.foundation.audit.actions import AnchorError, keep_anchor, keep_daily_anchor, record, seal_waiting
from huiqi.foundation.audit.domain.chain import NOTHING_BEFORE, link
from huiqi.foundation.audit.models import AuditSeal, AuditUnsealed
from huiqi.foundation.audit.queries import (
    FaultKind,
    LogFilters,
    anchor_in,
    entries,
    kept_anchors,
    seconds_behind,
    verify_chain,
)
from huiqi.foundation.audit.queries.rows import PAGE
from tests.foundation.audit.entries import NOON, entry, sealed, undone, written
from tests.support.triggers import run, without_triggers

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> Path:
    settings.HUIQI_DATA = tmp_path
    settings.HUIQI_ANCHORS = tmp_path / "anchors"
    return settings.HUIQI_ANCHORS


def test_a_link_covers_number_predecessor_and_content() -> None:
    """The three published values of SM3 (GB/T 32905-2016, A.1) hang on the library; here hang our own."""
    one = link(1, NOTHING_BEFORE, b"x")
    others = (
        link(2, NOTHING_BEFORE, b"x"),
        link(1, "1" + NOTHING_BEFORE[1:], b"x"),
        link(1, NOTHING_BEFORE, b"y"),
    )
    assert one == link(1, NOTHING_BEFORE, b"x")
    for other in others:
        assert one.sm3 != other.sm3
        assert one.sha256 != other.sha256


@pytest.mark.django_db
def test_entries_are_sealed_in_order_and_once() -> None:
    ids = sealed(5)
    assert list(AuditSeal.objects.order_by("sequence").values_list("sequence", "entry_id")) == list(
        enumerate(ids, start=1)
    )
    assert seal_waiting() == 0
    assert not AuditUnsealed.objects.exists()
    assert verify_chain().broken == 0


@pytest.mark.django_db
def test_more_than_a_page_is_sealed_and_verified_across_pages() -> None:
    with transaction.atomic():
        for number in range(PAGE + 7):
            record(entry(number))
    assert seal_waiting() == PAGE + 7
    report = verify_chain()
    assert (report.sealed, report.unsealed, report.broken, report.first) == (PAGE + 7, 0, 0, None)


@pytest.mark.django_db
def test_what_waits_is_told_and_is_no_fault() -> None:
    sealed(2)
    written(1)
    report = verify_chain()
    assert (report.sealed, report.unsealed, report.broken) == (2, 1, 0)
    assert seconds_behind(NOON + timedelta(seconds=9)) == 9
    seal_waiting()
    assert seconds_behind(NOON + timedelta(days=9)) == 0


@pytest.mark.django_db
def test_a_rolled_back_id_leaves_a_gap_that_stops_nothing() -> None:
    sealed(1)
    undone()
    sealed(1)
    assert verify_chain().sealed == 2


@pytest.mark.django_db
def test_an_empty_chain_is_whole() -> None:
    report = verify_chain()
    assert (report.sealed, report.unsealed, report.broken, report.first) == (0, 0, 0, None)
    assert keep_anchor(DAY) is None


@pytest.mark.django_db
def test_an_entry_removed_before_its_seal_stops_nothing_and_is_named() -> None:
    first, second = written(2)
    with without_triggers():
        run("DELETE FROM audit_auditentry WHERE id = %s", first)
    assert seal_waiting() == 1
    report = verify_chain()
    assert report.first is not None
    assert (report.first.kind, report.first.entry_id) == (FaultKind.ENTRY_LOST, first)
    assert AuditSeal.objects.get().entry_id == second


@pytest.mark.django_db
def test_an_anchor_is_read_back_and_never_written_again(own_folder: Path) -> None:
    sealed(3)
    path = keep_anchor(DAY)
    assert path is not None
    assert path.parent == own_folder
    assert path.stat().st_mode & 0o222 == 0
    assert (anchor_in(path).day, anchor_in(path).sequence) == (DAY, 3)
    assert keep_anchor(DAY) == path
    assert [each.name for each in own_folder.iterdir()] == [path.name]


@pytest.mark.django_db
def test_one_anchor_is_kept_a_day(own_folder: Path) -> None:
    sealed(1)
    assert keep_daily_anchor(DAY) is not None
    sealed(1)
    assert keep_daily_anchor(DAY) is None
    assert keep_daily_anchor(DAY + timedelta(days=1)) is not None
    assert [anchor.sequence for anchor in kept_anchors()] == [1, 2]
    assert verify_chain(kept_anchors()).broken == 0


@pytest.mark.django_db
def test_a_chain_rebuilt_after_a_change_is_found_by_its_anchor() -> None:
    ids = sealed(4)
    keep_anchor(DAY)
    with without_triggers():
        run("UPDATE audit_auditentry SET reason = 'x' WHERE id = %s", ids[1])
        run("DELETE FROM audit_auditseal")
        for each in ids:
            run("INSERT INTO audit_auditunsealed (entry_id) VALUES (%s)", each)
    assert seal_waiting() == 4
    assert verify_chain().broken == 0  # the chain alone cannot know
    report = verify_chain(kept_anchors())
    assert report.first is not None
    assert report.first.kind is FaultKind.REBUILT
    assert "2026-11-24" in str(report.first)
    with pytest.raises(AnchorError, match="内容却不同"):
        keep_anchor(DAY)


@pytest.mark.django_db
def test_a_chain_cut_at_its_end_is_found_by_its_anchor() -> None:
    ids = sealed(4)
    keep_anchor(DAY)
    with without_triggers():
        run("DELETE FROM audit_auditentry WHERE id = %s", ids[-1])
        run("DELETE FROM audit_auditseal WHERE entry_id = %s", ids[-1])
    assert verify_chain().broken == 0
    report = verify_chain(kept_anchors())
    assert report.first is not None
    assert (report.first.kind, report.first.sequence) == (FaultKind.CUT_SHORT, 4)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"day": "2026-11-24"}', "[" * 4000, "\x00", "锚"])
def test_an_anchor_that_was_spoilt_is_told(own_folder: Path, text: str) -> None:
    own_folder.mkdir()
    (own_folder / "2026-11-24-1.anchor.json").write_text(text, encoding="utf-8")
    with pytest.raises(AnchorError, match=r"看不懂|读不出来"):
        kept_anchors()


@pytest.mark.django_db
def test_entries_are_listed_as_they_were_sealed() -> None:
    ids = sealed(3)
    assert [each.id for each in entries(LogFilters())] == ids
