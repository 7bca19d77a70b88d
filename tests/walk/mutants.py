"""Slips somebody could make: a right given too widely, a filter or a question forgotten. The walk sees each.

A slip in the source is compiled from the file as it stands, with one text replaced, and put in the place of
the functions that it changes; one in the table is read into the rights the site asks. Both are undone.
"""

import importlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from unittest.mock import patch

from huiqi.foundation.access.domain import RIGHTS, TABLE, Rights, read_rules
from huiqi.foundation.access.queries import VERB_OF_VIEW


@dataclass(frozen=True, slots=True)
class Mutant:
    """``old`` is replaced by ``new`` in ``where``: a module, ``table``, or ``verb of`` a page. ``pages`` are
    the addresses that are walked to see it.
    """

    where: str
    old: str
    new: str
    pages: tuple[str, ...]

    def __str__(self) -> str:
        old, new = " ".join(self.old.split()), " ".join(self.new.split())
        return f"{self.where}: {old or 'a new line'} → {new}"


def _wider(old: str, new: str, *pages: str) -> Mutant:
    return Mutant("table", old, new, pages)


def _given(line: str, *pages: str) -> Mutant:
    return Mutant("table", "", line, pages)


_CASES, _DOCUMENTS = "huiqi.foundation.cases", "huiqi.foundation.documents"
_NOTICES, _ACCOUNTS = "huiqi.foundation.notices", "huiqi.foundation.accounts"
TABLE_MUTANTS = (
    _wider("officer cases.see organisation", "officer cases.see all", "cases:case"),
    _wider("support cases.transfer organisation", "support cases.transfer all", "cases:transfer"),
    _given("bank_clerk cases.see_desk organisation", "cases:desk"),
    _given("auditor cases.note all", "cases:note"),
    _given("department_head cases.advance below", "cases:advance"),
    _given("officer cases.hand_over organisation", "cases:hand_over"),
    _given("handler documents.remove organisation", "documents:remove"),
    _given("owner documents.download own", "documents:download"),
    _given("department_head documents.upload organisation", "documents:upload"),
    _wider("signed_in notices.read own", "everyone notices.read own", "notices:list"),
    _wider("signed_in accounts.keep_own own", "everyone accounts.keep_own own", "accounts:recovery_codes"),
    _given("support notices.mark_read seen", "notices:mark_read"),
    _given("officer audit.see_entry all", "audit:entry"),
    _given("department_head accounts.see_organisations all", "accounts:organisations"),
    _given("adviser documents.remove mandated", "documents:remove"),
)
SOURCE_MUTANTS = (
    Mutant(
        f"{_CASES}.queries.desk",
        "return Q(organisation=ours) & of_scope[scope]",
        "return of_scope[scope]",
        ("cases:desk",),
    ),
    Mutant(f"{_CASES}.queries.desk", "Q(overseer=ours)", "Q(overseer__isnull=False)", ("cases:desk",)),
    Mutant(
        f"{_CASES}.queries.desk", '.filter(party_id__in=ids).exclude(party_id="")', ".all()", ("cases:own",)
    ),
    Mutant(
        f"{_CASES}.queries.files",
        'demand(actor, "cases.see", relations, case.state)',
        "pass",
        ("cases:case",),
    ),
    Mutant(
        f"{_CASES}.queries.rights",
        "if ours and ours == str(case.organisation_id):",
        "if ours:",
        ("cases:pause",),
    ),
    Mutant(
        f"{_CASES}.actions.keeping", "demand(act.actor, verb, relations, case.state)", "pass", ("cases:note",)
    ),
    Mutant(
        f"{_NOTICES}.queries.letters",
        "chosen = Letter.objects.filter(person_id=person_id)",
        "chosen = Letter.objects.all()",
        ("notices:list",),
    ),
    Mutant(
        f"{_NOTICES}.actions.reading",
        "filter(person_id=actor.id, read_at__isnull=True)",
        "filter(read_at__isnull=True)",
        ("notices:mark_read",),
    ),
    Mutant(
        f"{_DOCUMENTS}.queries.kept",
        "(\n        holder_kind=holder.kind, holder_id=holder.id, removed_at__isnull=True",
        "(\n        removed_at__isnull=True",
        ("documents:shelf",),
    ),
    Mutant(
        f"{_DOCUMENTS}.pages.downloads",
        "relations_to(request.actor, one.holder), str(one.state))",
        'frozenset({"own", "organisation"}))',
        ("documents:download",),
    ),
    Mutant(
        f"{_DOCUMENTS}.pages.shelf",
        'demand(request.actor, "documents.remove", relations_to(request.actor, one.holder))',
        "pass",
        ("documents:remove",),
    ),
    Mutant(
        f"{_ACCOUNTS}.actions.passkeys",
        "if Passkey.objects.filter(person=person, pk=wanted).delete()[0]:",
        "if Passkey.objects.filter(pk=wanted).delete()[0]:",
        ("accounts:passkey_remove",),
    ),
    Mutant(
        f"{_ACCOUNTS}.actions.sessions",
        "rows = Session.objects.filter(person_id=actor.id)",
        "rows = Session.objects.all()",
        ("accounts:end_sessions",),
    ),
    Mutant(
        f"{_ACCOUNTS}.queries.acting",
        "filter(person=person, until_at__isnull=True, organisation__closed_at__isnull=True)\n        .order",
        "filter(until_at__isnull=True, organisation__closed_at__isnull=True)\n        .order",
        ("accounts:role",),
    ),
    Mutant(
        f"{_ACCOUNTS}.queries.account",
        "Session.objects.filter(person_id=person_id, began_at__isnull=False)",
        "Session.objects.filter(began_at__isnull=False)",
        ("accounts:own",),
    ),
    Mutant(
        f"{_ACCOUNTS}.pages.finding",
        "demand(request.actor, verb, relations_to(request.actor, found.id, verb))",
        "pass",
        ("accounts:organisation_of",),
    ),
    Mutant(
        f"{_ACCOUNTS}.queries.mandates",
        "filter(_given_by(actor)).order_by",
        "all().order_by",
        ("accounts:mandates",),
    ),
    Mutant(
        f"{_ACCOUNTS}.queries.mandates",
        "_active(as_of).filter(_held_by(actor))\n    return rows",
        "_active(as_of)\n    return rows",
        ("accounts:principals",),
    ),
    Mutant(f"{_ACCOUNTS}.queries.mandates", ", revoked_at__isnull=True)", ")", ("accounts:principals",)),
    Mutant(f"{_ACCOUNTS}.queries.mandates", "until_on__gte=as_of, ", "", ("cases:note",)),
    Mutant(f"{_ACCOUNTS}.queries.mandates", ", revoked_at__isnull=True)", ")", ("documents:download",)),
    Mutant(
        f"{_ACCOUNTS}.queries.mandates",
        "frozenset(row.verb for row in rows))",
        "frozenset(mandatable()) | {'cases.see_own'})",
        ("documents:shelf",),
    ),
    Mutant(
        f"{_CASES}.queries.rights",
        'frozenset({"mandated"} if case.party_id == actor.behalf_of.id else ())',
        'frozenset({"mandated"})',
        ("cases:case",),
    ),
    Mutant(
        f"{_CASES}.queries.rights",
        "return frozenset({actor.behalf_of.id})",
        "return frozenset({actor.behalf_of.id, actor.id})",
        ("cases:own",),
    ),
    Mutant(
        f"{_DOCUMENTS}.queries.holders",
        'frozenset({"mandated"}) if principal.id == holder.id else NONE',
        'frozenset({"mandated"})',
        ("documents:download",),
    ),
    Mutant(
        "huiqi.foundation.access.queries",
        'found if actor.behalf_of is None else found & {"public", "mandated"}',
        "found",
        ("accounts:name",),
    ),
    Mutant(
        f"{_ACCOUNTS}.queries.acting",
        "return BEHALF_KEY if BEHALF_KEY in session and actor.behalf_of is None else",
        "return",
        ("cases:note", "cases:own"),
    ),
    Mutant(
        f"{_ACCOUNTS}.queries.roster",
        'if not relations_for(actor, "accounts.see_organisation") & {"below", "all"}:',
        "if not actor.organisation:",
        ("accounts:organisation",),
    ),
    Mutant(
        f"{_ACCOUNTS}.queries.members",
        "CURRENT.filter(organisation_id=organisation_id).order_by",
        "CURRENT.all().order_by",
        ("accounts:organisation",),
    ),
    Mutant(
        f"{_ACCOUNTS}.queries.roster",
        "invitations_of(organisation.id, now) if may_invite else ()",
        "invitations_of(organisation.id, now)",
        ("accounts:organisation",),
    ),
    Mutant(
        f"{_ACCOUNTS}.queries.invited",
        "rows = _ROWS.filter(ended_late, organisation_id=organisation_id, accepted_at__isnull=True)",
        "rows = _ROWS.filter(ended_late, accepted_at__isnull=True)",
        ("accounts:organisation",),
    ),
    Mutant(
        f"{_ACCOUNTS}.queries.invited",
        "_ROWS.filter(phone_index=person.phone.reveal()) if person",
        "_ROWS.all() if person",
        ("accounts:invitations", "accounts:decline"),
    ),
    Mutant(f"{_ACCOUNTS}.queries.invited", "approved_at__isnull=True, ", "", ("accounts:grants",)),
    Mutant(f"{_ACCOUNTS}.queries.invited", "needs_approval=True, ", "", ("accounts:grants",)),
    Mutant(
        f"{_ACCOUNTS}.queries.identities",
        "ExternalIdentity.objects.filter(person_id=person_id)",
        "ExternalIdentity.objects.all()",
        ("accounts:own",),
    ),
    Mutant(
        f"{_ACCOUNTS}.actions.identities",
        "row = person.identities.filter(pk=wanted).first()",
        "row = ExternalIdentity.objects.filter(pk=wanted).first()",
        ("accounts:identity_end",),
    ),
    Mutant(
        "huiqi.foundation.parameters.queries.showing",
        "if may_see(actor, parameter):",
        "if True:",
        ("parameters:list",),
    ),
    Mutant(
        "huiqi.foundation.audit.queries.searching",
        "filter(party_id=party_id)",
        "all()",
        ("audit:looks_at_me",),
    ),
    Mutant(
        "huiqi.foundation.parameters.queries.showing",
        '{"public", "all"} if parameter.is_public else {"all"}',
        '{"public", "all"}',
        ("parameters:parameter",),
    ),
    Mutant("verb of", f"{_CASES}.pages.hand_over_cases", "cases.see_desk", ("cases:hand_over",)),
    Mutant(
        "verb of",
        f"{_ACCOUNTS}.pages.identities.connect",
        "accounts.sign_in",
        ("accounts:identity_connect",),
    ),
)
MUTANTS = TABLE_MUTANTS + SOURCE_MUTANTS


@contextmanager
def mutated(mutant: Mutant) -> Iterator[None]:
    """The site with this slip in it."""
    with ExitStack() as undo:
        if mutant.where == "table":
            undo.enter_context(_table(mutant))
        elif mutant.where == "verb of":
            module, _, name = mutant.old.rpartition(".")
            view = getattr(importlib.import_module(module), name)
            undo.enter_context(patch.object(view, VERB_OF_VIEW, mutant.new))
        else:
            undo.enter_context(_source(mutant))
        yield


@contextmanager
def _table(mutant: Mutant) -> Iterator[None]:
    lines = [" ".join(line.split()) for line in TABLE.splitlines()]
    if mutant.old:
        assert lines.count(mutant.old) == 1, f"the table says no longer: {mutant.old}"
        lines[lines.index(mutant.old)] = mutant.new
    else:
        lines.append(mutant.new)
    slipped = Rights(read_rules("\n".join(lines)))
    with patch.object(RIGHTS, "rules", slipped.rules), patch.object(RIGHTS, "_by_verb", slipped._by_verb):
        yield


@contextmanager
def _source(mutant: Mutant) -> Iterator[None]:
    module = importlib.import_module(mutant.where)
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1, f"{mutant.where} says no longer, or twice: {mutant.old}"
    before, after = _functions(source), _functions(source.replace(mutant.old, mutant.new))
    changed = [name for name in before if before[name] != after[name]]
    assert changed, f"nothing changes: {mutant}"
    slipped = {name: _innermost(module, name) for name in changed}
    for name, function in slipped.items():
        before[name], function.__code__ = function.__code__, after[name]
    try:
        yield
    finally:
        for name, function in slipped.items():
            function.__code__ = before[name]


def _functions(source: str) -> dict[str, CodeType]:
    """The code of each function of a module; none of it is run."""
    whole = compile(source, "<slip>", "exec")
    return {each.co_name: each for each in whole.co_consts if isinstance(each, CodeType)}


def _innermost(module: ModuleType, name: str) -> FunctionType:
    """A function without what is wrapped around it."""
    found = getattr(module, name)
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    assert isinstance(found, FunctionType)
    return found
