"""What holds for every run of the tests: loaded by pytest before Django reads its settings.

`HUIQI_TEST_DATABASE=postgres pytest` runs only what touches the database, on a private PostgreSQL cluster,
and leaves out what is marked ``one_database``: it would tell nothing new there.
"""

import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Generator
from contextlib import ExitStack

import pytest

from tests.support import postgres, shared

LONGEST_TEST_SECONDS = 120
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
_open_until_the_end = ExitStack()

# Hundreds of programs are started here: each reads what the first has compiled, wherever the tests run.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Point the settings at a throw-away data folder and at the chosen database."""
    os.environ["HUIQI_DATA"] = _open_until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="huiqi-"))
    os.environ.pop("HUIQI_DATABASE_URL", None)
    os.environ["HUIQI_MODE"] = "test"
    if is_on_postgres():
        os.environ["HUIQI_DATABASE_URL"] = _open_until_the_end.enter_context(postgres.private_cluster())
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "one_database: tells nothing new on a second database")


def pytest_unconfigure() -> None:
    _open_until_the_end.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not is_on_postgres():
        return
    chosen = [item for item in items if _touches_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """A test that hangs fails, so that a run always ends."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"{item.name} ran longer than {LONGEST_TEST_SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST_TEST_SECONDS)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def pytest_report_header() -> str:
    return f"database: {'PostgreSQL (private cluster)' if is_on_postgres() else 'SQLite'}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nothing is skipped in silence: one line a reason, whatever the verbosity."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        _, _, reason = report.longrepr
        reasons[reason.removeprefix("Skipped: ")] += 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"未运行 {count} 个测试：{reason}", yellow=True)
    if not any(reason.startswith(shared.NOT_RUN) for reason in reasons):
        return
    terminalreporter.write_line(
        "把 ../shared 放在本目录旁（或设置 HUIQI_SHARED）即可运行上述测试。", yellow=True
    )


def examples(count: int) -> int:
    """How many a property is tried with: on the second database a few, for the statements, not the rules."""
    return max(count // 4, 5) if is_on_postgres() else count


def is_on_postgres() -> bool:
    return os.environ.get("HUIQI_TEST_DATABASE") == "postgres"


def _touches_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database"):
        return False
    return bool(
        item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    )
