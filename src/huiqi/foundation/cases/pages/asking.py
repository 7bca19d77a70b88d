"""Who asks, when, and for whom."""

from django.http import HttpRequest

from huiqi.foundation.accounts.queries import acts_for, membership_of
from huiqi.foundation.cases.actions import Act
from huiqi.foundation.clock.queries import now, workday_table


def act_of(request: HttpRequest) -> Act:
    """The actor of a request, now, with the holidays announced so far and whom they stand in for today."""
    moment, own = now(), membership_of(request.actor)
    absent = acts_for(own, moment.date()) if own else ()
    return Act(request.actor, moment, workday_table(), frozenset(absent))
