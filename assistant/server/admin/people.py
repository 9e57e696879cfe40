"""Find, delete and export a person's conversations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from assistant.server.http.sessions import LIFETIME
from assistant.server.observability.turn_log import short_hash
from assistant.server.storage.export import export_of
from assistant.server.storage.slack_ids import BEGINNING, ending_of
from assistant.server.storage.tracker_store import ConversationStore

_MEMBER = re.compile(r"[UW][A-Z0-9]{2,}")
"""A member id of Slack."""


def conversations_of(store: ConversationStore, given: str) -> list[str]:
    """Return the ids of the conversations matching `given`.

    `given` is a conversation id, its hash as written to the log, or a Slack user id.
    """
    return [
        conversation
        for conversation in store.kept()
        if given in (conversation, short_hash(conversation))
        or (conversation.startswith(BEGINNING) and conversation.endswith(ending_of(given)))
    ]


def erase(store: ConversationStore, given: str) -> int:
    """Delete the conversations matching `given`, see `conversations_of`, and return their number.

    Website tokens are revoked; in Slack the person may start a new conversation. Turns under way are not stored, of a
    member of Slack also those that begin a conversation.
    """
    now, found = datetime.now(timezone.utc), conversations_of(store, given)
    for conversation in found:
        store.erase(conversation, now + LIFETIME if conversation.startswith("website-") else None)
    if _MEMBER.fullmatch(given):
        store.erase_member(given)
    return len(found)


def export(store: ConversationStore, conversations: Sequence[str]) -> dict[str, Any]:
    """Return all stored data of the conversations, by conversation id."""
    return {conversation: export_of(store, conversation) for conversation in conversations}
