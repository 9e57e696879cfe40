"""Bolt's part: routing at once and in order, no error, and a log without words."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from assistant.channels.slack.app import BoltApp, bolt_app
from assistant.channels.slack.delivery import WebApi
from assistant.channels.slack.middleware import Job, JobQueue
from assistant.channels.slack.settings import Settings
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.traffic.deduplication import InMemoryDeduplicator

SETTINGS = Settings(bot_token="xoxb-1", signing_secret="secret")
WORD = "gooseberry"


class Recorded(JobQueue):
    """Notes the jobs instead of running them."""

    def __init__(self) -> None:
        super().__init__(InMemoryDeduplicator(), AsyncMock())
        self.jobs: list[Job] = []

    def add(self, job: Job) -> None:
        self.jobs.append(job)


@pytest.fixture
def jobs() -> Recorded:
    return Recorded()


@pytest.fixture
def delivery() -> Mock:
    return Mock()


@pytest.fixture
def app(jobs: Recorded, delivery: Mock) -> BoltApp:
    return bolt_app(SETTINGS, WebApi(SETTINGS), delivery, jobs)


async def status(app: BoltApp, body: dict[str, Any]) -> tuple[int, str]:
    """As over HTTP, after the signature was verified."""
    request = AsyncBoltRequest(body=json.dumps(body), headers={"content-type": "application/json"})
    response = await app.async_dispatch(request)
    return response.status, response.body


def said(text: str, **event: Any) -> dict[str, Any]:
    message = {
        "type": "message",
        "channel": "D1",
        "channel_type": "im",
        "user": "U1",
        "ts": text,
        "text": text,
    }
    return {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{text}", "event": message | event}


def action(name: str, **more: Any) -> dict[str, Any]:
    used = {"action_id": name, "block_id": "press/0/dm/1/x", "action_ts": "17.1", "value": "/pain"}
    where = {"team": {"id": "T1"}, "user": {"id": "U1"}, "channel": {"id": "D1"}}
    return {"type": "block_actions", "trigger_id": "t", "actions": [used], **where, **more}


async def test_many_at_once_are_queued_in_the_order_in_which_they_came(app: BoltApp, jobs: Recorded) -> None:
    answers = await asyncio.gather(*(status(app, said(str(number))) for number in range(200)))
    assert set(answers) == {(200, "")}
    assert [job.ids[0] for job in jobs.jobs] == [f"event:Ev{number}" for number in range(200)]
    assert {job.queue_key for job in jobs.jobs} == {"D1"}


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (said("hello"), "event message"),
        (said("hello", type="app_mention"), "event app_mention"),
        (said("hello", type="app_home_opened", tab="home"), "home opened"),
        (action("press/3"), "press press"),
        (action("more"), "press more"),
        (action("remind"), "press remind"),
        (action("remind", view={"type": "home"}), "home remind"),
        (action("set_date", view={"type": "home"}), "home set_date"),
        (
            {
                "type": "view_submission",
                "user": {"id": "U1"},
                "view": {"type": "modal", "callback_id": "set_date"},
            },
            "home date",
        ),
        (
            {
                "command": "/skin",
                "user_id": "U1",
                "channel_id": "C1",
                "response_url": "x",
                "trigger_id": "t",
            },
            "command",
        ),
    ],
)
async def test_each_payload_finds_its_listener(
    app: BoltApp, jobs: Recorded, body: dict[str, Any], name: str
) -> None:
    assert await status(app, body) == (200, "")
    assert [job.name for job in jobs.jobs] == [name]


ODD: list[dict[str, Any]] = [
    said("x", type="reaction_added"),
    said("x", user=["U1"]),
    said("x", channel={"id": "D1"}),
    {"type": "event_callback", "event": WORD},
    {"type": "event_callback", "event": [WORD]},
    {"type": "brand_new", "text": WORD},
    {"type": {}, "text": WORD},
    action("link"),
    action("press/0", actions=[]),
    action("press/0", actions=[None]),
    action("press/0", user=None),
    action("treated_at", view={"type": "modal"}),
    {"type": "view_submission", "view": WORD},
    {"command": "/skin", "text": WORD},
]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything, down to what the libraries say when they are debugged."""
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    yield caplog
    root.setLevel(before)


@pytest.mark.parametrize("body", ODD, ids=lambda body: json.dumps(body)[:60])
async def test_what_no_listener_can_read_is_acknowledged_and_logged_without_its_words(
    app: BoltApp, jobs: Recorded, body: dict[str, Any], log: pytest.LogCaptureFixture
) -> None:
    assert await status(app, body) == (200, "")
    assert jobs.jobs == []
    assert WORD not in log.text


async def test_without_a_model_slack_is_told_to_come_again(
    app: BoltApp, delivery: Mock, jobs: Recorded
) -> None:
    delivery.conversations.is_ready.return_value = False
    assert (await status(app, said("hello")))[0] == 503
    assert jobs.jobs == []
    assert await status(app, {"type": "url_verification", "challenge": "c"}) == (200, '{"challenge": "c"}')


async def test_a_job_is_done_once_and_again_after_a_failure() -> None:
    done: list[str] = []
    apologies = AsyncMock()
    queue = JobQueue(InMemoryDeduplicator(), apologies)
    ref = ConversationRef("T1", "U1", "dm", "D1")

    async def run() -> None:
        done.append("run")
        if len(done) == 1:
            raise RuntimeError("the first time")

    for _ in range(4):
        queue.add(Job("event", "D1", ("event:1", "message:1"), run, ref))
    assert await queue.drain(5) == 0
    assert done == ["run", "run"]
    apologies.assert_awaited_once_with(ref)


@pytest.mark.parametrize(
    ("api", "url", "is_slacks"),
    [
        ("https://slack.com/api/", "https://hooks.slack.com/commands/T1/2/3", True),
        ("https://slack.com/api/", "https://slack.com/x", True),
        ("https://slack-gov.com/api/", "https://hooks.slack-gov.com/actions/1", True),
        ("http://127.0.0.1:8000/api/", "http://127.0.0.1:8000/respond/r1", True),
        ("https://slack.com/api/", "http://hooks.slack.com/commands/1", False),
        ("https://slack.com/api/", "https://hooks.slack.com.evil.example/1", False),
        ("https://slack.com/api/", "https://hooks.slack.com@evil.example/1", False),
        ("https://slack.com/api/", "https://evil.example/?hooks.slack.com", False),
        ("https://slack.com/api/", "https://hooks.slack.com:8443/1", False),
        ("https://slack.com/api/", "https://evil-slack.com/1", False),
        ("https://slack.com/api/", "http://127.0.0.1:8000/respond/r1", False),
        ("https://slack.com/api/", "http://169.254.169.254/latest", False),
        ("https://slack.com/api/", "file:///etc/passwd", False),
        ("https://slack.com/api/", "", False),
        ("http://127.0.0.1:8000/api/", "http://127.0.0.1:9000/respond/r1", False),
    ],
)
def test_answers_go_only_to_slacks_own_hosts(api: str, url: str, is_slacks: bool) -> None:
    settings = Settings(bot_token="xoxb-1", signing_secret="x", api_url=api)
    assert settings.is_response_url(url) == is_slacks
