"""What an organisation tells people: written, looked at, sent once, and taken back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiqi.foundation.access.queries import demand, may, requires
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.notices import actions
from huiqi.foundation.notices.domain import (
    LONGEST_TITLE,
    LONGEST_WRITTEN,
    digest_of,
    draft_fault,
    people_fault,
)
from huiqi.foundation.notices.forms import WrittenDraft, read_draft, read_reason
from huiqi.foundation.notices.queries import (
    CHANNEL_WORDS,
    Announced,
    Channel,
    Preview,
    announced,
    announced_by,
    audiences_for,
    deliveries_of,
    offered_channels,
    people_of,
    preview,
    told_outside,
)
from huiqi.foundation.parameters.queries import number
from huiqi.foundation.storage.actions import spend_or_refuse

NAMES_SHOWN = 20
_METHODS = ["GET", "HEAD", "POST"]


@requires("notices.see_announced")
@never_cache
@require_safe
def announced_list(request: HttpRequest) -> HttpResponse:
    demand(request.actor, "notices.see_announced", {"organisation"})
    text = request.GET.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 7
    page = announced_by(request.actor, int(text) if is_number else 1)
    address = reverse("notices:announced")
    context = {
        "page": page,
        "place": request.actor.organisation.name if request.actor.organisation else "",
        "previous_url": f"{address}?page={page.number - 1}" if page.number > 1 else "",
        "next_url": f"{address}?page={page.number + 1}" if page.number < page.pages else "",
    }
    return render(request, "notices/announced_list.html", context)


@requires("notices.announce")
@never_cache
@require_http_methods(_METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Write, look at who will be told and how, send."""
    written, said, status = read_draft(request.POST), "", 200
    if request.method == "POST" and not written.is_back:
        said = draft_fault(written.draft)
        if not said and written.is_confirmed:
            try:
                return _sent(request, written)
            except actions.ChangedError as changed:
                said, status = str(changed), 409
                return _looked_at(request, written, said, status)
            except actions.AnnounceError as refused:
                said = str(refused)
        if not said:
            return _looked_at(request, written)
        status = 422
    return _form(request, written, said, status)


@requires("notices.see_announced")
@never_cache
@require_safe
def announced_page(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    found = _ours(request, announcement_id, "notices.see_announced")
    context = {
        "found": found,
        "deliveries": deliveries_of(found.notice_id),
        "is_new": request.GET.get("sent") == "1",
        "may_withdraw": found.withdrawn_at is None
        and may(request.actor, "notices.withdraw", {"organisation"}),
    }
    return render(request, "notices/announced.html", context)


@requires("notices.withdraw")
@never_cache
@require_http_methods(_METHODS)
def withdraw_page(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """Say why, after seeing who will be told that it was wrong."""
    found = _ours(request, announcement_id, "notices.withdraw")
    said, status = "", 200
    if request.method == "POST":
        try:
            actions.withdraw_announced(announcement_id, read_reason(request.POST), now(), request.actor)
            return redirect("notices:announcement", announcement_id)
        except actions.WithdrawnError as refused:
            said, status = str(refused), 409
        except actions.NoticeError as refused:
            said, status = f"还没有撤回。{refused}", 422
    context = {
        "found": found,
        "apologies": told_outside(found.notice_id),
        "reason": read_reason(request.POST),
        "longest": LONGEST_TITLE,
        "said": said,
    }
    return render(request, "notices/withdraw.html", context, status=status)


def _sent(request: HttpRequest, written: WrittenDraft) -> HttpResponse:
    place = request.actor.organisation.id if request.actor.organisation else ""
    most = number("notices.announcements_a_day", today())
    spend_or_refuse("notices.announce", place, most, 24 * 3600, now())
    announcement_id = actions.announce(written.draft, written.shown, now(), request.actor)
    return redirect(f"{reverse('notices:announcement', args=[announcement_id])}?sent=1")


def _looked_at(
    request: HttpRequest, written: WrittenDraft, said: str = "", status: int = 200
) -> HttpResponse:
    """Who will be told, by which way and in which words; nobody yet."""
    people = people_of(written.draft.audience, request.actor)
    if fault := people_fault(people):
        return _form(request, written, fault, 422)
    plan = preview(actions.KIND, people, written.draft.words(request.actor), now())
    context = {
        "written": written,
        "said": said,
        "audience": next(each for each in audiences_for(request.actor) if each.id == written.draft.audience),
        "plan": plan,
        "names": plan.people[:NAMES_SHOWN],
        "more": max(0, len(plan.people) - NAMES_SHOWN),
        "ways": _ways(plan),
        "digest": digest_of(people),
    }
    return render(request, "notices/announce_preview.html", context, status=status)


def _form(request: HttpRequest, written: WrittenDraft, said: str, status: int) -> HttpResponse:
    context = {
        "written": written,
        "audiences": audiences_for(request.actor),
        "said": said,
        "longest_title": LONGEST_TITLE,
        "longest": LONGEST_WRITTEN,
    }
    return render(request, "notices/announce.html", context, status=status)


def _ways(plan: Preview) -> list[tuple[str, int]]:
    """How many are told by each way out of the site."""
    return [
        (CHANNEL_WORDS[channel], sum(channel in {way.channel for way in each.ways} for each in plan.people))
        for channel in Channel
        if channel in offered_channels()
    ]


def _ours(request: HttpRequest, announcement_id: UUID, verb: str) -> Announced:
    """One of the organisation's own; 404 where there is none, 403 where it is another's."""
    found = announced(announcement_id)
    if found is None:
        raise Http404
    ours = request.actor.organisation.id if request.actor.organisation else ""
    demand(request.actor, verb, {"organisation"} if ours == found.organisation_id else set())
    return found
