"""Servers that many tests share: each start takes seconds."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import ROOT, RunningActions, RunningAssistant, Visitor

_STUB = ROOT / "tests" / "fakes" / "stub_project"
_HOUR = 3600.0  # seconds
_LONGEST_TEST = 15.0
_OF_A_TERMINAL = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)


@pytest.fixture(scope="session", autouse=True)
def heeded_signals() -> Iterator[None]:
    """Let what the tests start heed Ctrl-C, also where they themselves run in the background or under nohup.

    Programs inherit that a signal is ignored, and a shell can't undo it; a handler they don't inherit.
    """
    ignored = [number for number in _OF_A_TERMINAL if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, lambda *_: None)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture(autouse=True)
def no_hour_ends_meanwhile(request: pytest.FixtureRequest) -> None:
    """Wait until no day can begin between the assistant's work and what a dated test expects."""
    left = _HOUR - time.time() % _HOUR
    if request.node.get_closest_marker("dated") and left < _LONGEST_TEST:
        time.sleep(left)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    """The real assistant with the trained model, a fresh state directory and high limits."""
    if not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("no trained model: run `make train` first")
    folder = tmp_path_factory.mktemp("assistant")
    actions = RunningActions(folder / "actions.log")
    yield from _running(ROOT, folder, ACTION_PORT=str(actions.port))
    actions.stop()


@pytest.fixture(scope="session")
def stub_project(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """A tiny Rasa project that can fail in every way, trained; trained again only when it has changed."""
    project = tmp_path_factory.mktemp("stub") / "project"
    shutil.copytree(_STUB, project)
    cache = pytestconfig.cache
    assert cache is not None
    models = cache.mkdir(f"stub-{_fingerprint(_STUB)}")
    with (models / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another process of pytest-xdist may be training it
        if not list(models.glob("*.tar.gz")):
            _train(project, models)
    (project / "models").symlink_to(models)
    return project


@pytest.fixture(scope="session")
def standin(stub_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    """The tiny project behind the real channel, with high limits."""
    yield from _running(stub_project, tmp_path_factory.mktemp("stub"))


@pytest.fixture
def visitor(standin: RunningAssistant) -> Visitor:
    """Somebody who has just come to the website of the tiny project."""
    return standin.visitor()


def _running(project: Path, folder: Path, **env: str) -> Iterator[RunningAssistant]:
    server = RunningAssistant(project, folder / "state", folder / "server.log", **env)
    yield server
    server.stop()


def _fingerprint(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in (".yml", ".py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def _train(project: Path, models: Path) -> None:
    path = os.pathsep.join((str(project), str(ROOT)))
    training = subprocess.run(
        [sys.executable, "-m", "rasa", "train", "--out", str(models)],
        cwd=project,
        env={**os.environ, "PYTHONPATH": path, "RASA_TELEMETRY_ENABLED": "false"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert training.returncode == 0, training.stdout[-3000:]
