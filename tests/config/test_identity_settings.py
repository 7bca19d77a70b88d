"""What an operator may say of a provider of identities, and what is refused."""

from datetime import timedelta
from pathlib import Path

import pytest

from huiqi.config.environment import EnvironmentMistakeError
from huiqi.config.identity_settings import read_identity_provider

GOOD = {"HUIQI_OIDC_ISSUER": "https://id.example.gov.cn", "HUIQI_OIDC_CLIENT_ID": "huiqi"}


def test_no_issuer_is_no_provider() -> None:
    assert read_identity_provider({"HUIQI_OIDC_CLIENT_ID": "huiqi"}, is_production=True) is None


def test_issuer_and_client_are_enough_and_a_claimed_number_is_not_trusted(tmp_path: Path) -> None:
    found = read_identity_provider(GOOD, is_production=True)
    assert found is not None
    assert (found["name"], found["subject_claim"], found["client_secret"]) == ("统一身份认证", "sub", "")
    assert (found["is_phone_trusted"], found["strong_acr"], found["max_age"]) == (False, (), None)
    file = tmp_path / "kept"
    file.write_text("a b\n", encoding="utf-8")
    told = {"CLIENT_SECRET_FILE": str(file), "MAX_AGE": "30", "STRONG_ACR": "two three", "TRUST_PHONE": "1"}
    said = {**GOOD, **{f"HUIQI_OIDC_{name}": value for name, value in told.items()}}
    found = read_identity_provider(said, is_production=True)
    assert found is not None
    assert (found["client_secret"], found["max_age"]) == ("a b", timedelta(minutes=30))
    assert (found["strong_acr"], found["is_phone_trusted"]) == (("two", "three"), True)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ISSUER", "id.example.gov.cn"),
        ("ISSUER", "http://id.example.gov.cn"),
        ("ISSUER", "http://127.0.0.1:9000"),
        ("ISSUER", "https://id.example.gov.cn/?a=b"),
        ("ISSUER", "https://someone@id.example.gov.cn"),
        ("CLIENT_ID", " "),
        ("CLIENT_SECRET_FILE", "/no/such/file"),
        ("CLIENT_SECRET_FILE", "/dev/null"),
        ("NAME", "政务+网"),
        ("NAME", "名" * 21),
        ("SCOPES", "profile"),
        ("SUBJECT", "a b"),
        ("MAX_AGE", "0"),
        ("TRUST_PHONE", "yes"),
    ],
)
def test_a_setting_that_must_not_be_used_is_refused_by_name(name: str, wrong: str) -> None:
    with pytest.raises(EnvironmentMistakeError, match=f"HUIQI_OIDC_{name}"):
        read_identity_provider({**GOOD, f"HUIQI_OIDC_{name}": wrong}, is_production=True)


def test_a_provider_on_this_machine_may_be_tried_without_encryption() -> None:
    tried = {**GOOD, "HUIQI_OIDC_ISSUER": "http://127.0.0.1:9000"}
    assert read_identity_provider(tried, is_production=False) is not None
