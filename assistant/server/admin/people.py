"""Finding a person's conversations, erasing them, handing them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from assistant.server.http.sessions import LIFETIME
from assistant.server.observability.turn_log import short_hash
from assistant.server.storage.export import export_of
from assistant.server.storage.slack_ids import BEGINNING, ending_of
from assistant.server.storage.tracker_store import ConversationStore


def conversations_of(store: ConversationStore, given: str) -> list[str]:
    """`given` is a conversation's id, its hash as in the log, or a person's id in Slack."""
    return [
        conversation
        for conversation in store.kept()
        if given in (conversation, short_hash(conversation))
        or (conversation.startswith(BEGINNING) and conversation.endswith(ending_of(given)))
    ]


def erase(store: ConversationStore, conversations: Sequence[str]) -> None:
    """Deletes them. A website's token is worth nothing afterwards; in Slack a person may begin anew."""
    now = datetime.now(timezone.utc)
    for conversation in conversations:
        store.erase(conversation, now + LIFETIME if conversation.startswith("website-") else None)


def export(store: ConversationStore, conversations: Sequence[str]) -> dict[str, Any]:
    """Everything that is kept of them, by conversation."""
    return {conversation: export_of(store, conversation) for conversation in conversations}
