"""chat.*: posting, updating and deleting messages."""

from __future__ import annotations

from typing import Any

from testbed.slack.content import Answer, Arguments, channel_to_write_to, check_content, thread_of
from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import BOT_USER, Channel, Message, Workspace


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
