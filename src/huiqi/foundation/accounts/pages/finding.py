"""What an address of these pages names, where the visitor may see it; 404 where there is none."""

from django.http import Http404, HttpRequest

from huiqi.foundation.access.queries import demand
from huiqi.foundation.accounts.domain import Organisation
from huiqi.foundation.accounts.queries import organisation_of, relations_to
from huiqi.foundation.accounts.queries.leaving import Leaving, leaving_of
from huiqi.foundation.accounts.queries.relations import relations_to_member


def organisation_for(request: HttpRequest, organisation_id: object, verb: str) -> Organisation:
    """The open organisation, where the visitor may do ``verb`` to it; 403 otherwise."""
    found = organisation_of(str(organisation_id))
    if found is None:
        raise Http404
    demand(request.actor, verb, relations_to(request.actor, found.id, verb))
    return found


def leaving_for(request: HttpRequest, membership_id: object, verb: str) -> Leaving:
    """The member with what lies with them, where the visitor may do ``verb``; 403 otherwise."""
    found = leaving_of(request.actor, str(membership_id))
    if found is None:
        raise Http404
    demand(request.actor, verb, relations_to_member(request.actor, found.member, verb))
    return found
