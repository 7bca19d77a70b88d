"""The library as the public sees it."""

from huiqi.services.policy.library.pages.history import history
from huiqi.services.policy.library.pages.item import item_page, poster
from huiqi.services.policy.library.pages.lists import item_list
from huiqi.services.policy.library.pages.mistakes import mistake
from huiqi.services.policy.library.pages.suggestions import suggestions

__all__ = ["history", "item_list", "item_page", "mistake", "poster", "suggestions"]
