"""Finding a person's conversations, erasing them, handing them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from channels.conversation_store import ConversationStore
from channels.exporting import export_of
from channels.slack.places import BEGINNING, ending_of
from channels.turn_log import short_hash
from channels.website.sessions import LIFETIME


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
