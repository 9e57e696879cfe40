"""chat.*: posting, updating, deleting and scheduling messages."""

from __future__ import annotations

import time
from typing import Any

from testbed.slack.arguments import Answer, Arguments, channel_to_write_to, check_content, thread_of
from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import BOT, BOT_USER, Channel, Message, Workspace


def post_message(workspace: Workspace, given: Arguments) -> Answer:
    """chat.postMessage."""
    channel = channel_to_write_to(workspace, given)
    message = _posted(workspace, channel, given, metadata=given.get("metadata"))
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message.as_json()}


def post_ephemeral(workspace: Workspace, given: Arguments) -> Answer:
    """chat.postEphemeral."""
    channel = channel_to_write_to(workspace, given)
    check_content(given)
    if given["user"] not in channel.members:
        raise RefusalError("user_not_in_channel")
    message = _posted(workspace, channel, given, seen_by=given["user"], via="chat.postEphemeral")
    return {"ok": True, "message_ts": message.ts}


def _posted(workspace: Workspace, channel: Channel, given: Arguments, **more: Any) -> Message:
    """Check the content of a message and add it to the channel."""
    check_content(given)
    text, blocks = given.get("text", ""), given.get("blocks") or []
    thread = thread_of(workspace, channel, given)
    message = Message(channel.id, workspace.new_ts(), BOT_USER, text, blocks, thread, **more)
    workspace.messages.append(message)
    return message


def update(workspace: Workspace, given: Arguments) -> Answer:
    """chat.update: only the assistant's own, and only what everybody sees."""
    message = own_message(workspace, given, "cant_update_message")
    check_content(given)
    message.text, message.blocks = given.get("text", ""), given.get("blocks") or []
    return {
        "ok": True,
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message.as_json(),
    }


def delete(workspace: Workspace, given: Arguments) -> Answer:
    """chat.delete."""
    message = own_message(workspace, given, "cant_delete_message")
    message.is_deleted = True
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def get_permalink(workspace: Workspace, given: Arguments) -> Answer:
    """chat.getPermalink."""
    message = workspace.message(given["channel"], given["message_ts"])
    address = f"https://clinic.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    return {"ok": True, "channel": message.channel, "permalink": address}


def own_message(workspace: Workspace, given: Arguments, error: str) -> Message:
    """A message of the assistant."""
    message = workspace.message(given["channel"], given["ts"])
    if not message.is_bots:
        raise RefusalError(error)
    return message


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
