"""Writers at once into the log while the sealer seals: throughput, lag, and the whole chain verified.

`python -m benchmarks.audit [--database URL] [--writers N] [--entries N] [--together N] [--pace N]`. By
default SQLite in a throw-away folder. ``--entries`` is for each writer, ``--together`` of them in one
transaction; ``--pace`` is how many all of them write in a second, 0 for as many as they can.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

WRITERS, ENTRIES, TOGETHER = 8, 1_000, 1
SAMPLE_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds of writing and of verifying, and by how many megabytes memory grew meanwhile. ``locked`` counts
    writes that a busy database refused and that were tried again; the lags are seconds an entry waited for
    its seal, sampled while the writers wrote.
    """

    writers: int
    entries: int
    seconds: float
    locked: int
    lag_p50: float
    lag_max: float
    caught_up_after: float
    verify_seconds: float
    verify_megabytes: float
    sealed: int
    broken: int

    @property
    def per_second(self) -> float:
        return self.entries / self.seconds


def measure(
    database_url: str = "",
    writers: int = WRITERS,
    entries: int = ENTRIES,
    together: int = TOGETHER,
    pace: int = 0,
) -> Result:
    """Measure in processes of their own on a database made for the run."""
    with tempfile.TemporaryDirectory(prefix="huiqi-audit-") as folder:
        environment = {**os.environ, "HUIQI_MODE": "test", "HUIQI_DATA": folder}
        environment |= {"DJANGO_SETTINGS_MODULE": "huiqi.config.settings"}
        environment.pop("HUIQI_DATABASE_URL", None)
        if database_url:
            environment["HUIQI_DATABASE_URL"] = database_url
        told = subprocess.run(
            [*_command("measure"), *map(str, (writers, entries, together, pace))],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return Result(**json.loads(told.stdout.splitlines()[-1]))


def table(name: str, result: Result) -> str:
    """The result as lines of text."""
    speed = f"{result.per_second:,.0f} a second in {result.seconds:.1f} s"
    lags = f"p50 {result.lag_p50:.2f} s, at most {result.lag_max:.2f} s"
    verified = (
        f"{result.sealed:,} in {result.verify_seconds:.1f} s with {result.verify_megabytes:.0f} MB more"
    )
    lines = [
        f"audit log on {name}: {result.writers} writers, {result.entries:,} entries",
        f"  written: {speed}; {result.locked} refused as locked and tried again",
        f"  waited for the seal: {lags}; caught up {result.caught_up_after:.2f} s after the last writer",
        f"  verified: {verified}, {result.broken} broken",
    ]
    return "\n".join(lines)


def _command(what: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.audit", "--inside", what]


def _write(name: str, entries: int, together: int, pace: float) -> None:
    """One writer, of ``pace`` entries a second where that is not 0; says how often it was locked out."""
    from django.db import OperationalError  # noqa: PLC0415 - only processes inside need a site

    print("ready", flush=True)
    sys.stdin.readline()
    locked = kept = 0
    began = time.perf_counter()
    while kept < entries:
        if pace:
            time.sleep(max(0.0, began + kept / pace - time.perf_counter()))
        count = min(together, entries - kept)
        try:
            _write_together(name, kept, count)
            kept += count
        except OperationalError:
            locked += 1
    print(locked)


def _write_together(name: str, first: int, count: int) -> None:
    from django.db import transaction  # noqa: PLC0415

    from huiqi.foundation.audit.actions import Actor, Entry, Party, Subject, record  # noqa: PLC0415

    officer = Actor(name, "王某", Party("d-1", "市政务和大数据局"), Party("b-9", "温县某面馆"))
    with transaction.atomic():
        for number in range(first, first + count):
            record(
                Entry(
                    happened_at=datetime.now(UTC),
                    actor=officer,
                    verb="library.load_seed",
                    subject=Subject("phone", f"b-{number}", "联系电话"),
                    reason="本人来电，已核对身份",
                    before={"电话": "13800000000", "地址": "温县"},
                    after={"电话": "13900000000", "地址": "温县"},
                    masked={"电话"},
                )
            )


def _measure_here(writers: int, entries: int, together: int, pace: int) -> Result:
    from django.core.management import call_command  # noqa: PLC0415

    from huiqi.foundation.audit.queries import seconds_behind, verify_chain  # noqa: PLC0415

    call_command("migrate", "audit", verbosity=0)
    words = [str(entries), str(together), str(pace / writers)]
    with _sealer():
        _write_together("first", 0, 1)
        while seconds_behind(datetime.now(UTC)):  # the sealer has started once the first entry is sealed
            time.sleep(SAMPLE_SECONDS)
        running = [_writer(f"w{each}", *words) for each in range(writers)]
        began = _begin(running)
        lags = []
        while any(writer.poll() is None for writer in running):
            lags.append(seconds_behind(datetime.now(UTC)))
            time.sleep(SAMPLE_SECONDS)
        ended = time.perf_counter()
        while seconds_behind(datetime.now(UTC)):
            time.sleep(SAMPLE_SECONDS / 5)
        caught_up = time.perf_counter() - ended
    locked = sum(int(writer.stdout.read()) for writer in running if writer.stdout)
    before, began_verifying = _peak_megabytes(), time.perf_counter()
    report = verify_chain()
    return Result(
        writers=writers,
        entries=writers * entries,
        seconds=ended - began,
        locked=locked,
        lag_p50=statistics.median(lags),
        lag_max=max(lags),
        caught_up_after=caught_up,
        verify_seconds=time.perf_counter() - began_verifying,
        verify_megabytes=_peak_megabytes() - before,
        sealed=report.sealed,
        broken=report.broken,
    )


def _peak_megabytes() -> float:
    """The most memory this process ever held (Linux counts kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _writer(*words: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([*_command("write"), *words], stdin=pipe, stdout=pipe, text=True)


def _begin(writers: list[subprocess.Popen[str]]) -> float:
    """Wait until all are ready, let them begin at once, and return when that was."""
    for writer in writers:
        if writer.stdout is not None:
            writer.stdout.readline()
    began = time.perf_counter()
    for writer in writers:
        if writer.stdin is not None:
            writer.stdin.close()
    return began


@contextmanager
def _sealer() -> Iterator[None]:
    """The sealer as `huiqi serve` runs it."""
    command = [sys.executable, "-m", "huiqi.cli", "audit", "seal", "--with-parent"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        yield
        if process.stdin is not None:
            process.stdin.close()


def _inside(words: list[str]) -> None:
    import django  # noqa: PLC0415

    django.setup()
    if words[0] == "write":
        _write(words[1], int(words[2]), int(words[3]), float(words[4]))
    else:
        print(json.dumps(asdict(_measure_here(*map(int, words[1:])))))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the log with many writers at once.")
    parser.add_argument("--database", default="", help="URL of an empty PostgreSQL database")
    parser.add_argument("--writers", type=int, default=WRITERS)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--together", type=int, default=TOGETHER)
    parser.add_argument("--pace", type=int, default=0)
    parser.add_argument("--inside", nargs="+", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        _inside(chosen.inside)
        return
    result = measure(chosen.database, chosen.writers, chosen.entries, chosen.together, chosen.pace)
    print(table(chosen.database.partition(":")[0] or "SQLite", result))


if __name__ == "__main__":
    main()
