"""Handling of a POST to a response_url."""

from __future__ import annotations

from typing import Any

from testbed.slack.arguments import check_content
from testbed.slack.refusal import RefusalError
from testbed.slack.tickets import ResponseAddress, Tickets
from testbed.slack.workspace import BOT_USER, Message, Workspace

_KNOWN = {
    "text",
    "blocks",
    "attachments",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "mrkdwn",
    "unfurl_links",
    "unfurl_media",
    "metadata",
}
_CHANGES = ("replace_original", "delete_original")


def respond(workspace: Workspace, tickets: Tickets, key: str, given: dict[str, Any]) -> None:
    """Posts, replaces or deletes; raises where Slack refuses."""
    address = tickets.use_response(key)
    _check(given)
    if given.get("delete_original"):
        _original(address).is_deleted = True
    elif given.get("replace_original"):
        original = _original(address)
        original.text, original.blocks = given.get("text", ""), given.get("blocks") or []
    else:
        workspace.messages.append(_message(workspace, address, given))


def _check(given: dict[str, Any]) -> None:
    unknown = sorted(set(given) - _KNOWN)
    if unknown or given.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
        raise RefusalError("invalid_payload", unknown=unknown)
    if not given.get("delete_original"):
        if not given.get("text") and not given.get("blocks"):
            raise RefusalError("no_text")
        check_content(given)


def _original(address: ResponseAddress) -> Message:
    if address.original is None:
        raise RefusalError("invalid_payload", detail="there is no message to replace")
    return address.original


def _message(workspace: Workspace, address: ResponseAddress, given: dict[str, Any]) -> Message:
    for_all = given.get("response_type") == "in_channel"
    return Message(
        address.channel,
        workspace.new_ts(),
        BOT_USER,
        given.get("text", ""),
        given.get("blocks") or [],
        given.get("thread_ts"),
        seen_by=None if for_all else address.user,
        via="response_url",
    )
