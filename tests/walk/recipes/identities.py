"""Signing in with the account of another site, where none is set up: there is no such page for anybody."""

from tests.walk.recipe import Outcome, Page
from tests.walk.world import VISITOR

_SIGN_IN, _KEEP = "accounts.sign_in", "accounts.keep_own"
_GET, _POST = ("everyone", "GET"), ("everyone", "POST")
_WHY = "no other provider is set up"
PAGES = {
    "accounts:identity_leave": Page(writes=_SIGN_IN, but={(VISITOR, "POST"): Outcome.REFUSED}, why=_WHY),
    "accounts:identity_back": Page(
        reads=_SIGN_IN, writes=_SIGN_IN, but={_GET: Outcome.REFUSED, _POST: Outcome.REFUSED}, why=_WHY
    ),
    "accounts:identity_first": Page(reads=_SIGN_IN, writes=_SIGN_IN),
    "accounts:identity_connect": Page(
        writes=_KEEP, but={(VISITOR, "POST"): Outcome.SIGN_IN, _POST: Outcome.REFUSED}, why=_WHY
    ),
    "accounts:identity_end": Page(writes=_KEEP),
    "accounts:signed_out": Page(reads=_SIGN_IN, but={_GET: Outcome.REFUSED}, why=_WHY),
}
