"""Rasa's own commands work in the activated environment, without any variable set."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import yaml

from assistant.settings import Settings
from testbed.environment import free_port
from tests.servers import ROOT

RASA = Path(sys.executable).with_name("rasa")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An activated environment, and a home without a word on telemetry."""
    return {"PATH": os.pathsep.join((str(RASA.parent), "/usr/bin", "/bin")), "HOME": str(tmp_path)}


def rasa(*arguments: str, cwd: Path, env: dict[str, str], said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [RASA, *arguments], cwd=cwd, env=env, input=said, capture_output=True, text=True, timeout=300
    )


@contextmanager
def running(*arguments: str, cwd: Path, env: dict[str, str], log: Path) -> Iterator[None]:
    """Starts a command that lasts, and ends it as Ctrl-C does."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [RASA, *arguments], cwd=cwd, env=env, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def answer_of(url: str, seconds: float = 120) -> httpx.Response:
    """The first answer that is no error."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            return httpx.get(url).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
    raise TimeoutError(url)


def test_the_files_name_no_variable() -> None:
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        assert "${" not in (ROOT / name).read_text("utf-8")


def test_the_action_endpoint_is_the_default_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ACTION_HOST", "ACTION_PORT"):
        monkeypatch.delenv(name, raising=False)
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text("utf-8"))
    assert endpoints["action_endpoint"]["url"] == Settings.read().action_url


def test_endpoints_and_credentials_load(tmp_path: Path, environment: dict[str, str]) -> None:
    """With SQLite and the key in the state directory, and Slack off."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "clinic").symlink_to(ROOT / "clinic")
    script = f"""
from rasa.core.lock_store import LockStore
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.run import create_http_input_channels
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
found = AvailableEndpoints.read_endpoints({str(ROOT / "endpoints.yml")!r})
NaturalLanguageGenerator.create(found.nlg, Domain.empty())
TrackerStore.create(found.tracker_store, Domain.empty())
LockStore.create(found.lock_store)
print([channel.name() for channel in create_http_input_channels(None, {str(ROOT / "credentials.yml")!r})])
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "['website', 'slack']\n", done.stderr
    assert (tmp_path / ".state").stat().st_mode & 0o777 == 0o700
    assert {"conversations.db", "session.key"} <= {path.name for path in (tmp_path / ".state").iterdir()}


def test_rasa_data_validate_finds_nothing_wrong(environment: dict[str, str]) -> None:
    done = rasa("data", "validate", cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


def test_rasa_run_actions_serves_every_action(tmp_path: Path, environment: dict[str, str]) -> None:
    port = free_port()
    environment["SANIC_HOST"] = "127.0.0.1"  # of Rasa's SDK, which listens on every interface otherwise
    log = tmp_path / "log"
    with running("run", "actions", "--port", str(port), cwd=ROOT, env=environment, log=log):
        served = answer_of(f"http://127.0.0.1:{port}/actions").json()
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    assert {each["name"] for each in served} == set(domain["actions"])


def test_rasa_shell_answers(stub_project: Path, environment: dict[str, str]) -> None:
    env = {**environment, "PYTHONPATH": str(ROOT)}
    done = rasa("shell", "--port", str(free_port()), cwd=stub_project, env=env, said="does it hurt\n/stop\n")
    assert "It **feels** like scratching." in done.stdout, done.stderr


def test_rasa_run_serves_the_website_channel(
    stub_project: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    port = free_port()
    env = {**environment, "PYTHONPATH": str(ROOT)}
    command = ("run", "-i", "127.0.0.1", "--port", str(port))
    with running(*command, cwd=stub_project, env=env, log=tmp_path / "log"):
        assert answer_of(f"http://127.0.0.1:{port}/health/ready").json() == {"status": "ready"}


def test_rasa_test_finds_its_stories() -> None:
    """It looks in the whole folder for files of this name."""
    stories = yaml.safe_load((ROOT / "tests" / "test_stories.yml").read_text("utf-8"))["stories"]
    intents = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"]
    asked = {step["intent"] for story in stories for step in story["steps"] if "user" in step}
    assert asked <= {next(iter(each)) if isinstance(each, dict) else each for each in intents}
