"""Export of all stored data of a conversation, for the person concerned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from itertools import chain
from typing import Any

from assistant.server.storage.feedback import kept
from assistant.server.storage.paging import event_pages
from assistant.server.storage.tracker_store import ConversationStore
from assistant.server.storage.transcript import history_pages

Pages = Iterator[list[dict[str, Any]]]


def export_pages(store: ConversationStore, conversation: str) -> dict[str, str | Pages]:
    """Return `messages` as displayed, `events` as stored, and the `feedback` on answers, some at a time."""
    return {
        "exported_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "messages": history_pages(store, conversation),
        "events": event_pages(store.engine, conversation),
        "feedback": iter([kept(store.engine, conversation)]),
    }


def export_of(store: ConversationStore, conversation: str) -> dict[str, Any]:
    """Return the same as one object."""
    pages = export_pages(store, conversation)
    return {name: value if isinstance(value, str) else list(chain(*value)) for name, value in pages.items()}
