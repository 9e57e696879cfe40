"""The transcript, read from stored events: the answer to a message, offered buttons, the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from itertools import takewhile
from typing import Any

from assistant.core.protocol import SUB_MESSAGE, Message
from assistant.server.messages import as_typed, assistant_message
from assistant.server.storage.tracker_store import ConversationStore

Event = dict[str, Any]
"""A stored event."""


def answer_to(store: ConversationStore, conversation: str, message_id: str) -> list[Message] | None:
    """Return the answer to the message with that id, or None if there is no such message."""
    events = events_of_answer(store, conversation, message_id)
    return None if events is None else _messages(events)


def events_of_answer(store: ConversationStore, conversation: str, message_id: str) -> list[Event] | None:
    """Return the events of the answer; `message_of` converts each to a message."""
    if not store.has_heard(conversation, message_id):
        return None
    events = iter(store.said(conversation))
    for event in events:
        if _is_message(event, message_id):
            break
    return [event for event in takewhile(_is_answer, events) if event["event"] == "bot"]


def offered_title(store: ConversationStore, conversation: str, payload: str) -> str | None:
    """Return the title of the offered button with exactly that payload, or None if it was never offered."""
    titles = [
        button["title"]
        for event in store.said(conversation, containing=payload)
        if event["event"] == "bot"
        for button in (event.get("data") or {}).get("buttons") or []
        if button.get("payload") == payload
    ]
    return titles[-1] if titles else None


def history(store: ConversationStore, conversation: str) -> list[Message]:
    """Return all messages, oldest first, with their roles and times."""
    return [said for event in store.said(conversation) if (said := _as_history(event)) is not None]


def _is_answer(event: Event) -> bool:
    return event["event"] == "bot" or _is_further_question(event)


def _is_message(event: Event, message_id: str) -> bool:
    return event["event"] == "user" and event.get("message_id") == message_id


def _messages(events: Iterable[Event]) -> list[Message]:
    return [message for event in events if (message := message_of(event)) is not None]


def message_of(event: Event) -> Message | None:
    """Convert a bot event to a message, or None if it has no content."""
    data = event.get("data") or {}
    metadata = event.get("metadata") or {}
    return assistant_message({**data, "text": event.get("text"), "metadata": metadata.get("metadata")})


def _as_history(event: Event) -> Message | None:
    at = datetime.fromtimestamp(event["timestamp"], timezone.utc).isoformat(timespec="milliseconds")
    at = at.replace("+00:00", "Z")
    if event["event"] == "bot":
        message = message_of(event)
        return message and {"role": "assistant", "at": at, **message}
    metadata = event.get("metadata") or {}
    if metadata.get("is_external") or _is_further_question(event):  # an expired reminder; already shown
        return None
    text = metadata.get("title") or as_typed(event.get("text") or "")
    return {"role": "user", "at": at, "id": event.get("message_id"), "text": text}


def _is_further_question(event: Mapping[str, Any]) -> bool:
    """Return whether a stored event is a further question of the preceding message."""
    return event["event"] == "user" and bool((event.get("metadata") or {}).get(SUB_MESSAGE))
