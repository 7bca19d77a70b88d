"""Reported mistakes as cases: their kind, and what a case page tells of them."""

from django.urls import reverse

from huiqi.foundation.cases.queries import CaseKind, CaseRef, Detail, Rise, Rung, case_of_subject
from huiqi.services.policy.library.domain import MISTAKES, MistakeKind
from huiqi.services.policy.library.domain.handling import ANSWER, MISTAKE, MISTAKE_CODE, MISTAKE_MACHINE
from huiqi.services.policy.library.models import MistakeReport
from huiqi.services.policy.library.queries.shelf import current_library


def case_of(form_key: str) -> CaseRef | None:
    """The case of a form sent before, None for one that was not. One query."""
    return case_of_subject(MISTAKE, form_key)


def details_of(form_key: str) -> tuple[Detail, ...]:
    """What was reported: the item, the revision, the reporter's words, and a masked way to reach them."""
    report = MistakeReport.objects.filter(form_key=form_key).first()
    if report is None:
        return ()
    held = current_library().items.get(report.item_id)
    title = held.item.title if held else report.item_id
    lines = [
        Detail("哪一项", title, reverse("library:item", args=[report.item_id]) if held else ""),
        Detail("哪里有误", MISTAKES[MistakeKind(report.kind)]),
        Detail("应该是怎样", report.text or "没有写"),
        Detail("看的是第几版", f"第 {report.revision} 版"),
        Detail("怎么联系", str(report.contact) or "没有留"),
    ]
    return tuple(lines)


MISTAKE_KIND = CaseKind(
    id=MISTAKE,
    code=MISTAKE_CODE,
    label="报错",
    machine=MISTAKE_MACHINE,
    main_clock=ANSWER,
    intake="platform",
    ladder=(
        Rung("day-before", -1, Rise.REMINDER, "library.reminded_before"),
        Rung("day-after", 1, Rise.HEAD, "library.head_told_after"),
        Rung("days-after", 3, Rise.ABOVE, "library.above_told_after"),
    ),
    details=details_of,
    lengths={ANSWER: "library.answer_days"},
    ambers={ANSWER: "library.answer_soon_days"},
)
