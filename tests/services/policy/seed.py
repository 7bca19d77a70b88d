"""The shipped catalogue in the database, for every test that shows or matches it."""

from datetime import UTC, datetime
from functools import lru_cache

import pytest

from huiqi.catalogue.items import Catalogue
from huiqi.catalogue.load import load_catalogue
from huiqi.services.policy.library.actions import load_seed
from huiqi.services.policy.library.queries import Library, current_library

LOADED_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@lru_cache(maxsize=1)
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def library(db: None) -> Library:
    load_seed(shipped(), LOADED_AT)
    return current_library()
