"""Another channel needs nothing but the conversation service and the server."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.channels.requests import NotOfferedError, TooFastError
from tests.channels.example_channel import REFUSALS
from tests.servers import ROOT, RunningAssistant

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def server(stub_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    """The tiny project with the example channel besides the website."""
    folder = tmp_path_factory.mktemp("example")
    project = folder / "project"
    shutil.copytree(stub_project, project)
    with (project / "credentials.yml").open("a", encoding="utf-8") as credentials:
        credentials.write("tests.channels.example_channel.ExampleInput: {messages_per_minute: 3}\n")
    server = RunningAssistant(project, folder / "state", folder / "server.log")
    yield server
    server.stop()


class Sender:
    """Somebody new."""

    def __init__(self, server: RunningAssistant) -> None:
        self._url = f"{server.base_url}/webhooks/example/messages"
        self._number = f"+3460000{next(_NUMBERS)}"

    def send(self, message_id: str, **body: str) -> list[dict[str, Any]]:
        """The reply to one message."""
        answer = httpx.post(self._url, json={"from": self._number, "id": message_id, **body}, timeout=30)
        messages: list[dict[str, Any]] = answer.raise_for_status().json()
        return messages


@pytest.fixture
def sender(server: RunningAssistant) -> Sender:
    return Sender(server)


def test_the_example_is_short() -> None:
    lines = (ROOT / "tests" / "channels" / "example_channel.py").read_text("utf-8").splitlines()
    assert len(lines) < 80


def test_a_question_is_answered_and_a_button_works(sender: Sender) -> None:
    (offered,) = sender.send("one", text="show me options")
    (answer,) = sender.send("two", button=offered["buttons"][0]["payload"])
    assert answer["metadata"]["topic"] == "pain"


def test_a_typed_command_is_just_text(sender: Sender) -> None:
    (answer,) = sender.send("one", text="/restart")
    assert answer["metadata"]["outcome"] == "out_of_scope"


def test_the_same_id_at_the_same_moment_counts_once(sender: Sender) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: sender.send("one", text="slowly"), range(6)))
    assert answers == [answers[0]] * 6
    assert answers[0][0]["metadata"]["outcome"] != "error"


def test_refusals_are_said_in_the_channels_own_words(sender: Sender) -> None:
    assert sender.send("one", button="/pain") == [{"text": REFUSALS[NotOfferedError]}]
    for message_id in ("two", "three"):
        sender.send(message_id, text="does it hurt")
    assert sender.send("four", text="does it hurt") == [{"text": REFUSALS[TooFastError]}]


def test_who_asks_for_it_has_everything_deleted(sender: Sender) -> None:
    (offered,) = sender.send("one", text="show me options")
    (answer,) = sender.send("two", text="Please delete my data.")
    assert answer["metadata"]["erased"] is True
    refused = sender.send("three", button=offered["buttons"][0]["payload"])
    assert refused == [{"text": REFUSALS[NotOfferedError]}]
