"""Everything that is kept of one conversation, for the person whose it is."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from channels.conversation_store import ConversationStore
from channels.feedback import kept
from channels.transcript import history


def export_of(store: ConversationStore, conversation: str) -> dict[str, Any]:
    """`messages` as they were shown, `events` as they are stored, and which answers were said to help."""
    return {
        "exported_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "messages": history(store, conversation),
        "events": store.everything(conversation),
        "feedback": kept(store.engine, conversation),
    }
