"""Items as lists show them, closing soon by the number the city set."""

from datetime import date

from huiqi.catalogue.items import Item
from huiqi.foundation.parameters.queries import number
from huiqi.services.policy.library import domain
from huiqi.services.policy.library.domain import ItemCard


def closing_soon_days(as_of: date) -> int:
    """With how many days left, or fewer, an item closes soon: the number in force on ``as_of``."""
    return number("library.closing_soon_days", as_of)


def card_of(item: Item, as_of: date) -> ItemCard:
    """The card of an item on a day. All cards of a request cost one query, as all do within ``read_once``."""
    return domain.card_of(item, as_of, closing_soon_days(as_of))
