"""Request bodies are parsed to payloads or rejected."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from assistant.channels.slack.payloads import (
    Incoming,
    UnknownTypeError,
    UnreadableError,
    bot_user_of,
    is_for_somebody_else,
    is_reply,
    is_said_by_a_person,
    read_body,
    read_envelope,
    team_of,
)
from assistant.channels.slack.texts import command_in

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
SAID = {"type": "message", "user": "U1", "channel": "C1", "ts": "17.1", "text": "hello"}


def form(**fields: str) -> bytes:
    return urlencode(fields).encode()


@pytest.mark.parametrize(
    ("content_type", "body", "kind"),
    [
        (JSON, b'{"type": "event_callback"}', "event"),
        (f"{JSON}; charset=utf-8", b'{"type": "url_verification", "challenge": "x"}', "challenge"),
        (FORM, form(payload='{"type": "block_actions"}'), "interaction"),
        (FORM, form(command="/microneedling", text=""), "command"),
        (FORM, form(ssl_check="1", token="x"), "check"),
    ],
)
def test_each_kind_of_body_is_told_apart(content_type: str, body: bytes, kind: str) -> None:
    assert read_body(content_type, body).kind == kind


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (JSON, b""),
        (JSON, b"[]"),
        (JSON, b"\xff"),
        (JSON, b"[" * 100_000),
        (FORM, b""),
        (FORM, b"nothing"),
        (FORM, form(payload="[]")),
        (FORM, form(payload="{")),
        (FORM, form(text="x")),
    ],
)
def test_what_slack_would_never_send_is_unreadable(content_type: str, body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_body(content_type, body)


@pytest.mark.parametrize("content_type", ["", "text/plain", "multipart/form-data", "application/jsonx"])
def test_other_content_types_are_not_slacks(content_type: str) -> None:
    with pytest.raises(UnknownTypeError):
        read_body(content_type, b"{}")


def test_an_envelope_holds_the_same_as_a_body() -> None:
    body = {"type": "event_callback"}
    assert (
        read_envelope("events_api", body)
        == read_body(JSON, json.dumps(body).encode())
        == Incoming("event", body)
    )
    assert read_envelope("hello", {}) is None


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
    assert is_said_by_a_person(SAID, "U0BOT")
    assert is_said_by_a_person({**SAID, "subtype": "file_share"}, None)
    assert not is_said_by_a_person({**SAID, **change}, "U0BOT")


def test_replies_and_messages_to_others_are_told_apart() -> None:
    assert is_reply({**SAID, "thread_ts": "16.1"})
    assert not is_reply({**SAID, "thread_ts": "17.1"})
    assert is_for_somebody_else({**SAID, "text": "<@U2> hello"}, "U0BOT")
    assert not is_for_somebody_else({**SAID, "text": "<@U2> <@U0BOT> hello"}, "U0BOT")
    assert not is_for_somebody_else(SAID, "U0BOT")


def test_each_payload_names_the_workspace_and_events_name_the_assistant() -> None:
    assert team_of({"team_id": "T1"}) == team_of({"team": {"id": "T1"}}) == "T1"
    assert team_of({"team": None, "user": {"id": "U1", "team_id": "T1"}}) == "T1"
    assert team_of({"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1"}}) == "E1"
    assert team_of({}) == "T0"
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
    assert team_of(IN_A_SHARED_CHANNEL[kind]) == "T1"


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
    assert team_of(IN_AN_ORGANISATION[kind]) == "E1"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Remind me!", "remind"),
        ("my  reminders", "reminders_list"),
        ("help", "help"),
        ("remind me why", None),
    ],
)
def test_a_command_is_the_whole_message(text: str, command: str | None) -> None:
    assert command_in(text) == command
