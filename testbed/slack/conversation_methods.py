"""conversations.*: channels and their history."""

from __future__ import annotations

from testbed.slack.content import Answer, Arguments
from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import Message, Workspace


def conversations_open(workspace: Workspace, given: Arguments) -> Answer:
    """conversations.open: the DM with one person."""
    if given.get("users"):
        users = given["users"] if isinstance(given["users"], list) else given["users"].split(",")
        if len(users) != 1:
            raise RefusalError("invalid_arguments", detail="the fake opens DMs with one person only")
        channel = workspace.dm_of(users[0])
    else:
        channel = workspace.channel(given["channel"])
    return {"ok": True, "channel": {"id": channel.id}}


def conversations_info(workspace: Workspace, given: Arguments) -> Answer:
    """conversations.info."""
    channel = workspace.channel(given["channel"])
    return {
        "ok": True,
        "channel": {
            "id": channel.id,
            "name": channel.name,
            f"is_{channel.kind}": True,
            "is_member": channel.has_bot,
        },
    }


def conversations_members(workspace: Workspace, given: Arguments) -> Answer:
    """conversations.members."""
    members = sorted(workspace.channel(given["channel"]).members)
    return {"ok": True, "members": members, "response_metadata": {"next_cursor": ""}}


def conversations_history(workspace: Workspace, given: Arguments) -> Answer:
    """conversations.history: newest first, replies left out."""
    channel = workspace.channel(given["channel"])
    found = [
        m
        for m in workspace.messages
        if m.channel == channel.id and not m.is_deleted and not m.seen_by and m.thread_ts in (None, m.ts)
    ]
    return _page(list(reversed(found)), given)


def conversations_replies(workspace: Workspace, given: Arguments) -> Answer:
    """conversations.replies: the first message, then its replies, oldest first."""
    channel = workspace.channel(given["channel"])
    try:
        return _page(workspace.thread(channel.id, given["ts"]), given)
    except RefusalError:
        raise RefusalError("thread_not_found") from None


def users_conversations(workspace: Workspace, given: Arguments) -> Answer:
    """users.conversations: those that the assistant is in."""
    found = [{"id": channel.id} for channel in workspace.channels.values() if channel.has_bot]
    return {"ok": True, "channels": found, "response_metadata": {"next_cursor": ""}}


def reactions_add(workspace: Workspace, given: Arguments) -> Answer:
    """reactions.add."""
    workspace.message(given["channel"], given["timestamp"])
    return {"ok": True}


def _page(messages: list[Message], given: Arguments) -> Answer:
    oldest, latest = given.get("oldest") or "0", given.get("latest") or "99999999999"
    if given.get("inclusive") in (True, "1", "true", 1):
        inside = [m for m in messages if float(oldest) <= float(m.ts) <= float(latest)]
    else:
        inside = [m for m in messages if float(oldest) < float(m.ts) < float(latest)]
    start, limit = int(given.get("cursor") or 0), int(given.get("limit") or 100)
    with_metadata = given.get("include_all_metadata") in (True, "1", "true", 1)
    shown = [
        m.as_json() | ({"metadata": m.metadata} if m.metadata and with_metadata else {})
        for m in inside[start : start + limit]
    ]
    has_more = start + limit < len(inside)
    following = {"response_metadata": {"next_cursor": str(start + limit)}} if has_more else {}
    return {"ok": True, "messages": shown, "has_more": has_more, **following}
