"""Subprocesses and servers on free loopback ports, always terminated."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import httpx
import psutil

from testbed.environment import ROOT, free_port, isolated_environment, listens
from testbed.visitors import OpenVisitor, connection, website_visitor

_CLEAN_STOP = 20.0  # seconds
_FIRST_ANSWER = 300.0  # seconds
_PAUSE = 0.05  # seconds between polls, which is the resolution of the figures
_TAIL = 3000  # characters of the log in an error
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


def environment(state_dir: Path, changes: Mapping[str, str]) -> dict[str, str]:
    """Return the environment, equal for all contenders except for `changes`."""
    # without cached bytecode a start would be slower
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return inherited | {
        **isolated_environment(state_dir),
        "PYTHONPATH": str(ROOT),
        "SANIC_HOST": "127.0.0.1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",  # of the stock contender
        **changes,
    }


@contextmanager
def running(
    arguments: Sequence[str],
    folder: Path,
    log: Path,
    python: str = sys.executable,
    changes: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python interpreter in its own process group; `changes` are applied to the environment."""
    state_dir = log.parent / ".state"
    state_dir.mkdir(mode=0o700, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [python, *arguments],
            cwd=folder,
            env=environment(state_dir, changes),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end(process)


@contextmanager
def serving(
    project: Path,
    model: Path,
    changes: Mapping[str, str] = MappingProxyType({}),
    open_visitor: OpenVisitor = website_visitor,
    python: str = sys.executable,
) -> Iterator[Server]:
    """Run the project's server, ready once it answers; `changes` are applied to the environment."""
    port, log = free_port(), project / "server.log"
    files = ["-m", str(model.resolve()), "--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
    arguments = ["-m", "rasa", "run", "-i", "127.0.0.1", "--port", str(port), *files]
    since = time.perf_counter()
    with running(arguments, project, log, python, changes) as process:
        with connection(f"http://127.0.0.1:{port}") as http:
            _wait_for_answer(http, open_visitor, process, log)
        yield Server(f"http://127.0.0.1:{port}", process, time.perf_counter() - since)


@contextmanager
def action_server(folder: Path) -> Iterator[int]:
    """Run an action server that logs to the folder; yields its port."""
    port, log = free_port(), folder / "actions.log"
    arguments = ["-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    until = time.monotonic() + _FIRST_ANSWER
    with running(arguments, ROOT, log) as process:
        while not listens(port):
            if process.poll() is not None or time.monotonic() > until:
                raise failure("The action server did not start", log)
            time.sleep(_PAUSE)
        yield port


def failure(what: str, log: Path) -> RuntimeError:
    """Return an error with the end of the log."""
    return RuntimeError(f"{what}. The end of its log:\n{log.read_text('utf-8', errors='replace')[-_TAIL:]}")


def _wait_for_answer(
    http: httpx.Client, open_visitor: OpenVisitor, process: subprocess.Popen[bytes], log: Path
) -> None:
    until = time.monotonic() + _FIRST_ANSWER
    while time.monotonic() < until:
        if process.poll() is not None:
            raise failure("The server has stopped", log)
        if listens(http.base_url.port or 0) and _answers(http, open_visitor):
            return
        if _WITHOUT_MODEL in log.read_text("utf-8", errors="replace"):
            raise failure("The server could not load the model", log)
        time.sleep(_PAUSE)
    raise failure("The server did not answer", log)


def _answers(http: httpx.Client, open_visitor: OpenVisitor) -> bool:
    try:
        return bool(open_visitor(http)(_FIRST))
    except httpx.TransportError:
        return False
    except httpx.HTTPStatusError as error:
        if error.response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            return False
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """Terminate the process group; SIGTERM, because background jobs may ignore SIGINT."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_CLEAN_STOP)
