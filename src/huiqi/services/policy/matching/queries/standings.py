"""How every item stands for a visitor, for lists that show or order by it: verdicts without their reasons."""

from collections.abc import Mapping
from datetime import date

from huiqi.core.rules.rule import WindowState
from huiqi.services.policy.library.queries import Library, Standing
from huiqi.services.policy.matching.domain import GROUP_WORDS
from huiqi.services.policy.matching.queries.answers import Answers, read_answers
from huiqi.services.policy.matching.queries.matches import Case

_STANDINGS = {
    group: Standing(str(group), words.label, words.icon, rank)
    for rank, (group, words) in enumerate(GROUP_WORDS.items())
}


def standings_of(sealed: str | None, library: Library, as_of: date) -> Mapping[str, Standing]:
    """The standing of each item by the answers of a cookie; empty where they do not tell the place.

    Items of other places have none, and neither have those out of their window: no answer changes that.
    """
    return standings_for(read_answers(sealed, library.dictionary), library, as_of) if sealed else {}


def standings_for(answers: Answers, library: Library, as_of: date) -> Mapping[str, Standing]:
    """The same for answers that are read already."""
    case = Case(answers, library, as_of)
    return {
        item.id: _STANDINGS[case.group(item, verdict)]
        for item, verdict in case.verdicts()
        if item.window.state(as_of) is WindowState.OPEN
    }
