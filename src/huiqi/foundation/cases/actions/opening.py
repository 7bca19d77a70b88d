"""Opening a case: in the transaction of the room that has something to be handled."""

from django.db import connection

from huiqi.foundation.accounts.actions import PLATFORM, platform_office
from huiqi.foundation.accounts.queries import first_of_kind
from huiqi.foundation.cases.actions.acts import Act
from huiqi.foundation.cases.actions.clocks import start_clock
from huiqi.foundation.cases.actions.keeping import Told, keep, tell
from huiqi.foundation.cases.domain import LONGEST_TITLE, CaseKind, CaseRef, Opening, case_number
from huiqi.foundation.cases.models import Case
from huiqi.foundation.cases.queries.clocks import rule_of
from huiqi.foundation.cases.queries.kinds import kinds

# One statement takes the next number and holds the row until the case is there or is not.
_NEXT = """
INSERT INTO cases_casesequence AS kept (year, code, last) VALUES (%s, %s, 1)
ON CONFLICT (year, code) DO UPDATE SET last = kept.last + 1 RETURNING last"""


def open_case(opening: Opening, act: Act) -> CaseRef:
    """Open a case with the organisation its kind names and start its clocks; the caller's transaction, with
    what the case is about, must be open. IntegrityError for a subject that has a case already.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a case is opened in the transaction of what it is about")
    kind = kinds()[opening.kind]
    case = Case.objects.create(
        number=_next_number(kind, act),
        kind=kind.id,
        subject_id=opening.subject_id,
        state=kind.machine.initial.id,
        title=opening.title[:LONGEST_TITLE],
        organisation_id=_intake(kind, act),
        party_id=opening.party_id,
        party_name=opening.party_name,
        opened_at=act.now,
        changed_at=act.now,
        version=0,
    )
    for rule in kind.machine.starts:
        start_clock(case, rule_of(kind, rule, act.today), act)
    keep(case, act)
    tell(case, act, Told("cases.open", f"立件：{kind.label}，{kind.machine.initial.label}"))
    return CaseRef(str(case.pk), case.number)


def _next_number(kind: CaseKind, act: Act) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [act.today.year, kind.code])
        (sequence,) = cursor.fetchone()
    return case_number(act.today.year, kind.code, sequence)


def _intake(kind: CaseKind, act: Act) -> str:
    """The organisation new cases go to: the oldest of the kind's intake, or the platform's office."""
    found = first_of_kind(kind.intake) if kind.intake != PLATFORM else None
    return found.id if found else platform_office(act.now)
