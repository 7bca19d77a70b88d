"""The sheet and the script that are served are those the sources make."""

import hashlib
import json
from pathlib import Path

import huiqi

FRONTEND = Path(__file__).parents[3] / "frontend"
SERVED = Path(huiqi.__file__).parent / "foundation/look/static/look"


def test_what_is_served_was_built_from_the_sources() -> None:
    """After a change below frontend/: npm ci && npm run build, there."""
    folders = [path for name in ("css", "js") for path in (FRONTEND / name).rglob("*") if path.is_file()]
    files = [FRONTEND / name for name in ("package.json", "package-lock.json", "build.mjs")]
    named = sorted((path.relative_to(FRONTEND).as_posix(), path) for path in (*files, *folders))
    digest = hashlib.sha256()
    for name, path in named:
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    built = json.loads((FRONTEND / "built.json").read_text(encoding="utf-8"))
    assert built == {"sources": digest.hexdigest()}


def test_the_lock_of_the_frontend_names_no_host() -> None:
    assert "resolved" not in (FRONTEND / "package-lock.json").read_text(encoding="utf-8")


def test_the_script_calls_nobody_else() -> None:
    script = (SERVED / "site.js").read_text(encoding="utf-8")
    assert "http://" not in script
    assert "https://" not in script
