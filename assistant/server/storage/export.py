"""Export of all stored data of a conversation, for the person concerned."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from assistant.server.storage.feedback import kept
from assistant.server.storage.tracker_store import ConversationStore
from assistant.server.storage.transcript import history


def export_of(store: ConversationStore, conversation: str) -> dict[str, Any]:
    """Return `messages` as displayed, `events` as stored, and the `feedback` on answers."""
    return {
        "exported_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "messages": history(store, conversation),
        "events": store.everything(conversation),
        "feedback": kept(store.engine, conversation),
    }
