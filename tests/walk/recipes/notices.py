"""Messages: everybody reads their own."""

from collections.abc import Iterator, Sequence

from huiqi.foundation.accounts.models import Person
from huiqi.foundation.notices.models import Letter, Notice
from tests.support.people import NOW
from tests.walk.recipe import Listing, Page, Thing
from tests.walk.world import Walker, World, marker


def letters(world: World, walker: Walker) -> Sequence[Thing]:
    del world
    return tuple(_letters(walker))


def _letters(walker: Walker) -> Iterator[Thing]:
    if walker.who is not None:
        yield _letter("own", walker.who.person, walker.name)
    assert walker.stranger is not None
    yield _letter("another's", walker.stranger.person, walker.name)


def _letter(label: str, person: Person, name: str) -> Thing:
    said = marker("消息", label, name)
    notice = Notice.objects.create(
        kind="cases.moved", key=said, title=said, body="办到下一步了。", is_urgent=False, made_at=NOW
    )
    row = Letter.objects.create(notice=notice, person=person)
    relations = frozenset({"own"} if label == "own" else ())
    return Thing(label, relations, sends={"letter": str(row.pk)}, marker=said)


_READ, _CHOOSE = "notices.read", "notices.choose"
PAGES = {
    "notices:list": Page(reads=_READ, lists=(Listing(letters, _READ, ("own",)),)),
    "notices:mark_read": Page(writes="notices.mark_read", things=letters, is_quiet=True),
    "notices:choices": Page(reads=_CHOOSE, writes=_CHOOSE, sends={"mail_mode": "each", "sms": "1"}),
    "notices:mail": Page(writes=_CHOOSE, sends={"mail": "zhang@example.com"}),
    "notices:mail_code": Page(writes=_CHOOSE, sends={"code": "123456"}),
}
