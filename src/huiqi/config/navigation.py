"""What every frame shows: the tabs, the functions that work, and how this visitor wants pages to look. The
roof knows all rooms, so the lists stand here: only what works is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from huiqi.foundation.access.queries import relations_for, role_words
from huiqi.foundation.accounts.queries import VISITOR, lapse_of, open_request_of, seen_until
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.look.queries import modes_for
from huiqi.foundation.notices.queries import unread_count
from huiqi.services.policy.matching.queries import ANSWERS_COOKIE


@cache
def _address(view: str) -> str:
    """Every page of the site asks for those of all its doors."""
    return reverse(view)


@dataclass(frozen=True, slots=True)
class Door:
    """A way in: its words, its drawing, the name of its address and what the address asks."""

    label: str
    icon: str
    view: str
    query: str = ""
    hint: str = ""
    series: str = ""

    @property
    def url(self) -> str:
        return f"{_address(self.view)}?{self.query}" if self.query else _address(self.view)

    def closeness(self, request: HttpRequest) -> int:
        """0 where the door does not lead to this page, more the closer it does; the home only to itself."""
        path = _address(self.view)
        if request.path != path and (path == "/" or not request.path.startswith(path)):
            return 0
        name, _, value = self.query.partition("=")
        if not name:
            return 1
        return 2 if request.path == path and request.GET.get(name) == value else 0


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One of the seven, with the functions of it that work."""

    name: str
    doors: tuple[Door, ...]


MOST_UNREAD = 99
SERIES = ("政策", "帮扶", "金融", "创业", "查询", "申报", "消费")
_HOME = Door("首页", "home", "portal:home")
_MATCHING = Door("能享受什么", "checklist", "matching:form")
_POLICIES = Door("政策", "file", "library:list")
_LOANS = Door("贷款", "bank", "library:list", "kind=loan_product")
_SERVICES = Door("全部服务", "grid", "portal:services")
_HELP = Door("帮助", "help", "portal:about")
TABS = (_HOME, _MATCHING, _POLICIES, _LOANS, _HELP)
_OWN_HOME = Door("首页", "home", "portal:own_home")
ELDER_TABS = (_HOME, _MATCHING, _POLICIES, _SERVICES)
# In the order of use; the first ones are the large doors of 长辈版.
FUNCTIONS = (
    Door("我能享受什么", "checklist", "matching:form", "", "答 4 题就知道", "政策"),
    Door("查政策", "file", "library:list", "kind=policy", "补贴、奖励、减税", "政策"),
    Door("找贷款", "bank", "library:list", "kind=loan_product", "各家银行的贷款", "金融"),
    Door("算能得多少", "yuan", "calculator:index", "", "按您的情况估一估", "政策"),
    Door("快截止的", "clock", "portal:closing", "", "申报窗口快关的", "政策"),
    Door("不用申请的", "gift", "library:list", "how=auto", "符合就自动享受", "政策"),
    Door("贴息和担保", "shield", "library:list", "kind=policy&group=loan", "政府补利息、帮担保", "金融"),
    Door("想开店的", "shop", "library:list", "who=person", "还没办执照的人", "创业"),
    Door("外地怎么给", "pin", "library:list", "place=elsewhere", "别的地方，只供参考", "政策"),
)
PROMISED = tuple(name for name in SERIES if all(door.series != name for door in FUNCTIONS))


def navigation(request: HttpRequest) -> Mapping[str, object]:
    """The tabs, the closest one marked; the functions by use and by series, worked out where a page asks."""
    modes, lead = modes_for(request), _results_first if ANSWERS_COOKIE in request.COOKIES else _as_it_is
    who, doors = who_acts(request), ELDER_TABS if modes.is_elder else TABS
    return {
        "modes": modes,
        "who": who,
        "made_on": today,
        "tabs": _tabs((_OWN_HOME, *doors[1:]) if who else doors, request, lead),
        "functions": lambda: tuple(map(lead, FUNCTIONS)),
        "open_series": lambda: _open_series(lead),
        "promised_series": PROMISED,
    }


def who_acts(request: HttpRequest) -> Mapping[str, object] | None:
    """Who acts, for the strip under the head; None for a visitor. Without the cookie nobody is looked up;
    with it one question more counts the notices they have not read, and where there are some one asks whether
    a window is about to change their number.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "actor"):
        return None
    actor = request.actor
    if actor.role == VISITOR.role:
        return None
    organisation = actor.organisation.name if actor.organisation else ""
    label = role_words(actor.role) if organisation else "个人"
    opened = ("desk", "cases.see_desk"), ("own", "cases.see_own"), ("log", "audit.search")
    cases = next((page for page, verb in opened if relations_for(actor, verb)), "")
    documents = "yes" if relations_for(actor, "documents.see") else ""
    decides = any(relations_for(actor, f"parameters.{verb}") for verb in ("propose", "approve"))
    numbers = "yes" if decides else ""
    names = {"name": actor.name, "role_label": label, "organisation": organisation}
    unread = _unread(actor.id)
    return {
        **names,
        **_for_another(request),
        "cases": cases,
        "documents": documents,
        "numbers": numbers,
        "unread": unread,
        # an unread notice always says so too, so nobody else is asked about
        "phone_request": open_request_of(actor.id, now()) if unread else "",
    }


def _for_another(request: HttpRequest) -> Mapping[str, object]:
    """For whom somebody acts, or as whom a support member looks and until when; ``lapsed`` where they still
    believe so and may no more.
    """
    actor, session = request.actor, request.session
    return {
        "behalf": actor.behalf_of.name if actor.behalf_of else "",
        "can_see_as": "yes" if relations_for(actor, "accounts.see_as") else "",
        "seen_by": actor.seen_by.name if actor.seen_by else "",
        "seen_until": seen_until(session) if actor.seen_by else None,
        "lapsed": lapse_of(session, actor),
    }


def _unread(person_id: str) -> str:
    """How many notices wait to be read, as it is said: empty for none, 99+ for more."""
    count = unread_count(person_id, MOST_UNREAD + 1)
    return "" if not count else f"{MOST_UNREAD}+" if count > MOST_UNREAD else str(count)


def _as_it_is(door: Door) -> Door:
    return door


def _results_first(door: Door) -> Door:
    """Who has answered is led to the results, not to the first form again."""
    return replace(door, view="matching:results") if door.view == "matching:form" else door


def _tabs(doors: tuple[Door, ...], request: HttpRequest, lead: Callable[[Door], Door]) -> tuple[Tab, ...]:
    closest = max(doors, key=lambda door: door.closeness(request))
    is_somewhere = closest.closeness(request) > 0
    return tuple(
        Tab(door.label, lead(door).url, door.icon, is_somewhere and door is closest) for door in doors
    )


def _open_series(lead: Callable[[Door], Door]) -> tuple[Series, ...]:
    found = (Series(name, tuple(lead(door) for door in FUNCTIONS if door.series == name)) for name in SERIES)
    return tuple(series for series in found if series.doors)
