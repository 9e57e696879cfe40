"""Each channel works with the other one switched off: neither sets up the server for both."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from slack_sdk.signature import SignatureVerifier

from testbed.slack import SIGNING_SECRET, FakeSlack
from tests.channels.slack.conftest import new_slack, over_http
from tests.channels.slack.looks import words
from tests.servers import ROOT, RunningAssistant, is_problem

WEBSITE = "assistant.channels.website.WebsiteInput"
SLACK = "assistant.channels.slack.SlackInput"


def project_with(channel: str, stub_project: Path, folder: Path) -> Path:
    """The tiny project with the real settings of that channel alone."""
    shutil.copytree(stub_project, folder, symlinks=True)
    sections: dict[str, Any] = yaml.safe_load((ROOT / "credentials.yml").read_text("utf-8"))
    assert set(sections) == {WEBSITE, SLACK}
    (folder / "credentials.yml").write_text(yaml.safe_dump({channel: sections[channel]}), "utf-8")
    return folder


def readable_by_all(state_dir: Path) -> Path:
    """A state directory of before, as another umask leaves it."""
    state_dir.mkdir()
    state_dir.chmod(0o755)
    (state_dir / "conversations.db").touch()
    (state_dir / "conversations.db").chmod(0o644)
    return state_dir


@pytest.fixture(scope="module")
def workspace() -> Iterator[FakeSlack]:
    slack = new_slack()
    yield slack
    slack.stop()


@pytest.fixture(scope="module")
def only_slack(
    stub_project: Path, workspace: FakeSlack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningAssistant]:
    folder = tmp_path_factory.mktemp("only_slack")
    project = project_with(SLACK, stub_project, folder / "project")
    public = {"SLACK_PUBLIC_URL": "https://clinic.example"}
    server = RunningAssistant(
        project, readable_by_all(folder / "state"), folder / "server.log", **over_http(workspace), **public
    )
    workspace.speaks_to(server.base_url)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def only_website(stub_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    folder = tmp_path_factory.mktemp("only_website")
    project = project_with(WEBSITE, stub_project, folder / "project")
    server = RunningAssistant(project, readable_by_all(folder / "state"), folder / "server.log")
    yield server
    server.stop()


def test_slack_alone_answers_a_direct_message(workspace: FakeSlack, only_slack: RunningAssistant) -> None:
    asked = workspace.person("Anna").says("does it hurt")
    assert "scratching" in words(workspace.answer_to(asked))
    assert workspace.journal.complaints == []


def test_slack_alone_apologises_for_a_failed_turn(workspace: FakeSlack, only_slack: RunningAssistant) -> None:
    asked = workspace.person("Berta").says("please explode MARMALADE")
    assert workspace.answer_to(asked).text
    assert "MARMALADE" not in only_slack.output()


def challenged(server: RunningAssistant, length: int) -> httpx.Response:
    """The answer to a signed request whose body has about that many bytes."""
    body, now = json.dumps({"type": "url_verification", "challenge": "x" * length}), str(int(time.time()))
    signature = SignatureVerifier(SIGNING_SECRET).generate_signature(timestamp=now, body=body)
    assert signature is not None
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": signature,
    }
    return httpx.post(f"{server.base_url}/webhooks/slack/webhook", content=body, headers=headers)


def test_slack_alone_takes_bodies_of_up_to_a_megabyte(only_slack: RunningAssistant) -> None:
    assert challenged(only_slack, 900_000).json() == {"challenge": "x" * 900_000}
    assert is_problem(challenged(only_slack, 1_100_000), 413)


@pytest.mark.parametrize("name", ["only_slack", "only_website"])
def test_a_channel_alone_has_the_server_of_both(name: str, request: pytest.FixtureRequest) -> None:
    server: RunningAssistant = request.getfixturevalue(name)
    live = httpx.get(f"{server.base_url}/health/live")
    assert (live.status_code, live.headers["x-content-type-options"]) == (200, "nosniff")
    assert live.headers["x-request-id"]
    assert httpx.get(f"{server.base_url}/health/ready").json() == {"status": "ready"}
    assert is_problem(httpx.get(f"{server.base_url}/nothing"), 404)
    assert is_problem(httpx.options(f"{server.base_url}/nothing"), 404)
    too_long = httpx.request("GET", f"{server.base_url}/health/live", content=b"x" * 20_000)
    assert is_problem(too_long, 413)
    kept = (server.state_dir, *server.state_dir.iterdir())
    assert {path.name: path.stat().st_mode & 0o077 for path in kept if path.stat().st_mode & 0o077} == {}


def test_slack_alone_has_nothing_of_the_website(only_slack: RunningAssistant) -> None:
    for path in ("/", "/widget.js", "/webhooks/website/openapi.json"):
        assert is_problem(httpx.get(f"{only_slack.base_url}{path}"), 404)
    assert is_problem(httpx.post(f"{only_slack.base_url}/webhooks/website/session"), 404)


def test_the_website_alone_answers(only_website: RunningAssistant) -> None:
    visitor = only_website.visitor()
    assert visitor.say("does it hurt")[0]["metadata"]["outcome"] == "answered"
    assert visitor.http.get("/").status_code == 200
    assert is_problem(visitor.http.post("/webhooks/slack/webhook", json={}), 404)
