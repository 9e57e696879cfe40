"""Reading a conversation from its events: the answer to a message, the buttons on offer, the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timezone
from itertools import chain, takewhile
from typing import Any

from assistant.core.protocol import SUB_MESSAGE, Message
from assistant.server.messages import as_typed, assistant_message
from assistant.server.storage.event_queries import event_pages
from assistant.server.storage.tracker_store import ConversationStore

Event = dict[str, Any]
"""An event as it is stored."""


def message_of(event: Event) -> Message | None:
    """Return the message of an assistant event; None if it says nothing."""
    data = event.get("data") or {}
    metadata = event.get("metadata") or {}
    return assistant_message({**data, "text": event.get("text"), "metadata": metadata.get("metadata")})


def answer_to(
    store: ConversationStore,
    conversation: str,
    message_id: str,
    shown: Callable[[Event], Message | None] = message_of,
) -> list[Message] | None:
    """Return the answer to the message with that id; None if there was no such message."""
    if not store.has_processed(conversation, message_id):
        return None
    said = [event for event in _answer_in(store.said(conversation), message_id) if event["event"] == "bot"]
    return [message for event in said if (message := shown(event)) is not None]


def _answer_in(said: Iterable[Event], message_id: str) -> Iterable[Event]:
    events = iter(said)
    for event in events:
        if _is_message(event, message_id):
            break
    return takewhile(_is_answer, events)


def offered_title(store: ConversationStore, conversation: str, payload: str) -> str | None:
    """Return the title of the button with exactly that payload; None if this conversation was never offered it."""
    titles = [
        button["title"]
        for event in store.said(conversation, containing=payload)
        if event["event"] == "bot"
        for button in (event.get("data") or {}).get("buttons") or []
        if button.get("payload") == payload
    ]
    return titles[-1] if titles else None


def newest_buttons(store: ConversationStore, conversation: str) -> list[dict[str, Any]]:
    """Return the buttons under the newest message of the assistant."""
    event = store.newest_answer(conversation) or {}
    return (event.get("data") or {}).get("buttons") or []


def history(store: ConversationStore, conversation: str) -> list[Message]:
    """Return all messages, oldest first, each with its role and time."""
    return list(chain.from_iterable(history_pages(store, conversation)))


def history_pages(store: ConversationStore, conversation: str) -> Iterator[list[Message]]:
    """Yield the same page by page."""
    for page in event_pages(store.engine, conversation, ("user", "bot")):
        yield [said for event in page if (said := _as_history(event)) is not None]


def _is_answer(event: Event) -> bool:
    return event["event"] == "bot" or _is_further_question(event)


def _is_message(event: Event, message_id: str) -> bool:
    return event["event"] == "user" and event.get("message_id") == message_id


def _as_history(event: Event) -> Message | None:
    at = datetime.fromtimestamp(event["timestamp"], timezone.utc).isoformat(timespec="milliseconds")
    at = at.replace("+00:00", "Z")
    if event["event"] == "bot":
        message = message_of(event)
        return message and {"role": "assistant", "at": at, **message}
    metadata = event.get("metadata") or {}
    if metadata.get("is_external") or _is_further_question(event):  # a reminder that went off; said already
        return None
    text = metadata.get("title") or as_typed(event.get("text") or "")
    return {"role": "user", "at": at, "id": event.get("message_id"), "text": text}


def _is_further_question(event: Mapping[str, Any]) -> bool:
    """Tell whether a stored event is another question of the message before it."""
    return event["event"] == "user" and bool((event.get("metadata") or {}).get(SUB_MESSAGE))
