"""A line in the timeline that moves nothing, so two who write at once both stay."""

from django.db import transaction

from huiqi.foundation.cases.actions.acts import Act
from huiqi.foundation.cases.actions.keeping import Told, locked, tell, written
from huiqi.foundation.cases.domain import Visibility
from huiqi.foundation.cases.models import CaseEvent
from huiqi.foundation.cases.queries.rights import relations_to


def note(number: str, text: str, visibility: Visibility, form_key: str, act: Act) -> None:
    """Keep what somebody wrote. A party's words are seen by both sides; a form sent twice is one line."""
    said = written(text, "还没有写什么，请写一句再送出。")
    with transaction.atomic():
        case = locked(number, act, "cases.note")
        if form_key and CaseEvent.objects.filter(form_key=form_key).exists():
            return
        is_inside = bool(relations_to(act.actor, case) & {"organisation", "below"})
        seen_by = visibility if is_inside else Visibility.BOTH
        words = "内部备注" if seen_by is Visibility.INTERNAL else "留言"
        tell(case, act, Told("cases.note", words, said, seen_by, form_key))
