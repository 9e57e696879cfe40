"""conversations.*, users.*, auth.test and bots.info: channels, direct messages and identities."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from testbed.slack.arguments import Answer, Arguments
from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import APP, BOT, BOT_USER, TEAM, Message, Workspace


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


def auth_test(workspace: Workspace, given: Arguments) -> Answer:
    """auth.test."""
    return {
        "ok": True,
        "url": "https://clinic.slack.com/",
        "team": "Clinic",
        "user": "microneedling",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def bots_info(workspace: Workspace, given: Arguments) -> Answer:
    """bots.info."""
    return {"ok": True, "bot": {"id": BOT, "app_id": APP, "user_id": BOT_USER, "name": "microneedling"}}


def users_info(workspace: Workspace, given: Arguments) -> Answer:
    """users.info: some profiles have no time zone."""
    user = workspace.user(given["user"])
    profile: Answer = {
        "id": user.id,
        "team_id": TEAM,
        "name": user.name,
        "real_name": user.name,
        "deleted": False,
        "is_bot": user.is_bot,
    }
    if user.timezone:
        offset = datetime.now(ZoneInfo(user.timezone)).utcoffset()
        profile |= {
            "tz": user.timezone,
            "tz_label": user.timezone,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
        }
    return {"ok": True, "user": profile}
