"""Prepares the site and runs it. Imported only once Django is set up."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from granian.constants import Interfaces
from granian.server import Server
from pyarrow import parquet

from huiqi.catalogue.load import load_catalogue
from huiqi.cli.errors import refuse
from huiqi.core.rules.wording import day_text
from huiqi.demo.city import write_city
from huiqi.foundation.clock.actions import ClockError, advance_demo_clock
from huiqi.foundation.clock.queries import now, today
from huiqi.foundation.storage.actions import one_at_a_time
from huiqi.foundation.storage.queries import is_from_a_newer_version
from huiqi.services.policy.library.actions import load_seed

TARGET = "huiqi.config.wsgi:application"
CITY_FILE = "demo-city.parquet"
# More blocking threads a worker only add context switches: a page is short and the database is the wait.
BLOCKING_THREADS = 2


def prepare_site() -> str:
    """Bring the database to its newest form and load the shipped catalogue; repeating changes nothing."""
    with _told_plainly():
        with one_at_a_time("migrations"):
            if is_from_a_newer_version():
                refuse(
                    "数据库是更新版本的焦个企惠建的，这个版本用不了。请升级程序，或用 HUIQI_DATA 换一个文件夹"
                )
            call_command("migrate", verbosity=0, interactive=False)
        report = load_seed(load_catalogue(), now())
    said = f"政策库：新增 {report.added} 项，更新 {report.updated} 项，不变 {report.unchanged} 项"
    return f"{said}；本地修订过的 {len(report.kept)} 项保持原样" if report.kept else said


def prepare_demo(businesses: int) -> str:
    """Prepare the site with a demo city; never beside real businesses."""
    if settings.HUIQI_MODE == "production":
        refuse("正式环境不能打开演示城市，请用 huiqi serve")
    return f"{prepare_site()}\n演示城市：{prepare_city(businesses)}"


def prepare_city(businesses: int) -> Path:
    """Generate the demo city where it is absent, damaged or of another size; return its file."""
    path = Path(settings.HUIQI_DATA) / CITY_FILE
    with _told_plainly(), one_at_a_time("demo-city"):
        if _rows_of(path) != businesses:
            write_city(path, count=businesses, as_of=today())
    return path


def _rows_of(path: Path) -> int | None:
    """How many businesses the file holds; None where there is no file or only half of one."""
    try:
        return int(parquet.read_metadata(path).num_rows)
    except (FileNotFoundError, pa.ArrowInvalid):
        return None


def advance_clock(amount: str) -> str:
    """Move the demo's clock and return its new day in words."""
    try:
        with _told_plainly():
            return day_text(advance_demo_clock(amount))
    except ClockError as mistake:
        refuse(str(mistake))


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
    """Serve until interrupted."""
    Server(
        target=TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
    ).serve()


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What is wrong with the database or the disk, as a sentence."""
    try:
        yield
    except DatabaseError as failure:
        refuse(
            f"数据库用不了（{failure}）。请检查 HUIQI_DATABASE_URL、文件夹权限和磁盘空间".replace("\n", " ")
        )
    except OSError as failure:
        refuse(
            f"数据文件夹 {settings.HUIQI_DATA} 用不了（{failure.strerror or failure}）。"
            "请检查权限和磁盘空间，或用 HUIQI_DATA 换一个文件夹"
        )
