"""The shipped catalogue in the database, for every test that shows or matches it."""

from datetime import UTC, datetime
from functools import lru_cache, partial

import pytest

from huiqi.catalogue.items import Catalogue
from huiqi.catalogue.load import load_catalogue
from huiqi.foundation.audit.actions import Actor
from huiqi.services.policy.library import actions
from huiqi.services.policy.library.queries import Library, current_library

LOADED_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
load_seed = partial(actions.load_seed, actor=Actor("test", "测试"))


@lru_cache(maxsize=1)
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def library(db: None) -> Library:
    load_seed(shipped(), LOADED_AT)
    return current_library()
