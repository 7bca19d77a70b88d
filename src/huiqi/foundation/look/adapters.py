"""Static files with the hash of their content in the address, straight from the installed packages."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class VersionedStaticFiles(StaticFilesStorage):
    """``/static/look/site.css?v=3f9a…``: a new content is a new address, so browsers may keep the old."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        version = "" if settings.DEBUG or name is None else _version_of(name)
        return f"{address}?v={version}" if version else address


@lru_cache(maxsize=256)
def _version_of(name: str) -> str:
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(f"Static file {name} does not exist.")
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:12]
