"""What Slack sends, in either way: over HTTP as JSON or as a form, or in an envelope of Socket Mode."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs

Kind = Literal["event", "interaction", "command", "challenge", "check"]

_ENVELOPES: dict[str, Kind] = {
    "events_api": "event",
    "interactive": "interaction",
    "slash_commands": "command",
}


class UnreadableError(ValueError):
    """A body that isn't what its content type promises, or that Slack doesn't send."""


class UnknownTypeError(ValueError):
    """A content type that Slack doesn't use."""


@dataclass(frozen=True)
class Incoming:
    """One thing that Slack sent."""

    kind: Kind
    body: Mapping[str, Any]


def read_body(content_type: str, body: bytes) -> Incoming:
    """From an HTTP request whose signature is right."""
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
    """From Socket Mode; none for a kind that nobody knows."""
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
