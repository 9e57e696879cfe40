"""Slack's payloads, over HTTP as JSON or form, or in Socket Mode envelopes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs

from assistant.channels.slack.blocks.text import mentioned

Kind = Literal["event", "interaction", "command", "challenge", "check"]

_ENVELOPES: dict[str, Kind] = {
    "events_api": "event",
    "interactive": "interaction",
    "slash_commands": "command",
}


class UnreadableError(ValueError):
    """The body does not match its content type, or is nothing that Slack sends."""


class UnknownTypeError(ValueError):
    """Slack does not use this content type."""


@dataclass(frozen=True)
class Incoming:
    """One payload and its kind."""

    kind: Kind
    body: Mapping[str, Any]


def read_body(content_type: str, body: bytes) -> Incoming:
    """Parse the body of a verified HTTP request."""
    media = content_type.partition(";")[0].strip().lower()
    try:
        if media == "application/json":
            return _from_json(_object(body.decode("utf-8")))
        if media == "application/x-www-form-urlencoded":
            return _from_form(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise UnreadableError from None
    raise UnknownTypeError


def read_envelope(kind: str, payload: Mapping[str, Any]) -> Incoming | None:
    """Parse a Socket Mode envelope; None for an unknown kind."""
    known = _ENVELOPES.get(kind)
    return None if known is None else Incoming(known, payload)


def _from_json(body: dict[str, Any]) -> Incoming:
    if body.get("type") == "url_verification":
        return Incoming("challenge", body)
    return Incoming("event", body)


def _from_form(text: str) -> Incoming:
    fields = {
        key: values[-1] for key, values in parse_qs(text, keep_blank_values=True, strict_parsing=True).items()
    }
    if "ssl_check" in fields:
        return Incoming("check", fields)
    if "payload" in fields:
        return Incoming("interaction", _object(fields["payload"]))
    if "command" in fields:
        return Incoming("command", fields)
    raise UnreadableError


def _object(text: str) -> dict[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise UnreadableError
    return found


Payload = Mapping[str, Any]

_SAID_BY_PEOPLE = frozenset({None, "file_share", "thread_broadcast"})
"""Message subtypes written by people; the others are edits, deletions, joins, bots and the like."""


def is_said_by_a_person(event: Payload, bot_user: str | None) -> bool:
    """Return whether a person other than the assistant has just posted this; excludes bots, edits and notices."""
    return (
        event.get("subtype") in _SAID_BY_PEOPLE
        and bool(event.get("user"))
        and bool(event.get("ts"))
        and bool(event.get("channel"))
        and event["user"] not in (bot_user, "USLACKBOT")
        and not event.get("bot_id")
        and not event.get("bot_profile")
        and not event.get("hidden")
    )


def is_direct(event: Payload) -> bool:
    """Return whether this is a direct message to the assistant."""
    return event.get("channel_type") == "im"


def is_reply(event: Payload) -> bool:
    """Return whether this is a reply in a thread, not the message that started it."""
    return event.get("thread_ts") not in (None, event.get("ts"))


def mentions_bot(event: Payload, bot_user: str | None) -> bool:
    """Return whether the assistant is mentioned."""
    return bot_user is not None and bot_user in mentioned(event.get("text") or "")


def is_for_somebody_else(event: Payload, bot_user: str | None) -> bool:
    """Return whether other people are mentioned, but not the assistant."""
    return bool(mentioned(event.get("text") or "")) and not mentions_bot(event, bot_user)


def bot_user_of(body: Payload) -> str | None:
    """Return the assistant's user id, as stated in each event."""
    for authorisation in body.get("authorizations") or []:
        if authorisation.get("is_bot") and authorisation.get("user_id"):
            return str(authorisation["user_id"])
    return None


def is_ephemeral(interaction: Payload) -> bool:
    """Return whether the used element is in an ephemeral message."""
    return bool((interaction.get("container") or {}).get("is_ephemeral"))


def team_of(body: Payload) -> str:
    """Return the id of the workspace the app is installed in, or of the organisation if installed organisation-wide.

    It is the same in every payload, wherever people come from: in a channel that is shared with another workspace
    (Slack Connect), `team_id` of an event, `context_team_id` and a user's `team_id` may be the other one's.
    """
    installed = (body.get("authorizations") or [{}])[0]
    organisations = (
        installed.get("enterprise_id"),
        _in(body, "enterprise", "id"),
        body.get("enterprise_id"),
        _in(body, "team", "enterprise_id"),
    )
    workspaces = (
        _in(body, "view", "app_installed_team_id"),
        installed.get("team_id"),
        _in(body, "team", "id"),
        body.get("team_id"),
        _in(body, "user", "team_id"),
    )
    is_everywhere = any(given.get("is_enterprise_install") in (True, "true") for given in (installed, body))
    ids = (*organisations, *workspaces) if is_everywhere else (*workspaces, *organisations)
    return next((str(found) for found in ids if found), "T0")


def _in(body: Payload, key: str, inner: str) -> Any:
    """Return a nested value, or None if there is no such object."""
    found = body.get(key)
    return found.get(inner) if isinstance(found, Mapping) else None
