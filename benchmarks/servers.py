"""A Rasa server on a free port of the loopback address."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from benchmarks.processes import failure, running
from benchmarks.visitors import OpenVisitor, connection

_PATIENCE = 300.0  # seconds until the first answer
_PAUSE = 0.05  # seconds between polls, which is the resolution of the figures
_WITHOUT_MODEL = "Could not load model"  # Rasa continues to run
_FIRST = "does it hurt"


@dataclass(frozen=True)
class Server:
    """A running server."""

    base_url: str
    process: subprocess.Popen[bytes]
    first_answer: float
    """Seconds from the start of the process."""

    def memory(self) -> int:
        """Return the resident memory of the process and its children, in bytes."""
        parent = psutil.Process(self.process.pid)
        return sum(each.memory_info().rss for each in (parent, *parent.children(recursive=True)))


@contextmanager
def serving(
    project: Path, model: Path, open_visitor: OpenVisitor, python: str = sys.executable, **changes: str
) -> Iterator[Server]:
    """Run the project's server, ready once it answers; `changes` are applied to the environment."""
    port = _free_port()
    files = ["-m", str(model.resolve()), "--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
    arguments = ["-m", "rasa", "run", "-i", "127.0.0.1", "--port", str(port), *files]
    log = project / "server.log"
    since = time.perf_counter()
    with running(arguments, project, log, python, **changes) as process:
        base_url = f"http://127.0.0.1:{port}"
        _wait_for_answer(base_url, open_visitor, process, log)
        yield Server(base_url, process, time.perf_counter() - since)


def _wait_for_answer(
    base_url: str, open_visitor: OpenVisitor, process: subprocess.Popen[bytes], log: Path
) -> None:
    until = time.monotonic() + _PATIENCE
    with connection(base_url) as http:
        while time.monotonic() < until:
            if process.poll() is not None:
                raise failure("The server has stopped", log)
            if _listens(http) and _answers(http, open_visitor):
                return
            if _WITHOUT_MODEL in log.read_text("utf-8", errors="replace"):
                raise failure("The server could not load the model", log)
            time.sleep(_PAUSE)
    raise failure("The server did not answer", log)


def _listens(http: httpx.Client) -> bool:
    """Probe the port, which is cheap enough not to slow the start."""
    with socket.socket() as probe:
        return probe.connect_ex((http.base_url.host, http.base_url.port)) == 0


def _answers(http: httpx.Client, open_visitor: OpenVisitor) -> bool:
    try:
        return bool(open_visitor(http).ask(_FIRST))
    except httpx.TransportError:
        return False
    except httpx.HTTPStatusError as error:
        if error.response.status_code == 503:
            return False
        raise


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
