"""The history of a number taken away as a file; each is itself a look."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiqi.core.rules.wording import day_text
from huiqi.foundation.access.queries import demand, requires
from huiqi.foundation.audit.actions import Subject, record_look
from huiqi.foundation.audit.queries import Watermark, table_text
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.look.queries import request_number
from huiqi.foundation.parameters.actions import ParameterRefusedError
from huiqi.foundation.parameters.domain import LONGEST_PURPOSE, written
from huiqi.foundation.parameters.pages.showing import history_or_404, shown
from huiqi.foundation.parameters.queries import History

HEAD = ("哪个数", "编号", "从哪天起", "经过", "怎样了", "依据", "原因", "谁提的、谁定的")
STANDINGS = {"ahead": "还没到日子", "now": "现在用的", "past": "以前用的", "": "没有生效"}


@requires("parameters.export")
@never_cache
@require_POST
def export(request: HttpRequest, key: str) -> HttpResponse:
    """All of it, with who took it, when and for what as its first line."""
    demand(request.actor, "parameters.export", {"all"})
    history, typed, actor = history_or_404(request, key), request.POST.get("purpose", ""), request.actor
    try:
        purpose = written(typed, LONGEST_PURPOSE, "请写导出来做什么用。")
    except ParameterRefusedError as refused:
        return shown(request, history, str(refused), purpose=typed, status=422)
    subject = Subject("parameter", key, history.line.title)
    record_look(request, "parameters.export", subject, None, reason=purpose)
    who = f"{actor.name}（{actor.organisation.name}）" if actor.organisation else actor.name
    mark = Watermark(who, now(), purpose, request_number(), is_cut=False)
    rows = ((history.line.title, key, *cells) for cells in _cells(history))
    response = HttpResponse(table_text(mark, HEAD, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}-{today().isoformat()}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _cells(history: History) -> Iterator[tuple[str, ...]]:
    """What waits, then every step with the newest first, and what it was at the beginning."""
    line, waits = history.line, history.waiting
    if waits:
        day, who = day_text(waits.from_on), f"{waits.who}提出"
        yield day, waits.words, "等另一个人同意", waits.document, waits.reason, who
    for each in history.steps:
        day, standing = day_text(each.from_on), STANDINGS[each.standing]
        yield day, each.words, standing, each.document, each.reason, each.who
    yield "一开始", history.start, STANDINGS["past" if line.since else "now"], line.source, "", ""
