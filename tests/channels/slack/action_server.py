"""The real action server, which computes what depends on a person's date."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.servers import ROOT, free_port

_PATIENCE = 60.0  # seconds


@contextmanager
def action_server(log: Path) -> Iterator[str]:
    """Its port, once it answers."""
    port = str(free_port())
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", port]
    env = {**os.environ, "SANIC_HOST": "127.0.0.1"}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_for(port, process, log)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(
        f"the action server did not start:\n{log.read_text('utf-8', errors='replace')[-2000:]}"
    )
