"""How every item stands for a visitor, for lists that show or order by it: verdicts without their reasons."""

from collections.abc import Mapping
from datetime import date

from huiqi.core.rules.rule import WindowState
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.businesses.queries import business_of
from huiqi.services.policy.library.queries import Library, Standing
from huiqi.services.policy.matching.domain import GROUP_WORDS
from huiqi.services.policy.matching.queries.answers import Answers
from huiqi.services.policy.matching.queries.matches import Case
from huiqi.services.policy.matching.queries.sheets import answers_for

_STANDINGS = {
    group: Standing(str(group), words.label, words.icon, rank)
    for rank, (group, words) in enumerate(GROUP_WORDS.items())
}


def standings_of(actor: Actor, sealed: str | None, library: Library, as_of: date) -> Mapping[str, Standing]:
    """The standing of each item by the sheet of whom the actor acts for and by the answers of a cookie; empty
    where they do not tell the place.

    Items of other places have none, and neither have those out of their window: no answer changes that.
    """
    if not sealed and business_of(actor) is None:
        return {}
    return standings_for(answers_for(actor, sealed, library, as_of), library, as_of)


def standings_for(answers: Answers, library: Library, as_of: date) -> Mapping[str, Standing]:
    """The same for answers that are read already."""
    case = Case(answers, library, as_of)
    return {
        item.id: _STANDINGS[case.group(item, verdict)]
        for item, verdict in case.verdicts()
        if item.window.state(as_of) is WindowState.OPEN
    }
