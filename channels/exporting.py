"""Everything that is kept of one conversation, for the person whose it is."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from channels.conversation_store import ConversationStore
from channels.transcript import history


def export_of(store: ConversationStore, conversation: str) -> dict[str, Any]:
    """`messages` as they were shown, and `events` as they are stored."""
    return {
        "exported_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "messages": history(store, conversation),
        "events": store.everything(conversation),
    }
