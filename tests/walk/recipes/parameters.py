"""The city's numbers: open ones anybody may read, and changes that need a second person."""

from collections.abc import Sequence
from datetime import timedelta

from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.parameters.models import ParameterProposal, ParameterVersion
from huiqi.foundation.parameters.queries import declared
from tests.support.people import Someone
from tests.walk.recipe import Listing, Page, Thing
from tests.walk.world import Walker, World

PROPOSERS = ("department_head", "system_admin")  # one waits for each number, so each walker has one of theirs


def every_number(world: World, walker: Walker) -> Sequence[Thing]:
    """Each number of the city, by how open it is."""
    del world, walker
    return tuple(
        Thing(
            "open" if each.is_public else "of those who work with it",
            frozenset({"all", "public"} if each.is_public else {"all"}),
            {"key": key},
            marker=f"/{key}/",
        )
        for key, each in sorted(declared().items())
    )


def numbers(world: World, walker: Walker) -> Sequence[Thing]:
    """One of either openness: the pages of all are one page."""
    return tuple({each.label: each for each in every_number(world, walker)}.values())


def proposals(world: World, walker: Walker) -> Sequence[Thing]:
    """One of the walker's own where they may propose, and one of another."""
    found = []
    for position, (role, key) in enumerate(zip(PROPOSERS, sorted(declared()), strict=False)):
        who = next(each for each in world.walkers if each.role == role).who
        assert who is not None
        is_own = walker.who is not None and walker.who.person.pk == who.person.pk
        row = _proposal(key, who, position)
        relations = frozenset({"own", "all"} if is_own else {"all"})
        args = {"key": key, "proposal": row.pk}
        found.append(Thing("own" if is_own else f"of the {role}", relations, args, {"reason": "数不对"}))
    return tuple(found)


def versions(world: World, walker: Walker) -> Sequence[Thing]:
    """A change that was agreed to and has not begun."""
    key, proposal = (proposals(world, walker)[0].args[each] for each in ("key", "proposal"))
    row, _ = ParameterVersion.objects.get_or_create(
        proposal_id=proposal,
        defaults={"key": key, "value": "1", "from_on": today() + timedelta(days=9)},
    )
    return (Thing("a change ahead", frozenset({"all"}), {"key": key, "version": row.pk}),)


def _proposal(key: str, who: Someone, position: int) -> ParameterProposal:
    row, _ = ParameterProposal.objects.get_or_create(
        key=key,
        defaults={
            "value": "1",
            "from_on": today() + timedelta(days=9 + position),
            "reason": "试一试",
            "proposed_by_id": who.person.pk,
            "proposed_at": now(),
        },
    )
    return row


_SEE, _PROPOSE, _CALL_OFF = "parameters.see", "parameters.propose", "parameters.call_off"
PAGES = {
    "parameters:list": Page(
        reads=_SEE, lists=(Listing(every_number, _SEE, ("open", "of those who work with it")),)
    ),
    "parameters:parameter": Page(reads=_SEE, things=numbers),
    "parameters:export": Page(writes="parameters.export", things=numbers, sends={"purpose": "每年核对"}),
    "parameters:propose": Page(reads=_PROPOSE, writes=_PROPOSE, things=numbers),
    "parameters:call_off": Page(reads=_CALL_OFF, writes=_CALL_OFF, things=versions),
    "parameters:approve": Page(writes="parameters.approve", things=proposals),
    "parameters:refuse": Page(writes="parameters.refuse", things=proposals),
    "parameters:withdraw": Page(writes="parameters.withdraw", things=proposals, is_quiet=True),
}
