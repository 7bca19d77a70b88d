"""Finding a party for whoever looks after the log: by the whole of a telephone number, or by a name."""

from django.db.models.functions import Length
from django.utils.crypto import salted_hmac

from huiqi.foundation.accounts.domain import Organisation
from huiqi.foundation.accounts.models import Organisation as OrganisationRow
from huiqi.foundation.accounts.models import Person
from huiqi.foundation.accounts.queries.organisations import shown
from huiqi.foundation.audit.actions import Party


def person_by_phone(phone: str) -> Party | None:
    """Who has this number (eleven digits), the name masked; None for nobody. A closed account has none."""
    person = Person.objects.filter(phone_index=phone).first()
    return Party(str(person.pk), str(person)) if person else None


def organisations_named(text: str, most: int) -> tuple[Organisation, ...]:
    """Organisations whose name holds the text, closed ones too, shorter names first; ``most`` at most."""
    rows = OrganisationRow.objects.filter(name__icontains=text)
    return tuple(shown(row) for row in rows.order_by(Length("name"), "name", "id")[:most])


def subject_of_number(phone: str) -> str:
    """The id under which the log knows a number that nobody has: it tells nothing of the number."""
    return salted_hmac("huiqi.accounts.number", phone, algorithm="sha256").hexdigest()[:16]
