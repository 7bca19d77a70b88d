"""What was changed in an item, and when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiqi.foundation.access.queries import requires
from huiqi.foundation.look.queries import code_name
from huiqi.services.policy.library.queries import current_library, history_of


@requires("library.see")
@require_safe
def history(request: HttpRequest, item_id: str) -> HttpResponse:
    library = current_library()
    if item_id not in library.items:
        raise Http404
    context = {
        "item": library.items[item_id].item,
        "notes": history_of(item_id, library, code_name),
    }
    return render(request, "library/history.html", context)
