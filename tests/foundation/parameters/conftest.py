from collections.abc import Iterator

import pytest
from django.apps import apps

from huiqi.foundation.parameters.queries import declared
from tests.foundation.parameters.trial import TRIAL
from tests.support.people import someone


@pytest.fixture(autouse=True)
def trial_parameters() -> Iterator[None]:
    """The site as if a room declared the parameters of the tests too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apps.get_app_config("parameters"), "parameters", TRIAL, raising=False)
        declared.cache_clear()
        yield
    declared.cache_clear()


@pytest.fixture
def one(db):
    """Who proposes."""
    return someone("system_admin")


@pytest.fixture
def other(db):
    """Who decides."""
    return someone("security_admin")
