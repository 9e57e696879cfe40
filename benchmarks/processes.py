"""Subprocesses of the benchmarks, always terminated."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from benchmarks.run import ROOT

_PLENTY = "1000000"
_PATIENCE = 20.0  # seconds for a clean stop
_TAIL = 3000  # characters of the log in an error
# variables that would slow the start, or reach services outside the benchmark
_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE",)
_SWITCHED_OFF = (
    "REDIS_URL",
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "SLACK_API_URL",
    "SLACK_PUBLIC_URL",
)


def environment(state_dir: Path, changes: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Return the environment, equal for all contenders except for `changes`."""
    inherited = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return inherited | {
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "2",  # of the stock contender
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "STATE_DIR": str(state_dir),
        "DATABASE_URL": f"sqlite:///{state_dir}/conversations.db",
        "MESSAGES_PER_MINUTE": _PLENTY,
        "SESSIONS_PER_MINUTE": _PLENTY,
        "ALLOWED_ORIGINS": "",
        "SESSION_KEY": "",
        "REDIS_URL": "",
        "RETENTION_DAYS": "",
        "METRICS_PORT": "",
        "METRICS_INTERFACE": "",
        "ACTION_HOST": "127.0.0.1",
        "ACTION_PORT": "9",  # nothing listens there
        "SANIC_HOST": "127.0.0.1",
        **dict.fromkeys(_SWITCHED_OFF, ""),
        **changes,
    }


@contextmanager
def running(
    arguments: Sequence[str], folder: Path, log: Path, python: str = sys.executable, **changes: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python interpreter in a folder, in its own process group.

    `changes` are applied to the environment.
    """
    state_dir = folder / ".state"
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


def failure(what: str, log: Path) -> RuntimeError:
    """Return an error with the end of the log."""
    return RuntimeError(f"{what}. The end of its log:\n{log.read_text('utf-8', errors='replace')[-_TAIL:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Terminate the process group; SIGTERM, because background jobs may ignore SIGINT."""
    if process.poll() is not None:
        return
    _signal(process, signal.SIGTERM)
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        _signal(process, signal.SIGKILL)
        process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
