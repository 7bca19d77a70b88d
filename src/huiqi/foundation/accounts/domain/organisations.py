"""The kinds of organisation there are and the roles each can give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LONGEST_ORGANISATION_NAME = 120
# What may stand under what: branches under their bank, offices under their department.
PARENTS: Mapping[str, frozenset[str]] = {
    "bank": frozenset({"bank"}),
    "department": frozenset({"department", "township"}),
    "township": frozenset({"department", "township"}),
    "guarantor": frozenset({"guarantor"}),
    "provider": frozenset({"provider"}),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of party: its name, and the roles its members may have, the highest first."""

    id: str
    label: str
    roles: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("business", "经营主体", ("owner", "handler")),
        Kind("department", "部门", ("department_head", "officer", "window_clerk")),
        Kind("township", "乡镇（街道）", ("department_head", "officer", "window_clerk")),
        Kind("task_force", "专班", ("task_force",)),
        Kind("bank", "银行", ("bank_manager", "bank_clerk")),
        Kind("guarantor", "担保机构", ("guarantor",)),
        Kind("provider", "服务机构", ("adviser", "handler")),
        Kind("fund_office", "资金管理机构", ("fund_approver", "fund_accountant")),
        Kind("audit_office", "审计机构", ("auditor",)),
        Kind("platform", "平台运营", ("system_admin", "security_admin", "audit_admin", "support")),
    )
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, as others may see them: ``name`` is masked."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A party. ``division`` is a code of GB/T 2260 or empty; ``parent_id`` is what it is a branch of."""

    id: str
    kind: str
    name: str
    division: str
    parent_id: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member as the others of the organisation know them, by full name. ``id`` is the membership's."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one role of one organisation."""

    id: str
    person: Person
    organisation: Organisation
    role: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing an organisation ends, told before it is done. ``hindrances`` say why it cannot be yet."""

    members: int
    invitations: int
    mandates_given: int
    mandates_held: int
    hindrances: tuple[str, ...]


def in_tree_order(below: Iterable[Organisation], top_id: str) -> tuple[tuple[Organisation, int], ...]:
    """What stands below, each after what it stands under, with how deep it stands, from 0. What stands under
    something that is not there, because that was closed, comes last, at 0.
    """
    found = tuple(below)
    under: dict[str, list[Organisation]] = {}
    for each in found:
        under.setdefault(each.parent_id, []).append(each)
    known = {each.id for each in found} | {top_id}
    lost = [each for each in found if each.parent_id not in known]
    waiting = [(each, 0) for each in reversed([*under.get(top_id, []), *lost])]
    ordered = []
    while waiting:
        each, depth = waiting.pop()
        ordered.append((each, depth))
        waiting += [(lower, depth + 1) for lower in reversed(under.get(each.id, []))]
    return tuple(ordered)


def name_fault(name: str) -> str:
    """What is wrong with a name; empty for nothing."""
    if not name:
        return "请填单位名称。"
    if len(name) > LONGEST_ORGANISATION_NAME:
        return f"名称写了 {len(name)} 个字，最多 {LONGEST_ORGANISATION_NAME} 个。请写短一些，还没有改动。"
    return ""


def place_fault(kind: str, parent_kind: str) -> str:
    """Whether an organisation of one kind may stand under one of another; empty where it may."""
    if parent_kind in PARENTS.get(kind, frozenset()):
        return ""
    return f"{KINDS[kind].label}不能归在{KINDS[parent_kind].label}下面。请换一个上级，或者不选。"
