"""The list of the city's numbers, and the history of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.foundation.access.queries import may, requires
from huiqi.foundation.clock.queries import today
from huiqi.foundation.parameters.queries import History, history_of, listed

DONE = {
    "proposed": "已提交，等另一个人同意。同意以前，还按原来的办。",
    "approved": "已同意。到了那一天，就按新的办。",
    "refused": "已记下不同意，还按原来的办。",
    "withdrawn": "已撤回，还按原来的办。",
}


@requires("parameters.see")
@never_cache
@require_safe
def all_parameters(request: HttpRequest) -> HttpResponse:
    return render(
        request, "parameters/list.html", {"groups": listed(request.actor, today()), "today": today()}
    )


@requires("parameters.see")
@never_cache
@require_safe
def parameter_page(request: HttpRequest, key: str) -> HttpResponse:
    return shown(request, history_or_404(request, key))


def history_or_404(request: HttpRequest, key: str) -> History:
    """The history of a number the viewer may see."""
    found = history_of(request.actor, key, today())
    if found is None:
        raise Http404
    return found


def shown(
    request: HttpRequest,
    history: History,
    said: str = "",
    refusal: str = "",
    purpose: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one number; ``said`` is why something was not done, ``refusal`` a reason once written and
    ``purpose`` what a file was for.
    """
    context = {
        "history": history,
        "line": history.line,
        "said": said,
        "refusal": refusal,
        "purpose": purpose,
        "may_export": may(request.actor, "parameters.export", {"all"}),
        "done": DONE.get(request.GET.get("done", ""), "") if request.method == "GET" else "",
    }
    return render(request, "parameters/parameter.html", context, status=status)
