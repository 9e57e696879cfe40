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
    """The workspace that the app is installed in, or the organisation where it is installed in all of one.

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
    """A value of an object in a payload; none where there is no such object."""
    found = body.get(key)
    return found.get(inner) if isinstance(found, Mapping) else None
