"""A private PostgreSQL cluster that lives exactly as long as the tests that use it."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SPEED_OVER_SAFETY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def private_cluster() -> Iterator[str]:
    """Yield the URL of a new, empty cluster reachable only through a socket in a private folder.

    Durability is off: the data are worth nothing after the run. The server refuses to run as root, so under
    root it belongs to the `postgres` user, which Debian's package makes.
    """
    binaries = _binaries()
    # A socket's whole path must stay under 108 bytes, so the folder lies directly under /tmp.
    home = Path(tempfile.mkdtemp(prefix="huiqi-pg-", dir="/tmp"))
    owner = _server_user()
    if os.geteuid() == 0:
        shutil.chown(home, owner)
    data = home / "data"
    initdb = ["initdb", "-D", data, "-U", "huiqi", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N"]
    serve = f"-c listen_addresses= -c unix_socket_directories={home} {SPEED_OVER_SAFETY}"
    try:
        _run(binaries, owner, initdb)
        _run(binaries, owner, ["pg_ctl", "-D", data, "-l", home / "log", "-w", "-o", serve, "start"])
        try:
            yield f"postgresql://huiqi@{quote(str(home), safe='')}/postgres"
        finally:
            _run(binaries, owner, ["pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _binaries() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if not versions:
        message = "PostgreSQL (initdb) is missing. On Debian or Ubuntu: apt-get install postgresql"
        raise FileNotFoundError(message)
    return versions[-1].parent


def _server_user() -> str:
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(binaries: Path, user: str, command: list[str | Path]) -> None:
    identity: dict[str, object] = {}
    if os.geteuid() == 0:
        entry = pwd.getpwnam(user)
        identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    words = [str(binaries / command[0]), *map(str, command[1:])]
    # Output goes to a file, not a pipe: the server inherits it and would hold a pipe open for ever.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(words, cwd="/", stdout=output, stderr=output, check=False, **identity)  # type: ignore[call-overload]
        output.seek(0)
        if done.returncode:
            raise RuntimeError(f"{words[0]} failed:\n{output.read().decode(errors='replace')}")
