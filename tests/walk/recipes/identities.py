"""Signing in with the account of another site."""

from tests.walk.recipe import Page

_SIGN_IN, _KEEP = "accounts.sign_in", "accounts.keep_own"
PAGES = {
    "accounts:identity_leave": Page(writes=_SIGN_IN),
    "accounts:identity_back": Page(reads=_SIGN_IN, writes=_SIGN_IN),
    "accounts:identity_first": Page(reads=_SIGN_IN, writes=_SIGN_IN),
    "accounts:identity_connect": Page(writes=_KEEP),
    "accounts:identity_end": Page(writes=_KEEP),
    "accounts:signed_out": Page(reads=_SIGN_IN),
}
