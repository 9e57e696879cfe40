"""Validation of a post's content and its channel."""

from __future__ import annotations

from typing import Any

from testbed.slack.block_rules import check_blocks
from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import Channel, Workspace

Arguments = dict[str, Any]
Answer = dict[str, Any]

LONGEST_TEXT = 40_000


def check_content(given: Arguments) -> None:
    """Text and blocks of a message."""
    if len(given.get("text") or "") > LONGEST_TEXT:
        raise RefusalError("msg_too_long")
    if given.get("blocks"):
        check_blocks(given["blocks"])
    metadata = given.get("metadata")
    if metadata is not None and (
        set(metadata) != {"event_type", "event_payload"} or not isinstance(metadata["event_payload"], dict)
    ):
        raise RefusalError("invalid_metadata_format")


def channel_to_write_to(workspace: Workspace, given: Arguments) -> Channel:
    """Raises where the assistant isn't in it."""
    channel = workspace.channel(given["channel"])
    if not channel.has_bot:
        raise RefusalError("not_in_channel")
    return channel


def thread_of(workspace: Workspace, channel: Channel, given: Arguments) -> str | None:
    """The thread to write into: named by its first message."""
    ts = given.get("thread_ts")
    if ts is None:
        return None
    first = workspace.message(channel.id, ts)
    if first.thread_ts not in (None, first.ts):
        raise RefusalError("cannot_reply_to_message", detail="thread_ts names a reply, not the first message")
    return first.ts
