"""Payloads of interactions, slash commands and shortcuts, as documented on docs.slack.dev."""

from __future__ import annotations

import time
from typing import Any

from testbed.slack.events import TOKEN, Payload
from testbed.slack.workspace import APP, TEAM, Channel, Message, User


def command(user: User, channel: Channel, words: str, trigger: str, response_url: str) -> Payload:
    """A slash command: flat, and sent as a form."""
    name, _, text = words.partition(" ")
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "team_domain": "clinic",
        "channel_id": channel.id,
        "channel_name": channel.name or "directmessage",
        "user_id": user.id,
        "user_name": user.name.lower(),
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def interaction(kind: str, user: User, trigger: str) -> Payload:
    """Return the part that all interactive payloads have."""
    return {
        "type": kind,
        "token": TOKEN,
        "api_app_id": APP,
        "team": {"id": TEAM, "domain": "clinic"},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {
            "id": user.id,
            "username": user.name.lower(),
            "name": user.name.lower(),
            "team_id": user.team,
        },
        "trigger_id": trigger,
    }


def message_actions(
    user: User, channel: Channel, message: Message, actions: list[Payload], *, trigger: str, response_url: str
) -> Payload:
    """block_actions in a message; one that is for the person alone comes without its content."""
    is_private = message.seen_by is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": is_private,
    }
    if message.thread_ts:
        container |= {"thread_ts": message.thread_ts}
    payload = {
        **interaction("block_actions", user, trigger),
        "container": container,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": actions,
    }
    return payload if is_private else {**payload, "message": message.as_json()}


def view_actions(user: User, view: Payload, actions: list[Payload], trigger: str) -> Payload:
    """block_actions in the Home tab or in a modal."""
    return {
        **interaction("block_actions", user, trigger),
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
        "actions": actions,
    }


def submission(user: User, view: Payload, values: Payload, trigger: str) -> Payload:
    """view_submission: what was filled in, by block and action."""
    return {
        **interaction("view_submission", user, trigger),
        "view": {**view, "state": {"values": values}},
        "response_urls": [],
    }


def message_shortcut(
    user: User, channel: Channel, message: Message, callback: str, *, trigger: str, response_url: str
) -> Payload:
    """message_action: a shortcut in the menu of a message."""
    return {
        **interaction("message_action", user, trigger),
        "callback_id": callback,
        "action_ts": f"{time.time():.6f}",
        "message_ts": message.ts,
        "response_url": response_url,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "message": message.as_json(),
    }


def action(block: Payload, element: Payload, **chosen: Any) -> Payload:
    """One entry of `actions`, with what was chosen."""
    return {
        "type": element["type"],
        "action_id": element.get("action_id", "made-by-slack"),
        "block_id": block.get("block_id", "made-by-slack"),
        "action_ts": f"{time.time():.6f}",
        **chosen,
    }
