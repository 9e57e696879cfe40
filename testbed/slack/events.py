"""Events API payloads, as documented on docs.slack.dev."""

from __future__ import annotations

import itertools
import time
from typing import Any

from testbed.slack.workspace import APP, BOT_USER, TEAM, Channel, Message, User

Payload = dict[str, Any]

TOKEN = "verification-token-of-old"
EVENTS_OF_KIND = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
_numbers = itertools.count(1)


def event_callback(event: Payload, event_id: str | None = None, team: str = TEAM) -> Payload:
    """The outer part of every event; `team` is the workspace that shares the channel."""
    return {
        "token": TOKEN,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id or f"Ev0F{next(_numbers):08d}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": team != TEAM,
        "event_context": f"4-{next(_numbers)}",
    }


def message_event(message: Message, channel: Channel, parent: str | None = None) -> Payload:
    """message.im, message.channels and so on; `parent` wrote the first message of the thread."""
    event = {**message.as_json(), "channel": channel.id, "event_ts": message.ts, "channel_type": channel.kind}
    if message.files:
        event |= {"subtype": "file_share", "upload": False}
    if not message.is_bots:
        event |= {
            "client_msg_id": f"00000000-0000-4000-8000-{next(_numbers):012d}",
            "blocks": _rich(message.text),
        }
    if parent and message.thread_ts != message.ts:
        event |= {"parent_user_id": parent}
    return event


def changed_event(message: Message, channel: Channel, before: str) -> Payload:
    """An edited message: the new one within."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.kind,
        "ts": f"{time.time():.6f}",
        "event_ts": f"{time.time():.6f}",
        "message": {**message.as_json(), "edited": {"user": message.user, "ts": f"{time.time():.6f}"}},
        "previous_message": {**message.as_json(), "text": before},
    }


def mention_event(message: Message, channel: Channel) -> Payload:
    """app_mention, which comes beside message.channels where both are subscribed to."""
    event = message_event(message, channel)
    del event["channel_type"]
    return {**event, "type": "app_mention"}


def home_opened_event(user: User, channel: Channel, view: Payload | None, tab: str = "home") -> Payload:
    """app_home_opened; the view is what the person sees at that moment."""
    event: Payload = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel.id,
        "tab": tab,
        "event_ts": f"{time.time():.6f}",
    }
    return {**event, "view": view} if view and tab == "home" else event


def _rich(text: str) -> list[Payload]:
    words = [{"type": "text", "text": text}]
    return [
        {
            "type": "rich_text",
            "block_id": "b1",
            "elements": [{"type": "rich_text_section", "elements": words}],
        }
    ]
