"""Questions about what Slack sends. Each looks at the payload alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from channels.slack.mrkdwn import mentioned

Payload = Mapping[str, Any]

_SAID_BY_PEOPLE = frozenset({None, "file_share", "thread_broadcast"})
"""Subtypes; all others tell of edits, deletions, joins, bots and the like."""


def is_said_by_a_person(event: Payload, bot_user: str | None) -> bool:
    """Whether somebody has just said this: no bot, no edit, no deletion, no notice, and not the assistant."""
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
    """A direct message to the assistant."""
    return event.get("channel_type") == "im"


def is_reply(event: Payload) -> bool:
    """In a thread, and not what the thread began with."""
    return event.get("thread_ts") not in (None, event.get("ts"))


def mentions_bot(event: Payload, bot_user: str | None) -> bool:
    """Whether the assistant itself is mentioned."""
    return bot_user is not None and bot_user in mentioned(event.get("text") or "")


def is_for_somebody_else(event: Payload, bot_user: str | None) -> bool:
    """Whether people are mentioned, and the assistant is not among them."""
    return bool(mentioned(event.get("text") or "")) and not mentions_bot(event, bot_user)


def bot_user_of(body: Payload) -> str | None:
    """The assistant's own user id, as each event names it."""
    for authorisation in body.get("authorizations") or []:
        if authorisation.get("is_bot") and authorisation.get("user_id"):
            return str(authorisation["user_id"])
    return None


def is_ephemeral(interaction: Payload) -> bool:
    """Whether the buttons that were used are on something that only this person sees."""
    return bool((interaction.get("container") or {}).get("is_ephemeral"))


def team_of(body: Payload) -> str:
    """The workspace, or the organisation where an app belongs to all of it."""
    for found in (
        body.get("team_id"),
        (body.get("team") or {}).get("id"),
        (body.get("user") or {}).get("team_id") if isinstance(body.get("user"), dict) else None,
        body.get("enterprise_id"),
        (body.get("enterprise") or {}).get("id"),
    ):
        if found:
            return str(found)
    return "T0"
