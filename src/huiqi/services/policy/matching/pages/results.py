"""The results in groups, and one verdict explained."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.foundation.access.queries import requires
from huiqi.foundation.clock.queries import today
from huiqi.services.policy.library.queries import current_library
from huiqi.services.policy.matching.domain import GROUP_WORDS
from huiqi.services.policy.matching.forms import field_of
from huiqi.services.policy.matching.pages.entries import entry_of
from huiqi.services.policy.matching.pages.keeping import answers_of, carried_of
from huiqi.services.policy.matching.queries import (
    Match,
    Matches,
    detail_of,
    matches_for,
    next_question,
    profile_of,
    question_text,
)


@dataclass(frozen=True, slots=True)
class GroupSection:
    """One group of the results with its words."""

    name: str
    label: str
    icon: str
    meaning: str
    matches: tuple[Match, ...]

    @property
    def anchor(self) -> str:
        """The name of its drawing, which the lines of the group show again."""
        return f"drawn-{self.name}"

    @property
    def entries(self) -> Iterator[SafeString]:
        """Its lines, ready to be shown."""
        return map(entry_of, self.matches)

    @property
    def loans(self) -> int:
        """How many of them are loan products."""
        return sum(match.loan is not None for match in self.matches)


@dataclass(frozen=True, slots=True)
class KindLink:
    """A choice of what to look at, with how many items it holds."""

    label: str
    count: int
    url: str
    is_current: bool


_KINDS = {"all": "全部", "policy": "政策", "loan": "贷款产品"}


@requires("matching.ask")
@never_cache
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    library, as_of = current_library(), today()
    answers = answers_of(request, library)
    if answers.place is None:
        return redirect("matching:form")
    matches = matches_for(answers, library, as_of)
    kind = request.GET.get("kind", "")
    kind = kind if kind in _KINDS else "all"
    sections = [
        GroupSection(
            group,
            words.label,
            words.icon,
            words.meaning,
            tuple(match for match in matches.groups[group] if _is_of(match, kind)),
        )
        for group, words in GROUP_WORDS.items()
    ]
    context = {
        "profile": profile_of(answers, library),
        "sections": sections,
        "kinds": _kind_links(matches, kind),
        "kind_shown": kind,
        "shown_total": sum(len(section.matches) for section in sections),
        "matches": matches,
        "as_of": as_of,
        "next_text": question_text(next_question(answers, library, as_of), library),
        "skipped": len(answers.asked.skipped),
        "carried": carried_of(request, answers),
        "is_saved": request.GET.get("saved", "") not in ("", "0"),
    }
    return render(request, "matching/results.html", context)


def _is_of(match: Match, kind: str) -> bool:
    return kind == "all" or (match.loan is not None) is (kind == "loan")


def _kind_links(matches: Matches, chosen: str) -> list[KindLink]:
    every = [match for group in matches.groups.values() for match in group]
    address = reverse("matching:results")
    return [
        KindLink(
            label,
            sum(_is_of(match, kind) for match in every),
            address if kind == "all" else f"{address}?kind={kind}",
            kind == chosen,
        )
        for kind, label in _KINDS.items()
    ]


@requires("matching.ask")
@never_cache
@require_safe
def item(request: HttpRequest, item_id: str) -> HttpResponse:
    library, as_of = current_library(), today()
    if item_id not in library.items:
        raise Http404
    answers = answers_of(request, library)
    if answers.place is None:
        return redirect("matching:form")
    detail = detail_of(item_id, answers, library, as_of)
    if detail is None:
        return redirect("library:item", item_id=item_id)
    context = {
        "detail": detail,
        "match": detail.match,
        "item": detail.item,
        "words": GROUP_WORDS[detail.match.group],
        "asks": [field_of(fact, ()) for fact in detail.asks],
        "profile": profile_of(answers, library),
        "as_of": as_of,
    }
    return render(request, "matching/item.html", context)
