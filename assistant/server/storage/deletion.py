"""Deletion of a conversation on the person's written request, in channels where a person has only that one."""

from __future__ import annotations

import asyncio
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent
from sqlalchemy.exc import SQLAlchemyError

from assistant.core.dialogue.deletion_requests import DeletionWords, load_deletion_words
from assistant.core.protocol import Message
from assistant.server.observability.turn_log import log_turn
from assistant.server.storage.erasure import NotKeptError
from assistant.server.storage.tracker_store import store_of

_ERASED: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("erased.yml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _words() -> DeletionWords:
    return load_deletion_words(Path(__file__).resolve().parents[3] / "data")


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
    answer = [{"text": _ERASED["text"].strip(), "metadata": dict(_ERASED["metadata"])}]
    log_turn(channel, conversation, answer, None, (time.perf_counter() - started) * 1000)
    return answer
