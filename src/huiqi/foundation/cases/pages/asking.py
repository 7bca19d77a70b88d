"""Who asks, when, and for whom."""

from django.http import HttpRequest

from huiqi.foundation.accounts.queries import ACTING_KEY, membership_of
from huiqi.foundation.cases.actions import Act
from huiqi.foundation.clock.queries import now, workday_table


def act_of(request: HttpRequest) -> Act:
    """The actor of a request, now, with the holidays announced so far."""
    return Act(request.actor, now(), workday_table())


def members_acted_for(request: HttpRequest) -> frozenset[str]:
    """The memberships somebody acts for: their own, and here those they stand in for are to be added."""
    is_seen = request.actor.seen_by is not None
    own = membership_of(request.actor) if is_seen else request.session.get(ACTING_KEY)
    return frozenset({str(own)} if own else ())
