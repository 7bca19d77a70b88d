"""What the walk expects: rights.txt, a reading of the table of rights that was looked through by people.

`HUIQI_MODE=test python -m tests.walk.reading` writes it anew from the table and prints what changed: each
changed line is a right somebody gains or loses, so it is looked through before it is committed
(docs/guides/walk.md).
"""

import difflib
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from huiqi.foundation.access.domain import TABLE

RIGHTS = Path(__file__).with_name("rights.txt")
EVERYONE, SIGNED_IN, VISITOR = "everyone", "signed_in", "visitor"


@dataclass(frozen=True, slots=True)
class Right:
    """One role may do a verb in one relation, in these states; empty means in any."""

    verb: str
    relation: str
    role: str
    states: frozenset[str]


class Expected:
    """The rights of the checked-in reading, asked without any code of the site."""

    def __init__(self, text: str) -> None:
        self._of: dict[str, list[Right]] = defaultdict(list)
        for right in _read(text):
            self._of[right.verb].append(right)

    def opens(self, role: str, verb: str, counting: Set[str]) -> bool:
        """Whether there is anything this role may do the verb to in one of the relations that count."""
        return any(each.relation in counting for each in self._rights(role, verb))

    def may(self, role: str, verb: str, relations: Set[str], state: str = "") -> bool:
        return any(
            right.relation in relations and (not right.states or state in right.states)
            for right in self._rights(role, verb)
        )

    def may_while_seeing(self, verb: str) -> bool:
        """Whether a support member who sees the site as somebody may change anything by this."""
        return any(right.role == "support" and right.relation == "seen" for right in self._of[verb])

    def _rights(self, role: str, verb: str) -> list[Right]:
        meant = {role, EVERYONE} | (set() if role == VISITOR else {SIGNED_IN})
        return [right for right in self._of[verb] if right.role in meant]


def expected() -> Expected:
    """The reading as it is checked in."""
    return Expected(RIGHTS.read_text(encoding="utf-8"))


def written() -> str:
    """The table as rights.txt has it: a verb, and below it who may do it in which relation, all sorted."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in filter(None, map(str.strip, TABLE.splitlines())):
        role, verb, relation, *states = line.split()
        found[verb][relation].append(f"{role}({states[0]})" if states else role)
    lines = []
    for verb in sorted(found):
        lines.append(verb)
        lines += [f"  {each:<14}{' '.join(sorted(roles))}" for each, roles in sorted(found[verb].items())]
    return "\n".join(lines) + "\n"


def difference() -> str:
    """What the table says and the reading does not, and the other way round; empty where they are one."""
    kept = RIGHTS.read_text(encoding="utf-8") if RIGHTS.exists() else ""
    lines = kept.splitlines(), written().splitlines()
    return "\n".join(difflib.unified_diff(*lines, "looked through", "table", n=1, lineterm=""))


def _read(text: str) -> list[Right]:
    rights, verb = [], ""
    for line in text.splitlines():
        if not line.startswith(" "):
            verb = line.strip()
            continue
        relation, *roles = line.split()
        for each in roles:
            role, _, states = each.rstrip(")").partition("(")
            rights.append(Right(verb, relation, role, frozenset(filter(None, states.split("|")))))
    return rights


if __name__ == "__main__":
    print(difference() or "nothing changed")  # noqa: T201 - a command
    RIGHTS.write_text(written(), encoding="utf-8")
