"""What only the assembled site can show: migrations are up to date, misspelt names are found."""

import pytest
from django.core.management import call_command
from django.template import engines


@pytest.mark.django_db
def test_every_migration_is_up_to_date() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_an_undefined_template_variable_is_an_error() -> None:
    template = engines["django"].from_string("{{ business.name }}")
    assert template.render({"business": {"name": "面馆"}}) == "面馆"
    with pytest.raises(AssertionError, match=r"business\.name"):
        template.render({"business": {}})
