"""Where the catalogue is looked for."""

from pathlib import Path

import pytest

from huiqi.catalogue import paths
from huiqi.catalogue.paths import ENVIRONMENT_VARIABLE, shipped_path
from huiqi.catalogue.problems import CatalogueError
from tests.support import shared


@pytest.fixture(autouse=True)
def _no_folder_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)


def with_facts(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "facts.yaml").write_text("facts: []\n", encoding="utf-8")
    return folder


def test_a_checkout_uses_its_own_catalogue() -> None:
    assert shipped_path() == shared.ROOT / "catalogue"


def test_an_installed_package_uses_the_data_it_carries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "huiqi" / "catalogue"
    shipped = with_facts(package / "shipped")
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert shipped_path() == shipped


def test_the_folder_named_in_the_environment_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(with_facts(tmp_path / "city")))
    assert shipped_path() == tmp_path / "city"


def test_a_named_folder_without_a_catalogue_is_an_error_and_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    with pytest.raises(CatalogueError, match=r"facts\.yaml"):
        shipped_path()


def test_no_catalogue_at_all_is_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "a" / "b" / "c")
    with pytest.raises(CatalogueError, match=ENVIRONMENT_VARIABLE):
        shipped_path()
