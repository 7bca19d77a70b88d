"""The door for readers: asking the table, and saying of a page what it takes to open it."""

from collections.abc import Callable, Mapping, Set
from typing import Any, TypeVar

from huiqi.foundation.access.domain import BRINGS, MANDATABLE, RELATIONS, RIGHTS, ROLES, VERBS, sentence
from huiqi.foundation.audit.actions import Actor

View = TypeVar("View", bound=Callable[..., Any])
VERB_OF_VIEW = "access_verb"
_IN_A_MANDATE = frozenset(MANDATABLE).union(*BRINGS.values())


class NotAllowedError(PermissionError):
    """Somebody may not do what they asked for; the message is for them and says who may."""

    def __init__(self, verb: str) -> None:
        self.verb = verb
        super().__init__(refusal(verb))


def requires(verb: str) -> Callable[[View], View]:
    """Mark a page with the one thing done on it. A page without a mark is opened to nobody."""
    if verb not in VERBS:
        raise ValueError(f"nobody declared {verb}")

    def mark(view: View) -> View:
        setattr(view, VERB_OF_VIEW, verb)
        return view

    return mark


def may(actor: Actor, verb: str, relations: Set[str], state: str = "") -> bool:
    """Whether the table lets ``actor`` do ``verb`` to something it has these relations to."""
    return RIGHTS.may(actor.role, verb, relations & relations_for(actor, verb), state)


def demand(actor: Actor, verb: str, relations: Set[str], state: str = "") -> None:
    """Go on where the table allows it; NotAllowedError, which every page answers with 403, otherwise."""
    if not may(actor, verb, relations, state):
        raise NotAllowedError(verb)


def may_open(role: str, verb: str) -> bool:
    """Whether ``role`` may do ``verb`` to anything at all."""
    return RIGHTS.may_ever(role, verb)


def may_while_seeing(verb: str) -> bool:
    """Whether a support member who sees the site as somebody may change anything by this."""
    return RIGHTS.may("support", verb, {"seen"})


def relations_for(actor: Actor, verb: str) -> frozenset[str]:
    """By which relations ``actor`` may do ``verb``: a list shows what stands in one of them, and no more.

    Who acts on somebody's behalf has the rights of the mandate alone, and those everybody has.
    """
    found = RIGHTS.relations(actor.role, verb)
    if verb in _IN_A_MANDATE and (actor.behalf_of is None or verb not in actor.behalf_of.verbs):
        found -= {"mandated"}
    return found if actor.behalf_of is None else found & {"public", "mandated"}


def read_aloud() -> tuple[str, ...]:
    """The whole table, a sentence a rule."""
    return tuple(sentence(rule.role, rule.verb, rule.relation, rule.states) for rule in RIGHTS.rules)


def what_role_may(role: str) -> tuple[str, ...]:
    """What a role of its own may do, beside what everybody may: 看办件台：本单位的."""
    rules = (rule for rule in RIGHTS.rules if rule.role == role)
    return tuple(f"{VERBS[rule.verb]}：{RELATIONS[rule.relation]}" for rule in rules)


def role_words(role: str) -> str:
    """A role as it is said: 客户经理."""
    return ROLES[role]


def mandatable() -> Mapping[str, str]:
    """What somebody may let another do for them: verbs, each with its words, in their order."""
    return MANDATABLE


def with_what_they_bring(verbs: Set[str]) -> frozenset[str]:
    """Verbs, with those nobody could do them without: who answers a case has to see it."""
    return frozenset(verbs).union(*(BRINGS.get(verb, frozenset()) for verb in verbs))


def refusal(verb: str) -> str:
    """What somebody is told who may not: what it is, and who may."""
    able = {rule.role for rule in RIGHTS.rules if rule.verb == verb and rule.relation != "mandated"}
    who = "、".join(ROLES[role] for role in ROLES if role in (able or RIGHTS.roles(verb)))
    return f"您现在的身份不能{VERBS[verb]}。" + (f"可以办的是：{who}。" if who else "")
