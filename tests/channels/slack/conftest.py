"""Fixtures: one fake Slack and one running assistant for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from testbed.slack import BOT_TOKEN, SIGNING_SECRET, FakeSlack, Person
from tests.servers import ROOT, RunningActions, RunningAssistant

MANIFEST = ROOT / "deploy" / "slack" / "manifest.yml"


def new_slack() -> FakeSlack:
    """The app may do and hear what its manifest says."""
    manifest: dict[str, Any] = yaml.safe_load(MANIFEST.read_text("utf-8"))
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    return FakeSlack(manifest["oauth_config"]["scopes"]["bot"], events)


def over_http(slack: FakeSlack) -> dict[str, str]:
    """The settings of an assistant that Slack reaches at its endpoint."""
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": slack.address,
    }


def start(folder: Path, log: str = "server.log", **env: str) -> RunningAssistant:
    """The real assistant, with the trained model and a state directory of its own."""
    if not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("no trained model: run `make train` first")
    return RunningAssistant(ROOT, folder / "state", folder / log, **env)


@pytest.fixture(scope="session")
def workspace_and_assistant(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[FakeSlack, RunningAssistant]]:
    """Both, connected over HTTP; the assistant has its action server."""
    folder, slack = tmp_path_factory.mktemp("slack"), new_slack()
    actions = RunningActions(folder / "actions.log")
    assistant = start(folder, ACTION_PORT=str(actions.port), **over_http(slack))
    slack.speaks_to(assistant.base_url)
    yield slack, assistant
    assistant.stop()
    actions.stop()
    slack.stop()


@pytest.fixture
def slack(workspace_and_assistant: tuple[FakeSlack, RunningAssistant]) -> Iterator[FakeSlack]:
    """The workspace that all share; a test that made Slack complain has failed."""
    slack = workspace_and_assistant[0]
    before = len(slack.journal.complaints)
    yield slack
    assert slack.journal.complaints[before:] == []


@pytest.fixture
def assistant_in_slack(workspace_and_assistant: tuple[FakeSlack, RunningAssistant]) -> RunningAssistant:
    """The one that all share."""
    return workspace_and_assistant[1]


@pytest.fixture
def anna(slack: FakeSlack) -> Person:
    """Somebody new, in Madrid."""
    return slack.person("Anna", "Europe/Madrid")


@pytest.fixture
def berta(slack: FakeSlack) -> Person:
    """Somebody else, in New York."""
    return slack.person("Berta", "America/New_York")
