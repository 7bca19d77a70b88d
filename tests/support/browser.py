"""Where the browser of the journeys is and how it is started."""

import os
import shutil

# Chromium's own background traffic is off: a journey talks to the test server and to nobody else.
LAUNCH_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str:
    """Path of an installed Chromium or Chrome; `HUIQI_CHROMIUM` overrides. Raises FileNotFoundError."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("HUIQI_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        message = "Chromium is missing. On Debian or Ubuntu: apt-get install chromium"
        raise FileNotFoundError(message)
    return found
