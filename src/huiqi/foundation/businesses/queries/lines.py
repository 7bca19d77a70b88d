"""The sheet in words for its owner: what each fact is, who says so, of which day, and why it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from huiqi.core.rules.facts import Fact, Value
from huiqi.core.rules.wording import question_and_remark, value_text
from huiqi.foundation.businesses.domain import Loss, SourceKind
from huiqi.foundation.businesses.domain.correcting import CORRECTION, CORRECTION_MACHINE
from huiqi.foundation.businesses.models import Dispute
from huiqi.foundation.businesses.queries.plan import dictionary, plan
from huiqi.foundation.businesses.queries.sheets import Said, Sheet, SheetFact
from huiqi.foundation.cases.queries import cases_of_subjects
from huiqi.foundation.look.queries import code_name

KINDS: Mapping[SourceKind, str] = {
    SourceKind.DEPARTMENT: "部门数据",
    SourceKind.DECLARATION: "自己填的",
    SourceKind.DERIVED: "推算的（自测）",
}
_LOSSES: Mapping[Loss, str] = {
    Loss.REPLACED: "同一来源后来有了新的",
    Loss.GONE: "已经收回",
    Loss.REJECTED: "核对后认定有误，不再使用",
    Loss.EXPIRED: "日子久了，当作不知道",
    Loss.WEAKER: "有更可靠的来源，先用那个",
    Loss.EARLIER: "有日期更新的，先用那个",
}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One thing that was said. ``why_not`` is empty for the one that counts."""

    text: str
    kind: str
    kind_label: str
    source: str
    observed_on: date
    recorded_at: datetime
    valid_until: date | None
    evidence: str
    why_not: str
    is_erased: bool


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact. ``kind`` is that of what counts, empty where nothing is known; ``follows_from`` names the
    facts a derived one is reckoned from; ``reader_words`` says who else may see it.
    """

    fact: Fact
    text: str
    kind: str
    kind_label: str
    source: str
    observed_on: date | None
    valid_until: date | None
    is_contested: bool
    is_disputed: bool
    follows_from: tuple[str, ...]
    reader_words: str
    history: tuple[SaidLine, ...]

    @property
    def question(self) -> str:
        return question_and_remark(self.fact.question)[0]

    @property
    def is_known(self) -> bool:
        return bool(self.kind)

    @property
    def is_declared_ever(self) -> bool:
        """Whether the owner's own words are still kept."""
        return any(each.kind == SourceKind.DECLARATION and each.text for each in self.history)


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """One group of the sheet: what is known, and what is not."""

    id: str
    label: str
    known: tuple[FactLine, ...]
    unknown: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A correction that was asked for."""

    number: str
    state: str
    opened_at: datetime


def groups_of(sheet: Sheet) -> tuple[SheetGroup, ...]:
    """The whole sheet, group by group; groups of which nothing may be seen are left out."""
    found = []
    for group, label in plan().groups.items():
        lines = [
            line_of(sheet.facts[fact])
            for fact, placed in plan().facts.items()
            if placed.group == group and fact in sheet.facts
        ]
        known = tuple(each for each in lines if each.is_known)
        unknown = tuple(each for each in lines if not each.is_known)
        if lines:
            found.append(SheetGroup(group, label, known, unknown))
    return tuple(found)


def line_of(line: SheetFact) -> FactLine:
    """One fact in words."""
    fact, said = line.fact, line.said
    told = sorted((*([said] if said else []), *line.others), key=lambda each: each.record_id, reverse=True)
    kind = SourceKind.DERIVED if line.is_derived else said.source_kind if said else None
    return FactLine(
        fact=fact,
        text=_text(fact, line.value),
        kind=str(kind or ""),
        kind_label=KINDS[kind] if kind else "",
        source=said.source if said else "",
        observed_on=said.observed_on if said else None,
        valid_until=said.valid_until if said else None,
        is_contested=line.is_contested,
        is_disputed=line.is_disputed,
        follows_from=tuple(dictionary()[each].label for each in line.derived_from),
        reader_words=_reader_words(fact.id),
        history=tuple(_said_line(fact, each) for each in told),
    )


def disputes_of(sheet: Sheet, fact: str) -> tuple[DisputeLine, ...]:
    """The corrections asked for about a fact, the newest first, for its own people; two questions."""
    if not sheet.is_whole:
        return ()
    rows = Dispute.objects.filter(record__business_id=sheet.business_id, record__fact=fact)
    opened = {str(key): at for key, at in rows.order_by("-opened_at").values_list("key", "opened_at")}
    cases = cases_of_subjects(CORRECTION, opened) if opened else {}
    return tuple(
        DisputeLine(cases[key][0], CORRECTION_MACHINE.state(cases[key][1]).label, at)
        for key, at in opened.items()
        if key in cases
    )


def _said_line(fact: Fact, said: Said) -> SaidLine:
    why = "您已经删掉" if said.is_erased else _LOSSES[said.loss] if said.loss else ""
    return SaidLine(
        text=_text(fact, said.value),
        kind=str(said.source_kind),
        kind_label=KINDS[said.source_kind],
        source=said.source,
        observed_on=said.observed_on,
        recorded_at=said.recorded_at,
        valid_until=said.valid_until,
        evidence=said.evidence,
        why_not=why,
        is_erased=said.is_erased,
    )


def _text(fact: Fact, value: Value | None) -> str:
    return "" if value is None else value_text(fact, value, code_name)


def _reader_words(fact: str) -> str:
    consent = plan().consent_class(fact)
    if consent is None:
        return "这一项是公开信息，办事的部门和银行也看得到。"
    if consent in plan().classes:
        label = plan().classes[consent].label
        return f"除了您和您店里的人，谁也看不到。这一项属于“{label}”类，要您授权才能给别人看。"
    return "除了您和您店里的人，谁也看不到。"
