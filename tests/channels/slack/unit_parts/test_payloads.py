"""Request bodies are parsed to payloads or rejected."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from assistant.channels.slack.http import FORM, JSON, parsed
from assistant.channels.slack.listeners.messages import (
    bot_user_of,
    is_for_somebody_else,
    is_from_person,
    is_reply,
)
from assistant.channels.slack.middleware import kind_of, team_of

SAID = {"type": "message", "user": "U1", "channel": "C1", "ts": "17.1", "text": "hello"}


def form(**fields: str) -> bytes:
    return urlencode(fields).encode()


def payload(media: str, body: bytes) -> AsyncBoltRequest | None:
    """As the webhook reads a signed request."""
    request: Any = SimpleNamespace(body=body, query_string="", headers={"content-type": media})
    return parsed(request, media)


@pytest.mark.parametrize(
    ("media", "body", "kind"),
    [
        (JSON, b'{"type": "event_callback", "event": {"type": "message"}}', "event_callback message"),
        (JSON, b'{"type": "url_verification", "challenge": "x"}', "url_verification"),
        (FORM, form(payload='{"type": "block_actions"}'), "block_actions"),
        (FORM, form(command="/microneedling", text="secret"), "command"),
        (FORM, form(ssl_check="1", token="x"), ""),
    ],
)
def test_each_kind_of_body_is_read_and_named_without_its_words(media: str, body: bytes, kind: str) -> None:
    found = payload(media, body)
    assert found is not None
    assert kind_of(found.body) == kind


@pytest.mark.parametrize(
    ("media", "body"),
    [
        (JSON, b""),
        (JSON, b"[]"),
        (JSON, b"\xff"),
        (JSON, b"[" * 100_000),
        (JSON, b'{"type": "x", "team": 5}'),
        (JSON, b'{"type": "x", "authorizations": [5]}'),
        (FORM, b""),
        (FORM, b"nothing"),
        (FORM, b'{"type": "event_callback"}'),
        (FORM, form(payload="[]")),
        (FORM, form(payload="{")),
        (FORM, form(text="x")),
    ],
)
def test_what_slack_would_never_send_is_unreadable(media: str, body: bytes) -> None:
    assert payload(media, body) is None


@pytest.mark.parametrize(
    "change",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"bot_id": "B1"},
        {"hidden": True},
        {"user": "U0BOT"},
        {"user": None},
        {"ts": None},
    ],
)
def test_only_what_a_person_has_just_said_counts(change: dict[str, Any]) -> None:
    assert is_from_person(SAID, "U0BOT")
    assert is_from_person({**SAID, "subtype": "file_share"}, None)
    assert not is_from_person({**SAID, **change}, "U0BOT")


def test_replies_and_messages_to_others_are_told_apart() -> None:
    assert is_reply({**SAID, "thread_ts": "16.1"})
    assert not is_reply({**SAID, "thread_ts": "17.1"})
    assert is_for_somebody_else({**SAID, "text": "<@U2> hello"}, "U0BOT")
    assert not is_for_somebody_else({**SAID, "text": "<@U2> <@U0BOT> hello"}, "U0BOT")
    assert not is_for_somebody_else(SAID, "U0BOT")


def read(payload: dict[str, Any]) -> AsyncBoltRequest:
    return AsyncBoltRequest(body=payload, mode="socket_mode")


def team(payload: dict[str, Any]) -> str:
    return team_of(read(payload).context)


def test_each_payload_names_the_workspace_and_events_name_the_assistant() -> None:
    assert team({"team_id": "T1"}) == team({"team": {"id": "T1"}}) == "T1"
    assert team({"team": None, "user": {"id": "U1", "team_id": "T1"}}) == "T1"
    assert team({"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1"}}) == "E1"
    assert team({}) == "T0"
    assert bot_user_of({"authorizations": [{"user_id": "U0BOT", "is_bot": True}]}) == "U0BOT"
    assert bot_user_of({}) is None


OF_T1 = [{"enterprise_id": None, "team_id": "T1", "user_id": "U0BOT", "is_bot": True}]
IN_A_SHARED_CHANNEL: dict[str, dict[str, Any]] = {
    "event": {"team_id": "T2", "context_team_id": "T2", "authorizations": OF_T1, "event": {"team": "T2"}},
    "event from an organisation": {"team_id": "T2", "enterprise_id": "E2", "authorizations": OF_T1},
    "press": {"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T2"}},
    "press from an organisation": {
        "team": {"id": "T1"},
        "enterprise": {"id": "E2"},
        "is_enterprise_install": False,
        "user": {"id": "U1", "team_id": "T2"},
    },
    "command": {"team_id": "T1", "user_id": "U1", "is_enterprise_install": "false"},
    "modal": {"team": {"id": "T2"}, "view": {"app_installed_team_id": "T1"}, "user": {"id": "U1"}},
}


@pytest.mark.parametrize("kind", IN_A_SHARED_CHANNEL)
def test_in_a_shared_channel_the_workspace_is_that_of_the_installation(kind: str) -> None:
    assert team(IN_A_SHARED_CHANNEL[kind]) == "T1"


EVERYWHERE = {"enterprise_id": "E1", "team_id": "T1", "is_enterprise_install": True}
IN_AN_ORGANISATION: dict[str, dict[str, Any]] = {
    "event": {"team_id": "T7", "enterprise_id": "E1", "authorizations": [EVERYWHERE]},
    "event without a workspace": {"authorizations": [{**EVERYWHERE, "team_id": None}]},
    "event in a shared channel": {"team_id": "T2", "enterprise_id": "E2", "authorizations": [EVERYWHERE]},
    "press": {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True, "user": {"id": "U1"}},
    "command": {"team_id": "T7", "enterprise_id": "E1", "is_enterprise_install": "true"},
    "modal": {"team": {"id": "T7", "enterprise_id": "E1"}, "is_enterprise_install": True, "view": {}},
}


@pytest.mark.parametrize("kind", IN_AN_ORGANISATION)
def test_where_the_app_is_installed_in_an_organisation_it_is_the_organisation(kind: str) -> None:
    assert team(IN_AN_ORGANISATION[kind]) == "E1"
