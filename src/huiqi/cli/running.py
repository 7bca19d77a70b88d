"""Prepares the site and runs it. Imported only once Django is set up."""

import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from granian.constants import Interfaces
from granian.server import Server

from huiqi.catalogue.columns import ColumnMap
from huiqi.catalogue.load import load_catalogue, read_dictionary
from huiqi.catalogue.paths import FACTS_FILE, shipped_path
from huiqi.cli.beside import JOB_WORKER, SEALER, beside
from huiqi.cli.errors import refuse
from huiqi.cli.plainly import command_actor, told_plainly
from huiqi.core.rules.wording import day_text
from huiqi.demo.city import write_city, written_city
from huiqi.foundation.accounts.actions import make_demo_people
from huiqi.foundation.audit.actions import Entry, Subject, record
from huiqi.foundation.businesses.actions import LoadReport, load_registrations, make_demo_sheet
from huiqi.foundation.businesses.queries import is_loaded
from huiqi.foundation.clock.actions import ClockError, advance_demo_clock
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.storage.actions import one_at_a_time
from huiqi.foundation.storage.fields.rotation import check_keys, sealed_columns
from huiqi.foundation.storage.queries import is_from_a_newer_version
from huiqi.population.reading.open_table import open_table
from huiqi.population.register import RegisterRow, read_register
from huiqi.services.policy.library.actions import load_seed

TARGET = "huiqi.config.wsgi:application"
CITY_FILE = "demo-city.parquet"
DEMO_SOURCE = "演示城市的登记册"
# More blocking threads a worker only add context switches: a page is short and the database is the wait.
BLOCKING_THREADS = 2


def prepare_site() -> str:
    """Bring the database to its newest form and load the shipped catalogue; repeating changes nothing."""
    with told_plainly():
        prepare_database()
        check_keys(sealed_columns(apps.get_models()))
        report = load_seed(load_catalogue(), now(), command_actor())
    said = f"政策库：新增 {report.added} 项，更新 {report.updated} 项，不变 {report.unchanged} 项"
    return f"{said}；本地修订过的 {len(report.kept)} 项保持原样" if report.kept else said


def prepare_database() -> None:
    """Bring the database to its newest form; one from a newer version is refused."""
    with one_at_a_time("migrations"):
        if is_from_a_newer_version():
            refuse("数据库是更新版本的焦个企惠建的，这个版本用不了。请升级程序，或用 HUIQI_DATA 换一个文件夹")
        call_command("migrate", verbosity=0, interactive=False)


def prepare_demo(businesses: int) -> str:
    """Prepare the site with a demo city; never beside real businesses."""
    if settings.HUIQI_MODE == "production":
        refuse("正式环境不能打开演示城市，请用 huiqi serve")
    said = prepare_site()
    path, observed_on = prepare_city(businesses)
    if not is_loaded(DEMO_SOURCE, observed_on, businesses):
        load_register(path, None, DEMO_SOURCE, observed_on, is_whole=True)
    with told_plainly():
        people = make_demo_people(now(), command_actor())
        make_demo_sheet(now(), command_actor())
    accounts = f"；新开了 {people} 个演示账号，登录页上点一下就能用" if people else ""
    return f"{said}\n演示城市：{path}，{businesses:,} 户都能按统一社会信用代码查到{accounts}"


def prepare_city(businesses: int) -> tuple[Path, date]:
    """Generate the demo city where it is absent, damaged or of another size; return its file and its day."""
    path, day = Path(settings.HUIQI_DATA) / CITY_FILE, today()
    with told_plainly(), one_at_a_time("demo-city"):
        written = written_city(path)
        if written is not None and written[0] == businesses:
            return path, written[1]
        write_city(path, count=businesses, as_of=day)
    return path, day


def load_register(
    file: Path,
    columns: ColumnMap | None,
    source: str,
    observed_on: date,
    *,
    is_whole: bool = False,
    progress: Callable[[float], object] = lambda _: None,
) -> LoadReport:
    """Load a table of businesses into the register, all or nothing; ``progress`` is told the share done."""

    def rows() -> Iterator[RegisterRow]:
        for block, share in read_register(
            open_table(file), read_dictionary(shipped_path() / FACTS_FILE), columns
        ):
            yield from block
            progress(share)

    with told_plainly(), one_at_a_time("register"):
        return load_registrations(
            rows(), source, observed_on, now=now(), actor=command_actor(), is_whole=is_whole
        )


def advance_clock(amount: str) -> str:
    """Move the demo's clock and return its new day in words."""
    try:
        with told_plainly():
            prepare_database()
            return day_text(_advance_and_record(amount))
    except ClockError as mistake:
        refuse(str(mistake))


def _advance_and_record(amount: str) -> date:
    """The clock lies below the log and cannot record itself. Recorded first: a refusal undoes the entry."""
    with transaction.atomic():
        record(
            Entry(
                happened_at=now(),
                actor=command_actor(),
                verb="clock.advance_demo_clock",
                subject=Subject("clock", "demo", amount.strip()[:20]),
            )
        )
        return advance_demo_clock(amount)


def check_address(host: str, port: int) -> None:
    """Refuse an address nobody can listen on. Our server shares a port with others that do, so without
    this a second start would seem to work while the first one answers.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as failure:
        refuse(
            f"{host} 的端口 {port} 用不了（{failure.strerror}）。可能已经打开了一个"
            "（上次若被强行结束，后台可能还开着）；也可以用 --port 换一个"
        )


def run_server(host: str, port: int, workers: int) -> None:
    """Serve until interrupted, with a sealer and a worker for jobs beside."""
    with beside(SEALER, JOB_WORKER):
        Server(
            target=TARGET,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=BLOCKING_THREADS,
        ).serve()
