from collections.abc import Iterator

import pytest

from tests.foundation.parameters.trial import TRIAL
from tests.support.declaring import declared_by
from tests.support.people import someone


@pytest.fixture(autouse=True)
def trial_parameters() -> Iterator[None]:
    """The site as if a room declared the parameters of the tests too."""
    with declared_by("parameters", parameters=TRIAL):
        yield


@pytest.fixture
def one(db):
    """Who proposes."""
    return someone("system_admin")


@pytest.fixture
def other(db):
    """Who decides."""
    return someone("security_admin")
