from collections.abc import Iterator

import pytest
from django.apps import apps

from huiqi.foundation.notices.queries.kinds import notice_kinds
from tests.foundation.notices.trial import KINDS, KeptPost
from tests.support.people import someone


@pytest.fixture(autouse=True)
def trial_kinds() -> Iterator[None]:
    """The site as if a room declared the kinds of the tests, and no other room any."""
    with pytest.MonkeyPatch.context() as patch:
        for config in apps.get_app_configs():
            patch.setattr(config, "notice_kinds", {}, raising=False)
        patch.setattr(apps.get_app_config("notices"), "notice_kinds", KINDS, raising=False)
        notice_kinds.cache_clear()
        yield
    notice_kinds.cache_clear()


@pytest.fixture(autouse=True)
def posts(settings) -> dict[str, KeptPost]:
    settings.HUIQI_POSTS = {"sms": KeptPost(), "mail": KeptPost()}
    return settings.HUIQI_POSTS


@pytest.fixture
def owner(db):
    return someone("owner")


@pytest.fixture
def person(owner):
    return owner.person
