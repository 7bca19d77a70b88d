"""The city's numbers: anybody reads them, one person proposes, another agrees."""

from collections.abc import Sequence
from datetime import timedelta

from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.parameters.models import ParameterProposal
from tests.support.people import someone
from tests.walk.recipe import Page, Thing
from tests.walk.world import Walker, World

KEY = "library.answer_days"
# Who may propose, each with a number of their own to propose a change of.
PROPOSING = {"department_head": "library.contact_days", "system_admin": "library.reports_an_hour"}


def numbers(world: World, walker: Walker) -> Sequence[Thing]:
    """One number; a version nobody has made, to be called off in vain."""
    del world, walker
    return (Thing("a number", frozenset({"all", "public"}), {"key": KEY}),)


def versions(world: World, walker: Walker) -> Sequence[Thing]:
    del world, walker
    return (Thing("no version", frozenset({"all"}), {"key": KEY, "version": 1}),)


def proposals(world: World, walker: Walker) -> Sequence[Thing]:
    """One's own that waits, where one may propose, and one of somebody else's."""
    del world
    things = [_waiting("another's", "notices.quiet_from", someone("system_admin").person.pk)]
    if walker.who is not None and walker.role in PROPOSING:
        things.insert(0, _waiting("own", PROPOSING[walker.role], walker.who.person.pk))
    return tuple(things)


def _waiting(label: str, key: str, person_id: object) -> Thing:
    """A number has one that waits, so somebody else's is the same for everybody."""
    row, _ = ParameterProposal.objects.get_or_create(
        key=key,
        defaults={
            "value": "20",
            "from_on": today() + timedelta(days=3),
            "reason": "试一试",
            "proposed_by_id": person_id,
            "proposed_at": now(),
        },
    )
    found = frozenset({"all", "own"}) if label == "own" else frozenset({"all"})
    return Thing(label, found, {"key": key, "proposal": row.pk}, {"reason": "不合适"})


_SEE, _PROPOSE, _CALL_OFF = "parameters.see", "parameters.propose", "parameters.call_off"
PAGES = {
    "parameters:list": Page(reads=_SEE),
    "parameters:parameter": Page(reads=_SEE, things=numbers),
    "parameters:propose": Page(reads=_PROPOSE, writes=_PROPOSE, things=numbers),
    "parameters:call_off": Page(reads=_CALL_OFF, writes=_CALL_OFF, things=versions),
    "parameters:approve": Page(writes="parameters.approve", things=proposals),
    "parameters:refuse": Page(writes="parameters.refuse", things=proposals),
    "parameters:withdraw": Page(writes="parameters.withdraw", things=proposals, is_quiet=True),
}
