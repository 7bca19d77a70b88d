"""How people can be reached: for what sends messages, and nothing else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from huiqi.foundation.accounts.models import Person
from huiqi.foundation.storage.fields import Sealed


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody with an account: ``name`` is masked, and so is ``phone`` until it is revealed."""

    person_id: str
    name: str
    phone: Sealed


def contacts_of(person_ids: Collection[str]) -> Mapping[str, Contact]:
    """The contacts of those who still have an account, by id."""
    people = Person.objects.filter(pk__in=person_ids, left_at__isnull=True).only("phone", "name")
    return {str(person.pk): Contact(str(person.pk), str(person), person.phone) for person in people}
