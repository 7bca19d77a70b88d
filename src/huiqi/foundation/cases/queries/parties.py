"""Who has something under way at an office: whom it may tell something."""

from huiqi.foundation.accounts.queries import people_of_parties
from huiqi.foundation.cases.models import Case

MOST_PARTIES = 2000  # more than can be told at once; whoever asks says so to who wanted to


def people_with_open_cases(organisation_id: str) -> tuple[str, ...]:
    """The ids of the persons behind the parties of an organisation's open cases. Three questions."""
    open_ones = Case.objects.filter(organisation_id=organisation_id, closed_at__isnull=True)
    parties = open_ones.exclude(party_id="").order_by("party_id").values_list("party_id", flat=True)
    return people_of_parties(frozenset(parties.distinct()[:MOST_PARTIES]))
