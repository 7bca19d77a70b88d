"""Prepares the site and runs it. Imported only once Django is set up."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server
from pyarrow import parquet

from huiqi.catalogue.load import load_catalogue
from huiqi.cli.errors import refuse
from huiqi.core.rules.wording import day_text
from huiqi.demo.city import write_city
from huiqi.foundation.clock.actions import ClockError, advance_demo_clock
from huiqi.foundation.clock.queries import now, today
from huiqi.services.policy.library.actions import load_seed

TARGET = "huiqi.config.wsgi:application"
CITY_FILE = "demo-city.parquet"
# More blocking threads a worker only add context switches: a page is short and the database is the wait.
BLOCKING_THREADS = 2


def prepare_site() -> str:
    """Bring the database to its newest form and load the shipped catalogue; repeating changes nothing."""
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
    """Generate the demo city where it is absent or of another size; return its file."""
    path = Path(settings.HUIQI_DATA) / CITY_FILE
    if not path.exists() or parquet.read_metadata(path).num_rows != businesses:
        write_city(path, count=businesses, as_of=today())
    return path


def advance_clock(amount: str) -> str:
    """Move the demo's clock and return its new day in words."""
    try:
        return day_text(advance_demo_clock(amount))
    except ClockError as mistake:
        refuse(str(mistake))


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
