"""The pages: somebody's shelf, handing in, fetching and removing, what an office issues, and verifying it."""

from huiqi.foundation.documents.pages.downloads import download
from huiqi.foundation.documents.pages.issuing import issue, issued_list, revoke
from huiqi.foundation.documents.pages.shelf import remove, shelf
from huiqi.foundation.documents.pages.uploads import upload
from huiqi.foundation.documents.pages.verify import verify

__all__ = ["download", "issue", "issued_list", "remove", "revoke", "shelf", "upload", "verify"]
