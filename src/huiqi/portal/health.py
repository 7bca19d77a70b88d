"""Whether the site is well: for machines that watch over it, and in words for those who look after it."""

import shutil
import time
from collections.abc import Iterator
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiqi.foundation.access.queries import demand, requires
from huiqi.foundation.audit.queries import seconds_behind
from huiqi.foundation.clock.queries import now
from huiqi.foundation.documents.actions import is_answering, try_the_shelf
from huiqi.foundation.outbox import queries as outbox
from huiqi.foundation.storage.queries import is_database_reachable, is_database_writable
from huiqi.portal import domain
from huiqi.portal.domain import Health, Part
from huiqi.services.policy.library.queries import current_edition

DEAD_SHOWN = 20


class _Watch:
    """Looks at most once within some seconds and lets nobody wait for a look that is under way: what anybody
    may ask must not cost more the oftener it is asked.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: tuple[float, Health] | None = None

    def look(self, moment: datetime) -> Health:
        last = self._last
        is_fresh = last is not None and time.monotonic() - last[0] < settings.HUIQI_HEALTH_KEPT_SECONDS
        if last is not None and (is_fresh or not self._lock.acquire(blocking=False)):
            return last[1]
        if last is None:
            self._lock.acquire()
        try:
            found = measured(moment)
            self._last = time.monotonic(), found
        finally:
            self._lock.release()
        return found


_WATCH = _Watch()


@requires("portal.see")
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """``state`` is that of the worst part (ok, late, broken), ``parts`` has each with its figures. 503 where
    people must not be sent here (docs/adr/0026), 200 otherwise. A part that could not be looked at for want
    of the database is left out.
    """
    health = _WATCH.look(now())
    parts = {part.name: {"state": part.state, **part.figures} for part in health.parts}
    return JsonResponse({"state": health.state, "parts": parts}, status=200 if health.is_serving else 503)


@requires("portal.see_health")
@never_cache
@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    """The same in words, with what to do, and the jobs that were not done."""
    demand(request.actor, "portal.see_health", {"all"})
    moment = now()
    context = {
        "health": measured(moment),
        "moment": moment,
        "dead": outbox.jobs(outbox.JobFilters(state=outbox.State.DEAD, limit=DEAD_SHOWN)),
    }
    return render(request, "portal/health.html", context)


def measured(moment: datetime) -> Health:
    """Every part as it is now; what needs the database is left out where that is away."""
    return domain.health_of(_parts(moment))


def _parts(moment: datetime) -> Iterator[Part]:
    yield domain.storage_part(is_kept=_is_the_shelf_well())
    if (free := _free_mb()) is not None:
        yield domain.disk_part(free, settings.HUIQI_LEAST_FREE_MB)
    if settings.HUIQI_CLAMD:
        yield domain.scanner_part(is_answering=is_answering(settings.HUIQI_CLAMD))
    try:
        yield from _parts_in_the_database(moment)
    except Error:  # it went away while it was being asked
        yield domain.database_part(is_reachable=False, is_writable=False)


def _parts_in_the_database(moment: datetime) -> tuple[Part, ...]:
    if not is_database_reachable():
        return (domain.database_part(is_reachable=False, is_writable=False),)
    late = settings.HUIQI_LATE_SECONDS
    return (
        domain.database_part(is_reachable=True, is_writable=is_database_writable()),
        domain.catalogue_part(current_edition().number),
        domain.sealer_part(seconds_behind(moment), late),
        domain.jobs_part(outbox.oldest_waiting_seconds(moment), outbox.dead_count(), late),
    )


def _is_the_shelf_well() -> bool:
    try:
        try_the_shelf()
    except OSError:
        return False
    return True


def _free_mb() -> int | None:
    """None where the folder itself is away, which the shelf says already."""
    try:
        return shutil.disk_usage(settings.HUIQI_DATA).free // 2**20
    except OSError:
        return None
