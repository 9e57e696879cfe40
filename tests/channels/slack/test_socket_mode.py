"""Socket Mode: the same answers without a public URL, and automatic reconnection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from testbed.slack import APP_TOKEN, BOT_TOKEN, FakeSlack, Person
from testbed.slack.failures import TOO_MANY
from tests.channels.slack.conftest import new_slack, start
from tests.channels.slack.looks import choices, kinds
from tests.servers import RunningAssistant

RED = "How long will my skin stay red?"
RECONNECTING = 40.0
"""Seconds: the client looks after its connection every five."""


@dataclass
class Office:
    """A workspace, and an assistant in it that has no address."""

    slack: FakeSlack
    folder: Path
    assistant: RunningAssistant

    def state(self) -> tuple[int, str | None]:
        """Return the answer of /health/ready."""
        answer = httpx.get(f"{self.assistant.base_url}/health/ready", verify=False)
        return answer.status_code, answer.json().get("slack")

    def restart(self) -> None:
        """With what is in the state directory."""
        self.assistant.stop()
        self.assistant = started(self.folder, self.slack)


def started(folder: Path, slack: FakeSlack) -> RunningAssistant:
    opened = slack.sockets.opened
    env = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.address}
    assistant = start(folder, **env)
    slack.wait_until(lambda: slack.sockets.opened > opened, "a connection")
    return assistant


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The one of this module."""
    folder, slack = tmp_path_factory.mktemp("socket"), new_slack()
    office = Office(slack, folder, started(folder, slack))
    yield office
    office.assistant.stop()
    slack.stop()


@pytest.fixture
def slack(office: Office) -> Iterator[FakeSlack]:
    """Hears of everything through the socket."""
    slack = office.slack
    before = len(slack.journal.complaints)
    yield slack
    assert slack.journal.complaints[before:] == []


def test_everything_comes_through_the_socket(slack: FakeSlack, anna: Person, berta: Person) -> None:
    channel = slack.channel(anna, berta)
    actions = [anna.says(RED), berta.mentions(RED, channel), anna.types(f"/microneedling {RED}", channel)]
    answers = [slack.answer_to(action) for action in actions]
    assert all(kinds(answer)[0] == "section" for answer in answers)
    pressed = anna.presses(answers[0], choices(answers[0])[0])
    slack.answer_to(pressed)
    assert all(delivery.is_acknowledged for action in [*actions, pressed] for delivery in action.deliveries)


def test_the_endpoint_is_closed(office: Office) -> None:
    assert httpx.post(f"{office.assistant.base_url}/webhooks/slack/webhook", json={}).status_code == 404


def test_readiness_tells_of_the_connection(office: Office, slack: FakeSlack) -> None:
    slack.wait_until(lambda: office.state() == (200, "connected"), "the connection to be known")


def test_when_slack_asks_to_leave_it_comes_back(slack: FakeSlack, anna: Person) -> None:
    opened = slack.sockets.opened
    slack.run(slack.sockets.ask_to_leave())
    slack.wait_until(lambda: slack.sockets.opened > opened, "a new connection", RECONNECTING)
    slack.wait_until(lambda: bool(slack.sockets.connections), "a new connection", RECONNECTING)
    assert slack.answer_to(anna.says(RED))


def test_a_connection_that_breaks_is_told_of_and_mended(
    office: Office, slack: FakeSlack, anna: Person
) -> None:
    slack.sockets.refuses = True
    slack.call_soon(slack.sockets.cut)
    slack.wait_until(lambda: office.state() == (200, "disconnected"), "the break to be told of", RECONNECTING)
    slack.sockets.refuses = False
    slack.wait_until(
        lambda: office.state() == (200, "connected"), "the connection to be restored", RECONNECTING
    )
    assert slack.answer_to(anna.says(RED))


def test_what_was_asked_while_it_was_cut_off_is_answered_once(slack: FakeSlack, anna: Person) -> None:
    """Slack sends it again, as it wasn't acknowledged."""
    slack.deliveries.pauses = (1.0,) * 30
    slack.call_soon(slack.sockets.cut)
    asked = anna.says(RED)
    slack.answer_to(asked)
    slack.settle_slowly()
    (delivery,) = asked.deliveries
    assert delivery.is_acknowledged
    assert len(delivery.attempts) > 1
    assert len(slack.answers_to(asked)) == 1


def test_a_restart_loses_nothing(office: Office, slack: FakeSlack, anna: Person, berta: Person) -> None:
    """Neither what was just taken in, nor threads, nor buttons."""
    channel = slack.channel(anna)
    asked = anna.mentions(RED, channel)
    offered = slack.answer_to(asked)
    slack.failures.retry_after = 2
    slack.failures.plan("chat.postMessage", TOO_MANY, channel=berta.dm.id)
    waiting = berta.says(RED)
    slack.wait_until(lambda: slack.failures.are_over(berta.dm.id), "the refusal")
    office.restart()
    assert len(slack.answers_to(waiting)) == 1
    assert slack.answer_to(anna.says("does it hurt", channel, thread=asked.thread))
    slack.answer_to(anna.presses(offered, choices(offered)[-1]))
    assert choices(offered) == []
