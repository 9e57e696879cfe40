"""Requests that are unsigned, stale or malformed are rejected with the right status, and nothing is posted."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testbed.slack import SIGNING_SECRET, FakeSlack, Message, Person
from testbed.slack.deliveries import signed, written
from testbed.slack.events import event_callback, message_event
from tests.servers import RunningAssistant, is_problem

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MANY = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
MEBIBYTE = 2**20


@dataclass(frozen=True)
class Door:
    """The endpoint, knocked at by anybody."""

    http: httpx.Client
    slack: FakeSlack
    anna: Person

    def post(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        return self.http.post("/webhooks/slack/webhook", content=body, headers=headers)

    def post_signed(self, body: bytes, headers: dict[str, str], at: float | None = None) -> httpx.Response:
        return self.post(body, {**signed(SIGNING_SECRET, body, at), **headers})

    def question(self) -> bytes:
        """A new one of Anna's, as Slack sends it."""
        message = Message(self.anna.dm.id, self.slack.workspace.new_ts(), self.anna.user.id, "does it hurt")
        return written("event", event_callback(message_event(message, self.anna.dm)))[0]


@pytest.fixture
def door(slack: FakeSlack, assistant_in_slack: RunningAssistant, anna: Person) -> Iterator[Door]:
    """Afterwards nothing may have been said to Anna."""
    with httpx.Client(base_url=assistant_in_slack.base_url, timeout=30) as http:
        yield Door(http, slack, anna)
    slack.settle()
    assert not [message for message in slack.workspace.messages if message.channel == anna.dm.id]


NOT_FROM_SLACK: dict[str, Callable[[bytes], dict[str, str]]] = {
    "nothing": lambda _: {},
    "no signature": lambda _: {"X-Slack-Request-Timestamp": str(int(time.time()))},
    "no timestamp": lambda body: {"X-Slack-Signature": signed(SIGNING_SECRET, body)["X-Slack-Signature"]},
    "another secret": lambda body: signed("f" * 32, body),
    "another body": lambda body: signed(SIGNING_SECRET, body + b" "),
    "an empty signature": lambda body: {**signed(SIGNING_SECRET, body), "X-Slack-Signature": ""},
    "only the version": lambda body: {**signed(SIGNING_SECRET, body), "X-Slack-Signature": "v0="},
    "another timestamp": lambda body: {
        **signed(SIGNING_SECRET, body),
        "X-Slack-Request-Timestamp": str(int(time.time()) - 1),
    },
    "a timestamp in words": lambda body: {**signed(SIGNING_SECRET, body), "X-Slack-Request-Timestamp": "now"},
    "a huge timestamp": lambda body: signed(SIGNING_SECRET, body, 10.0**20),
    "the time of five minutes ago": lambda body: signed(SIGNING_SECRET, body, time.time() - 302),
    "the time in ten minutes": lambda body: signed(SIGNING_SECRET, body, time.time() + 600),
    "no time at all": lambda body: signed(SIGNING_SECRET, body, 0),
}


@pytest.mark.parametrize("name", NOT_FROM_SLACK)
def test_what_is_not_signed_by_slack_just_now_is_refused(door: Door, name: str) -> None:
    body = door.question()
    assert is_problem(door.post(body, {**NOT_FROM_SLACK[name](body), **JSON}), 401)


UNREADABLE: dict[str, tuple[bytes, dict[str, str], int]] = {
    "no content type": (b"{}", {"Content-Type": ""}, 415),
    "plain text": (b"{}", {"Content-Type": "text/plain"}, 415),
    "XML": (b"<a/>", {"Content-Type": "application/xml"}, 415),
    "a file": (b"{}", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
    "a little too long": (b" " * (MEBIBYTE + 1), JSON, 413),
    "much too long": (b" " * (8 * MEBIBYTE), JSON, 413),
    "no body": (b"", JSON, 400),
    "broken JSON": (b'{"type": "event_callback"', JSON, 400),
    "a list": (b"[]", JSON, 400),
    "a number": (b"1", JSON, 400),
    "JSON as a form": (b'{"type": "event_callback"}', FORM, 400),
    "a form with nothing that is known": (b"a=b", FORM, 400),
    "a form with a broken payload": (b"payload=%7B", FORM, 400),
    "a form with a payload that is a list": (b"payload=%5B%5D", FORM, 400),
    "broken UTF-8": (b'{"type": "\xff"}', JSON, 401),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_signed_and_can_not_be_read_is_refused(door: Door, name: str) -> None:
    body, headers, status = UNREADABLE[name]
    assert is_problem(door.post_signed(body, headers), status)


def test_a_long_request_of_slacks_is_taken(door: Door) -> None:
    """A press brings the whole message along."""
    body = json.dumps(
        {"type": "event_callback", "event": {"type": "unknown", "filling": "x" * 900_000}}
    ).encode()
    assert door.post_signed(body, JSON).status_code == 200


@pytest.mark.parametrize("channel", [[], {}, ["D1"], {"id": "D1"}, None])
def test_a_channel_that_is_no_name_is_acknowledged_and_left_alone(door: Door, channel: object) -> None:
    payload = json.loads(door.question())
    payload["event"]["channel"] = channel
    assert door.post_signed(json.dumps(payload).encode(), JSON).status_code == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_posts_are_taken(door: Door, method: str) -> None:
    assert door.http.request(method, "/webhooks/slack/webhook").status_code == 405


def test_a_size_that_is_only_claimed_is_refused_too(door: Door) -> None:
    headers = {**signed(SIGNING_SECRET, b"{}"), **JSON}
    answer = door.http.post("/webhooks/slack/webhook", content=iter([b" " * MEBIBYTE] * 3), headers=headers)
    assert is_problem(answer, 413)


def test_slack_proves_the_address_by_a_challenge(door: Door) -> None:
    asked = {
        "token": "verification-token-of-old",
        "challenge": "3eZbrw1aBm2rZgRNFdxV2595",
        "type": "url_verification",
    }
    answer = door.post_signed(json.dumps(asked).encode(), JSON)
    assert (answer.status_code, answer.json()) == (200, {"challenge": asked["challenge"]})
    assert is_problem(door.post(json.dumps(asked).encode(), JSON), 401)


@pytest.fixture
def original(door: Door) -> tuple[bytes, dict[str, str]]:
    """A good request, the same for all that is made of it."""
    body = door.question()
    return body, {**signed(SIGNING_SECRET, body), **JSON}


@given(data=st.data())
@MANY
def test_nothing_that_was_changed_on_its_way_is_accepted(
    door: Door, original: tuple[bytes, dict[str, str]], data: st.DataObject
) -> None:
    """Any byte of the body, any sign of the signature, any other time."""
    body, headers = original[0], dict(original[1])
    what = data.draw(st.sampled_from(["body", "signature", "timestamp", "shortened", "longer", "header"]))
    if what == "body":
        place = data.draw(st.integers(0, len(body) - 1))
        byte = data.draw(st.integers(0, 255).filter(lambda value: value != body[place]))
        body = body[:place] + bytes([byte]) + body[place + 1 :]
    elif what == "shortened":
        body = body[: data.draw(st.integers(0, len(body) - 1))]
    elif what == "longer":
        body += data.draw(st.binary(min_size=1, max_size=50))
    elif what == "signature":
        headers["X-Slack-Signature"] = data.draw(_another(headers["X-Slack-Signature"]))
    elif what == "timestamp":
        headers["X-Slack-Request-Timestamp"] = data.draw(_another(headers["X-Slack-Request-Timestamp"]))
    else:
        del headers[data.draw(st.sampled_from(["X-Slack-Signature", "X-Slack-Request-Timestamp"]))]
    assert is_problem(door.post(body, headers), 401)


def test_the_same_request_within_five_minutes_is_answered_once(
    slack: FakeSlack, assistant_in_slack: RunningAssistant, anna: Person
) -> None:
    with httpx.Client(base_url=assistant_in_slack.base_url, timeout=30) as http:
        door = Door(http, slack, anna)
        body = door.question()
        headers = {**signed(SIGNING_SECRET, body, time.time() - 200), **JSON}
        assert [door.post(body, headers).status_code for _ in range(3)] == [200] * 3
    slack.wait_until(lambda: any(m.channel == anna.dm.id for m in slack.workspace.messages), "the answer")
    slack.settle_slowly()
    assert len([m for m in slack.workspace.messages if m.channel == anna.dm.id]) == 1


def test_refused_requests_leave_no_words_in_the_log(door: Door, assistant_in_slack: RunningAssistant) -> None:
    body = json.dumps({"type": "event_callback", "event": {"text": "gooseberries"}}).encode()
    door.post(body, {**signed("f" * 32, body), **JSON})
    door.post_signed(b'{"text": "gooseberries"', JSON)
    output = assistant_in_slack.output()
    assert "gooseberries" not in output
    assert SIGNING_SECRET not in output


def _another(text: str) -> st.SearchStrategy[str]:
    """One that differs by a sign."""
    return st.integers(0, len(text) - 1).flatmap(
        lambda place: (
            st.sampled_from("0123456789abcdefABCDEFvx=")
            .filter(lambda sign: sign != text[place])
            .map(lambda sign: text[:place] + sign + text[place + 1 :])
        )
    )
