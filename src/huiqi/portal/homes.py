"""The first page of everybody who is signed in: what waits for them, by when, and where to begin.

What a home costs in questions to the database is pinned by its test; none grows with the number of cases.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.foundation.access.queries import demand, may_open, relations_for, requires, role_words
from huiqi.foundation.accounts.queries import acts_for, membership_of, organisation_counts, waiting_grants
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.audit.queries import log_state
from huiqi.foundation.cases.queries import (
    MOST_COUNTED,
    Pile,
    Scope,
    Workload,
    own_work,
    party_ids_of,
    workload,
)
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.documents.queries import document_count, shelf_of
from huiqi.foundation.notices.queries import letters_of
from huiqi.foundation.parameters.queries import decisions_waiting_for
from huiqi.portal.health import measured
from huiqi.portal.ways import Way, ways_of
from huiqi.services.policy.library.queries import current_library
from huiqi.services.policy.matching.queries import (
    ANSWERS_COOKIE,
    answers_for,
    next_question,
    profile_of,
    question_text,
)

LETTERS_SHOWN = 3
# What stands below an organisation is told to those who answer for it.
RESPONSIBLE = frozenset({"department_head", "task_force"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that leads where it comes from; ``tone`` is empty where nothing is urgent."""

    label: str
    count: int
    url: str
    tone: str = ""

    @property
    def text(self) -> str:
        """36, or 999+ where there are more than are counted."""
        return f"{MOST_COUNTED}+" if self.count > MOST_COUNTED else str(self.count)


@dataclass(frozen=True, slots=True)
class Coming:
    """What a role will do here once it is built, and what it can do today."""

    title: str
    words: str


COMING: Mapping[str, Coming] = {
    "bank_clerk": Coming(
        "惠金融还没有开通", "开通以后，企业发来的融资需求、答复的时限、贷款和贴息，都在这里办。"
    ),
    "bank_manager": Coming(
        "惠金融还没有开通", "开通以后，本行收到的融资需求、快到时限的、还没人接的，都在这里看。"
    ),
    "guarantor": Coming("融资担保还没有开通", "开通以后，请您担保的融资需求会送到这里。"),
    "adviser": Coming(
        "辅导还没有开通", "开通以后，约好的辅导会列在这里。委托您办的事，今天就能在“替人办事”里办。"
    ),
    "fund_accountant": Coming(
        "资金兑付还没有开通", "开通以后，要复核的、要付的、付不成的、对不上的账，都在这里。"
    ),
    "fund_approver": Coming("资金兑付还没有开通", "开通以后，等您审批的付款会列在这里；每一笔都要两个人。"),
}


@requires("portal.see_home")
@never_cache
@require_safe
def own_home(request: HttpRequest) -> HttpResponse:
    """The home of the role somebody acts in."""
    demand(request.actor, "portal.see_home", {"own"})
    template, parts = HOMES[request.actor.role]
    letters = letters_of(request.actor.id, is_unread_only=True)
    context = {
        "today": today(),
        "role_label": role_words(request.actor.role),
        "place": request.actor.organisation.name if request.actor.organisation else "",
        "letters": letters.letters[:LETTERS_SHOWN],
        "unread": letters.count,
        "ways": ways_of(request.actor),
    }
    return render(request, template, context | parts(request))


def _of_owner(request: HttpRequest) -> Mapping[str, object]:
    """One's own cases, what the answers given so far still lack, and the three large doors."""
    actor, library = request.actor, current_library()
    answers = answers_for(actor, request.COOKIES.get(ANSWERS_COOKIE), library, today())
    has_answered = answers.place is not None
    asked = reverse("matching:results" if has_answered else "matching:form")
    following = next_question(answers, library, today()) if has_answered else None
    return {
        "work": own_work(party_ids_of(actor), today()),
        "profile": profile_of(answers, library) if has_answered else None,
        "next_text": question_text(following, library),
        "doors": (
            Way("找政策", "file", reverse("library:list"), "补贴、减税、贷款"),
            Way("测一测", "checklist", asked, "看看您能享受什么"),
            Way("算一算", "yuan", reverse("calculator:index"), "估一估能得多少"),
        ),
    }


def _of_desk(request: HttpRequest) -> Mapping[str, object]:
    """What is due, of one's own first; then the organisation's, and what was raised from below."""
    # Whom one stands in for is added as the desk adds them, or its figures would differ from these.
    own = membership_of(request.actor)
    members = frozenset({own, *acts_for(own, today())} if own else ())
    load = workload(request.actor, members, today())
    raised = _raised(load) if request.actor.role in RESPONSIBLE else []
    return {
        "load": load,
        "mine": _mine(load),
        "ours": _ours(load),
        "raised": raised,
        "free_url": _desk_url(Scope.FREE, Pile.ALL),
        "is_idle": not load.mine[Pile.ALL],
        "announces": may_open(request.actor.role, "notices.announce"),
        "issues": may_open(request.actor.role, "documents.issue_pdf"),
    }


def _mine(load: Workload) -> list[Figure]:
    return [
        _pile("已超期", load.mine[Pile.OVERDUE], Scope.MINE, Pile.OVERDUE, "stop"),
        _pile("今天到期", load.mine[Pile.TODAY], Scope.MINE, Pile.TODAY, "warn"),
        _pile("本周到期", load.mine[Pile.WEEK], Scope.MINE, Pile.WEEK),
        _pile("等别人", load.mine[Pile.WAITING], Scope.MINE, Pile.WAITING),
    ]


def _ours(load: Workload) -> list[Figure]:
    return [
        _pile("没人接手", load.scopes[Scope.FREE], Scope.FREE, Pile.ALL, "warn"),
        _pile("已超期", load.ours[Pile.OVERDUE], Scope.OURS, Pile.OVERDUE, "stop"),
        _pile("今天到期", load.ours[Pile.TODAY], Scope.OURS, Pile.TODAY, "warn"),
        _pile("全部在办", load.scopes[Scope.OURS], Scope.OURS, Pile.ALL),
    ]


def _raised(load: Workload) -> list[Figure]:
    return [
        _pile("已超期", load.raised[Pile.OVERDUE], Scope.RAISED, Pile.OVERDUE, "stop"),
        _pile("今天到期", load.raised[Pile.TODAY], Scope.RAISED, Pile.TODAY, "warn"),
        _pile("全部报来的", load.scopes[Scope.RAISED], Scope.RAISED, Pile.ALL),
    ]


def _of_partner(request: HttpRequest) -> Mapping[str, object]:
    """What works today for who has no cases here yet, and honest words for what does not."""
    actor = request.actor
    has_shelf = bool(relations_for(actor, "documents.see"))
    return {
        "coming": COMING[actor.role],
        "has_shelf": has_shelf,
        "documents": document_count(shelf_of(actor)) if has_shelf else 0,
    }


def _of_log(request: HttpRequest) -> Mapping[str, object]:
    """How the log stands."""
    return {
        "log": log_state(now()),
        "late_seconds": settings.HUIQI_LATE_SECONDS,
        "sees_health": may_open(request.actor.role, "portal.see_health"),
    }


def _of_site(request: HttpRequest) -> Mapping[str, object]:
    """How the site is, and what waits for whoever looks after it."""
    actor, moment = request.actor, now()
    return {
        "health": measured(moment),
        "counts": organisation_counts(actor),
        "decisions": _decisions(actor, moment) if may_open(actor.role, "accounts.see_grants") else [],
    }


def _decisions(actor: Actor, moment: datetime) -> list[Figure]:
    """What waits for a second pair of eyes."""
    waiting = (
        ("身份", len(waiting_grants(actor, moment)), "accounts:grants"),
        ("办事数字", decisions_waiting_for(actor), "parameters:list"),
    )
    return [Figure(label, count, reverse(view), "warn" if count else "") for label, count, view in waiting]


def _pile(label: str, count: int, scope: Scope, pile: Pile, tone: str = "") -> Figure:
    return Figure(label, count, _desk_url(scope, pile), tone if count else "")


def _desk_url(scope: Scope, pile: Pile) -> str:
    chosen = {"scope": "" if scope is Scope.MINE else scope, "pile": "" if pile is Pile.ALL else pile}
    query = urlencode({name: str(value) for name, value in chosen.items() if value})
    return f"{reverse('cases:desk')}?{query}" if query else reverse("cases:desk")


_Home = tuple[str, Callable[[HttpRequest], Mapping[str, object]]]
_OWNER: _Home = ("portal/homes/owner.html", _of_owner)
_DESK: _Home = ("portal/homes/desk.html", _of_desk)
_PARTNER: _Home = ("portal/homes/partner.html", _of_partner)
_LOG: _Home = ("portal/homes/log.html", _of_log)
_SITE: _Home = ("portal/homes/site.html", _of_site)
HOMES: Mapping[str, _Home] = {
    **dict.fromkeys(("person", "owner", "handler"), _OWNER),
    **dict.fromkeys(("officer", "window_clerk", "department_head", "task_force", "support"), _DESK),
    **dict.fromkeys(COMING, _PARTNER),
    **dict.fromkeys(("auditor", "audit_admin"), _LOG),
    **dict.fromkeys(("system_admin", "security_admin"), _SITE),
}
