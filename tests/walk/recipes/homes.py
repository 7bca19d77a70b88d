"""Homes of the roles, the health of the site, and what an office issues and announces."""

import uuid
from collections.abc import Iterator, Sequence

from huiqi.foundation.accounts.models import Organisation
from huiqi.foundation.documents.models import Issued
from huiqi.foundation.notices.models import Announcement, Notice
from tests.support.people import NOW
from tests.walk.recipe import Listing, Page, Thing
from tests.walk.recipes.documents import documents
from tests.walk.world import Walker, World, marker


def announcements(world: World, walker: Walker) -> Sequence[Thing]:
    del world
    return tuple(
        _announcement(label, relations, place, walker) for label, relations, place in _places(walker)
    )


def issued(world: World, walker: Walker) -> Sequence[Thing]:
    papers = list(documents(world, walker))
    return tuple(
        _issued(label, relations, place, walker, papers.pop()) for label, relations, place in _places(walker)
    )


def _places(walker: Walker) -> Iterator[tuple[str, frozenset[str], Organisation | None]]:
    if walker.place is not None:
        yield "ours", frozenset({"organisation"}), walker.place
        yield "below", frozenset({"below"}), walker.below
    yield "others'", frozenset(), walker.elsewhere


def _announcement(label: str, relations: frozenset[str], place: Organisation | None, walker: Walker) -> Thing:
    title = marker("通知", label, walker.name)
    notice = Notice.objects.create(
        kind="notices.announced", key=title, title=title, body="明天停电。", is_urgent=False, made_at=NOW
    )
    row = Announcement.objects.create(
        notice=notice,
        organisation=place or Organisation.objects.latest("created_at"),
        audience="全部成员",
        author_name="王*",
        form_key=uuid.uuid4().hex[:22],
    )
    return Thing(label, relations, {"announcement_id": row.pk}, {"reason": "写错了日子"}, marker=title)


def _issued(
    label: str, relations: frozenset[str], place: Organisation | None, walker: Walker, paper: Thing
) -> Thing:
    title = marker("文书", label, walker.name)
    row = Issued.objects.create(
        number=title,
        template="letter",
        title=title[:60],
        made_from="0" * 64,
        check_code="ABCDEFGHJKMN",  # pragma: allowlist secret
        document_id=paper.args["document_id"],
        issuer_id=str(place.pk) if place else "",
        issuer_name="某局",
        issued_at=NOW,
    )
    return Thing(label, relations, {"issued_id": row.pk}, {"reason": "写错了日子"}, marker=title[:60])


_FIND = "portal.find_party"
_SEE, _WITHDRAW = "notices.see_announced", "notices.withdraw"
_ISSUE, _REVOKE = "documents.issue_pdf", "documents.revoke_pdf"
PAGES = {
    "portal:own_home": Page(reads="portal.see_home"),
    "portal:find_party": Page(reads=_FIND, writes=_FIND, sends={"text": "面馆", "purpose": "核对投诉"}),
    "portal:health_page": Page(reads="portal.see_health"),
    "portal:healthz": Page(reads="portal.see"),
    "notices:announced": Page(reads=_SEE, lists=(Listing(announcements, _SEE, ("ours",)),)),
    "notices:announce": Page(reads="notices.announce", writes="notices.announce"),
    "notices:announcement": Page(reads=_SEE, things=announcements),
    "notices:withdraw": Page(reads=_WITHDRAW, writes=_WITHDRAW, things=announcements),
    "documents:issued": Page(
        reads="documents.see_issued", lists=(Listing(issued, "documents.see_issued", ("ours",)),)
    ),
    "documents:issue": Page(reads=_ISSUE, writes=_ISSUE),
    "documents:revoke": Page(reads=_REVOKE, writes=_REVOKE, things=issued),
}
