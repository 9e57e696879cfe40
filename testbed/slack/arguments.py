"""Arguments of a call, from form, JSON or query, and checks of a post's content and channel."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from testbed.slack.block_rules import check_blocks
from testbed.slack.methods import Method
from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import Channel, Workspace

_NESTED = ("blocks", "view", "files", "metadata", "attachments")  # JSON within a form


async def arguments_of(request: web.Request, method: Method | None) -> dict[str, Any]:
    """From the query, a form, or JSON where the method reads it; without the token."""
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = json.loads(await request.read() or b"{}")
        found |= body if method is None or method.json else {}
    elif request.method == "POST":
        found |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    for name in _NESTED:
        if isinstance(found.get(name), str):
            found[name] = json.loads(found[name])
    found.pop("token", None)
    return found


async def uploaded(request: web.Request) -> bytes:
    """The bytes of a file, sent as they are or in a form."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


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
