"""Signing in with the account of another site: this one has no provider, so its pages are not there."""

from tests.walk.recipe import Outcome, Page
from tests.walk.world import VISITOR

_SIGN_IN, _KEEP = "accounts.sign_in", "accounts.keep_own"
_NONE = "no provider is connected to this site"
_GONE = {("everyone", "GET"): Outcome.REFUSED, ("everyone", "POST"): Outcome.REFUSED}
PAGES = {
    "accounts:identity_leave": Page(writes=_SIGN_IN, but={(VISITOR, "POST"): Outcome.REFUSED}, why=_NONE),
    "accounts:identity_back": Page(reads=_SIGN_IN, writes=_SIGN_IN, but=_GONE, why=_NONE),
    "accounts:identity_first": Page(reads=_SIGN_IN, writes=_SIGN_IN),
    "accounts:identity_connect": Page(
        writes=_KEEP, but=_GONE | {(VISITOR, "POST"): Outcome.SIGN_IN}, why=_NONE
    ),
    "accounts:identity_end": Page(writes=_KEEP),
    "accounts:signed_out": Page(reads=_SIGN_IN, but=_GONE, why=_NONE),
}
