"""Everything that is kept of one conversation, for the person whose it is."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from assistant.server.storage.feedback import kept
from assistant.server.storage.tracker_store import ConversationStore
from assistant.server.storage.transcript import history


def export_of(store: ConversationStore, conversation: str) -> dict[str, Any]:
    """`messages` as they were shown, `events` as they are stored, and which answers were said to help."""
    return {
        "exported_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "messages": history(store, conversation),
        "events": store.everything(conversation),
        "feedback": kept(store.engine, conversation),
    }
