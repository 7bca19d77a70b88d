"""Documents: each lies on the shelf of a person or of an organisation."""

from collections.abc import Iterator, Sequence

from huiqi.foundation.audit.actions import Actor, Party
from huiqi.foundation.documents.domain import Holder
from huiqi.foundation.documents.models import Content, Document
from huiqi.foundation.documents.queries import offer_upload
from tests.support.people import NOW
from tests.walk.recipe import Listing, Outcome, Page, Thing
from tests.walk.world import SEEING, VISITOR, Walker, World, marker

Shelf = tuple[str, frozenset[str], Holder]


def documents(world: World, walker: Walker) -> Sequence[Thing]:
    del world
    return tuple(_document(shelf, walker) for shelf in _shelves(walker))


def shelves(world: World, walker: Walker) -> Sequence[Thing]:
    """Where files are handed in: the ticket in the address says for whom."""
    del world
    who = walker.who.actor if walker.who else Actor(VISITOR, "访客", role=VISITOR)
    if walker.place:
        who = Actor(who.id, who.name, organisation=Party(str(walker.place.pk), ""), role=walker.role)
    return tuple(
        Thing(label, relations, query=offer_upload(who, holder, "/documents/").address.partition("?")[2])
        for label, relations, holder in _shelves(walker)
    )


def _shelves(walker: Walker) -> Iterator[Shelf]:
    assert walker.stranger is not None
    if walker.who is not None:
        label = "own as a person" if walker.place else "own"
        yield label, frozenset({"own"}), Holder("person", str(walker.who.person.pk))
    if walker.place is not None:
        yield "ours", frozenset({"organisation"}), Holder("organisation", str(walker.place.pk))
        yield "below", frozenset({"below"}), Holder("organisation", str(walker.below.pk))  # type: ignore[union-attr]
    if walker.elsewhere is not None:
        yield "others'", frozenset(), Holder("organisation", str(walker.elsewhere.pk))
    if walker.mandate is not None:
        principal = str(walker.mandate.principal.pk)
        yield "the principal's", frozenset({"mandated"}), Holder("organisation", principal, principal)
    yield "another person's", frozenset(), Holder("person", str(walker.stranger.person.pk))


def _document(shelf: Shelf, walker: Walker) -> Thing:
    label, relations, holder = shelf
    name = marker("材料", label, walker.name)
    content, _ = Content.objects.get_or_create(
        pk="0" * 64,
        defaults={"size": 4, "kind": "pdf", "place": "walk", "key": "k", "state": "waiting", "kept_at": NOW},
    )
    row = Document.objects.create(
        holder_kind=holder.kind,
        holder_id=holder.id,
        uploader_id="somebody",
        name=name,
        content=content,
        form_key=name[:60],
        position=Document.objects.count() % 30000,
        uploaded_at=NOW,
    )
    return Thing(label, relations, {"document_id": row.pk}, marker=name)


_REMOVE, _SEE = "documents.remove", "documents.see"
PAGES = {
    "documents:shelf": Page(
        reads=_SEE, lists=(Listing(documents, _SEE, ("ours", "own", "the principal's")),)
    ),
    "documents:upload": Page(writes="documents.upload", things=shelves, sends={"upload_key": "w" * 22}),
    "documents:download": Page(
        reads="documents.download",
        things=documents,
        but={(SEEING, "GET"): Outcome.REFUSED},
        why="support looks at pages and takes no files away",
    ),
    "documents:remove": Page(reads=_REMOVE, writes=_REMOVE, things=documents),
    "documents:verify": Page(reads="documents.verify", writes="documents.verify"),
}
