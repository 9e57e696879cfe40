"""Requests for one's own data: export, and deletion on the person's written request."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from functools import lru_cache
from itertools import chain
from typing import Any

from rasa.core.agent import Agent
from sqlalchemy.exc import SQLAlchemyError

from assistant.core.content.texts import DATA
from assistant.core.dialogue.deletion_requests import DeletionWords, load_deletion_words
from assistant.core.protocol import Message
from assistant.server.messages import REPLIES
from assistant.server.observability.turn_log import log_turn
from assistant.server.storage.erasure import NotKeptError
from assistant.server.storage.event_queries import event_pages
from assistant.server.storage.feedback import kept
from assistant.server.storage.tracker_store import ConversationStore, store_of
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


@lru_cache(maxsize=1)
def _words() -> DeletionWords:
    return load_deletion_words(DATA)


def is_deletion_request(text: str) -> bool:
    """Return whether the whole text is a request to delete all data."""
    return _words().is_order(text)


async def delete_as_requested(agent: Agent, channel: str, conversation: str) -> list[Message]:
    """Delete the conversation, also in maintenance mode. Neither the request nor the reply is stored.

    The conversation id stays valid, without events. Raises `NotKeptError` if storage fails; nothing is deleted then.
    """
    started = time.perf_counter()
    try:
        await asyncio.to_thread(store_of(agent).erase, conversation)
    except SQLAlchemyError:
        raise NotKeptError("storage does not answer, so nothing was deleted") from None
    answer = [REPLIES.erased.message()]
    log_turn(channel, conversation, answer, None, (time.perf_counter() - started) * 1000)
    return answer
