"""What every frame shows: the tabs, and how this visitor wants pages to look. The roof knows all rooms, so
the list stands here: only what works is shown.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from huiqi.foundation.look.queries import modes_for


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    icon: str
    is_current: bool


_TABS = (
    ("首页", "portal:home", "home"),
    ("能享受什么", "matching:form", "checklist"),
    ("政策", "library:list", "file"),
    ("帮助", "portal:about", "help"),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """The tabs, with the one whose address covers this page marked; the home only by its own address."""
    tabs = []
    for label, name, icon in _TABS:
        url = reverse(name)
        is_current = request.path == url if url == "/" else request.path.startswith(url)
        tabs.append(Tab(label, url, icon, is_current))
    return {"tabs": tuple(tabs), "modes": modes_for(request)}
