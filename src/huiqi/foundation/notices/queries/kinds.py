"""Which kinds of notices there are, and which ways out the site has."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.conf import settings
from django.utils.timezone import get_current_timezone

from huiqi.foundation.notices.domain import Channel, NoticeError, NoticeKind, QuietHours, read_notice_kind
from huiqi.foundation.parameters.queries import number, read_once


@cache
def notice_kinds() -> Mapping[str, NoticeKind]:
    """Every kind of notice. Each room declares its own, as ``notice_kinds`` of its AppConfig; two rooms that
    name one kind are a mistake.
    """
    known: dict[str, NoticeKind] = {}
    for config in apps.get_app_configs():
        for name, declared in getattr(config, "notice_kinds", {}).items():
            if name in known:
                raise NoticeError(f"two rooms declare the kind {name}")
            known[name] = read_notice_kind(name, declared)
    return known


def named_kind(name: str) -> NoticeKind:
    """The kind of that name; NoticeError where no room declares it."""
    try:
        return notice_kinds()[name]
    except KeyError:
        raise NoticeError(f"no room declares the kind {name}") from None


def offered_channels() -> frozenset[Channel]:
    """The ways out of this site, as the operator set them (HUIQI_POSTS)."""
    return frozenset(Channel(name) for name in settings.HUIQI_POSTS)


def local(moment: datetime) -> datetime:
    """The moment as clocks in the city show it: quiet hours are hours of the city."""
    return moment.astimezone(get_current_timezone())


def usual_quiet_hours(as_of: date) -> QuietHours:
    """The city's quiet hours on a day."""
    with read_once():
        return QuietHours(number("notices.quiet_from", as_of), number("notices.quiet_until", as_of))
