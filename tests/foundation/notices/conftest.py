from collections.abc import Iterator

import pytest

from tests.foundation.notices.trial import KINDS, KeptPost
from tests.support.declaring import declared_by
from tests.support.people import someone


@pytest.fixture(autouse=True)
def trial_kinds() -> Iterator[None]:
    """The site as if a room declared the kinds of the tests, and no other room any."""
    with declared_by("notices", is_alone=True, notice_kinds=KINDS):
        yield


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
