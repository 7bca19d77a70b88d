"""A real provider of identities (npm's oidc-provider) in a process of its own."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.serving import free_port

HOME = Path(__file__).parent / "oidc"
CLIENT_SECRET = "of the tests alone and long enough"  # noqa: S105 # pragma: allowlist secret


@contextmanager
def real_provider(back: str, phones: Mapping[str, str]) -> Iterator[str]:
    """Its issuer, under another name than the site has, so that a browser takes the two for strangers.
    ``phones`` are the numbers it has verified, by the name its users type. Skips where there is no Node.js.
    """
    node = shutil.which("node")
    if node is None or not (HOME / "node_modules").exists():
        pytest.skip("没有 Node.js 或 tests/support/oidc 未安装：略过依赖真实身份认证平台的测试")
    port = free_port()
    issuer = f"http://localhost:{port}"
    told = {"port": port, "issuer": issuer, "back": back, "secret": CLIENT_SECRET, "phones": dict(phones)}
    command = [node, "server.mjs", json.dumps(told)]
    with subprocess.Popen(
        command, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            heard = next((line for line in server.stdout if line.strip() == "listening"), "")
            if not heard:
                raise RuntimeError(f"The provider did not come up (exit {server.poll()}).")
            yield issuer
        finally:
            server.kill()
