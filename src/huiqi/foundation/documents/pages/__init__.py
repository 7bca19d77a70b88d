"""The pages: somebody's shelf, handing in, fetching and removing, and whether a PDF is genuine."""

from huiqi.foundation.documents.pages.downloads import download
from huiqi.foundation.documents.pages.shelf import remove, shelf
from huiqi.foundation.documents.pages.uploads import upload
from huiqi.foundation.documents.pages.verify import verify

__all__ = ["download", "remove", "shelf", "upload", "verify"]
