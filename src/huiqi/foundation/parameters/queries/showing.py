"""What people see of parameters: the values that concern them, and who wanted what where they may know."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from huiqi.foundation.access.queries import may, relations_for
from huiqi.foundation.audit.actions import Actor
from huiqi.foundation.parameters.domain import Parameter, State, Timeline, mark_words, value_words
from huiqi.foundation.parameters.models import ParameterProposal
from huiqi.foundation.parameters.queries.declared import declared, room_words
from huiqi.foundation.parameters.queries.reading import is_there, read_once, timeline


@dataclass(frozen=True, slots=True)
class NextChange:
    """A change that is agreed to and still ahead."""

    from_on: date
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One parameter on a day. ``since`` is None where the default is still in force; ``is_waiting`` says that
    somebody wants it changed, to those who may know.
    """

    key: str
    title: str
    words: str
    value: str
    since: date | None
    mark: str
    may_change: bool
    source: str
    read_by: str
    ahead: tuple[NextChange, ...]
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The parameters of one room."""

    label: str
    lines: tuple[Line, ...]


def may_see(actor: Actor, parameter: Parameter) -> bool:
    """What concerns owners may be read by anybody, the rest by those who change or check it."""
    return may(actor, "parameters.see", {"public", "all"} if parameter.is_public else {"all"})


def sees_all(actor: Actor) -> bool:
    """Whether somebody may know who wanted what and why."""
    return "all" in relations_for(actor, "parameters.see")


def listed(actor: Actor, as_of: date) -> tuple[Group, ...]:
    """Every parameter somebody may see, by room. One query, and one more for those who see proposals."""
    waiting = _waiting_keys() if sees_all(actor) else frozenset()
    groups: dict[str, list[Line]] = defaultdict(list)
    for parameter in declared().values():
        if may_see(actor, parameter):
            line = line_of(parameter, timeline(parameter), as_of, is_waiting=parameter.key in waiting)
            groups[room_words(parameter)].append(line)
    return tuple(Group(label, tuple(lines)) for label, lines in groups.items())


def everything(as_of: date) -> tuple[Line, ...]:
    """Every parameter, for whoever runs the site; before its first start, as it will begin."""
    keeps = is_there()
    with read_once():
        return tuple(
            line_of(each, timeline(each) if keeps else Timeline(each.default), as_of)
            for each in declared().values()
        )


def decisions_waiting_for(actor: Actor) -> int:
    """How many changes wait for this person to agree: none of their own."""
    if not may(actor, "parameters.approve", {"all"}):
        return 0
    waiting = ParameterProposal.objects.filter(state=State.WAITING, key__in=declared())
    return waiting.exclude(proposed_by__pk=actor.id).count()


def line_of(parameter: Parameter, versions: Timeline, as_of: date, *, is_waiting: bool = False) -> Line:
    """A parameter as it stands on a day."""
    held = versions.version(as_of)
    return Line(
        key=parameter.key,
        title=parameter.title,
        words=parameter.words,
        value=value_words(parameter, versions.value(as_of)),
        since=held.from_on if held else None,
        mark=mark_words(parameter, is_changed=held is not None),
        may_change=parameter.may_change,
        source=parameter.source,
        read_by=parameter.read_by,
        ahead=tuple(
            NextChange(each.from_on, value_words(parameter, each.value)) for each in versions.ahead(as_of)
        ),
        is_waiting=is_waiting,
    )


def _waiting_keys() -> frozenset[str]:
    return frozenset(ParameterProposal.objects.filter(state=State.WAITING).values_list("key", flat=True))
