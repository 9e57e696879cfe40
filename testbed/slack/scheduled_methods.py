"""chat.*: scheduled messages."""

from __future__ import annotations

import time

from testbed.slack.content import Answer, Arguments, channel_to_write_to, check_content
from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import BOT, BOT_USER, Workspace

FARTHEST = 120 * 24 * 3600
"""Seconds ahead that a message can be scheduled."""
CROWD, CROWD_SECONDS = 30, 300
"""So many scheduled messages in a channel within so many seconds, and no more."""
TOO_LATE = 60
"""Seconds before its time after which a scheduled message can't be deleted."""


def schedule_message(workspace: Workspace, given: Arguments) -> Answer:
    """chat.scheduleMessage."""
    channel = channel_to_write_to(workspace, given)
    check_content(given)
    if "metadata" in given:
        raise RefusalError("invalid_arguments", detail="scheduled messages with metadata are never posted")
    moment = moment_of(given)
    near = [
        s
        for s in workspace.scheduled.values()
        if s["channel_id"] == channel.id and abs(s["post_at"] - moment) < CROWD_SECONDS
    ]
    if len(near) >= CROWD:
        raise RefusalError("restricted_too_many")
    number = workspace.new_id("Q")
    workspace.scheduled[number] = {
        "id": number,
        "channel_id": channel.id,
        "post_at": moment,
        "date_created": int(time.time()),
        "text": given.get("text", ""),
        "blocks": given.get("blocks") or [],
    }
    return {
        "ok": True,
        "channel": channel.id,
        "scheduled_message_id": number,
        "post_at": moment,
        "message": {
            "type": "delayed_message",
            "text": given.get("text", ""),
            "bot_id": BOT,
            "user": BOT_USER,
        },
    }


def list_scheduled(workspace: Workspace, given: Arguments) -> Answer:
    """chat.scheduledMessages.list, in pages."""
    if given.get("channel"):
        workspace.channel(given["channel"])
    found = [
        {name: s[name] for name in ("id", "channel_id", "post_at", "date_created")}
        | {"text": _named(s["text"], workspace)}
        for s in sorted(workspace.scheduled.values(), key=lambda s: s["post_at"])
        if given.get("channel") in (None, s["channel_id"])
        and int(given.get("oldest") or 0) <= s["post_at"] <= int(given.get("latest") or 10**11)
    ]
    start, limit = int(given.get("cursor") or 0), int(given.get("limit") or 100)
    following = str(start + limit) if start + limit < len(found) else ""
    return {
        "ok": True,
        "scheduled_messages": found[start : start + limit],
        "response_metadata": {"next_cursor": following},
    }


def _named(text: str, workspace: Workspace) -> str:
    for sign, name in workspace.emoji_names.items():
        text = text.replace(sign, name)
    return text


def delete_scheduled(workspace: Workspace, given: Arguments) -> Answer:
    """chat.deleteScheduledMessage: not in the last minute."""
    found = workspace.scheduled.get(given["scheduled_message_id"])
    if (
        not found
        or found["channel_id"] != workspace.channel(given["channel"]).id
        or found["post_at"] - time.time() < TOO_LATE
    ):
        raise RefusalError("invalid_scheduled_message_id")
    del workspace.scheduled[given["scheduled_message_id"]]
    return {"ok": True}


def moment_of(given: Arguments) -> int:
    """Time of the post, in seconds since 1970."""
    try:
        moment = int(given["post_at"])
    except ValueError:
        raise RefusalError("invalid_time") from None
    if moment <= time.time():
        raise RefusalError("time_in_past")
    if moment > time.time() + FARTHEST:
        raise RefusalError("time_too_far")
    return moment
