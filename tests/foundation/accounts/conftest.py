"""A provider of identities for the tests of accounts."""

from collections.abc import Iterator

import pytest

from tests.support.issuer import Issuer, issuing


@pytest.fixture
def issuer(settings) -> Iterator[Issuer]:
    with issuing() as one:
        settings.HUIQI_OIDC = one.settings
        yield one
