"""Deleting a conversation because the person wrote that it should be, on channels that know one conversation each."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent
from sqlalchemy.exc import SQLAlchemyError

from channels.conversation_store import NotKeptError, store_of
from channels.messages import Message
from channels.turn_log import log_turn
from knowledge.erasing import ErasureWords, load_erasure_words

_ERASED: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("erased.yml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _words() -> ErasureWords:
    return load_erasure_words(Path(__file__).resolve().parents[1] / "data")


def is_order(text: str) -> bool:
    """Whether the whole text asks to delete everything that was said."""
    return _words().is_order(text)


def erase_as_ordered(agent: Agent, channel: str, conversation: str) -> list[Message]:
    """Deletes at once, also while the assistant is closed; nothing is kept of the order and of what is said to it.

    The conversation's id lives on, empty. Raises `NotKeptError` where storage fails: then nothing is deleted.
    """
    started = time.perf_counter()
    try:
        store_of(agent).erase(conversation)
    except SQLAlchemyError:
        raise NotKeptError("storage does not answer, so nothing was deleted") from None
    answer = [{"text": _ERASED["text"].strip(), "metadata": dict(_ERASED["metadata"])}]
    log_turn(channel, conversation, answer, None, (time.perf_counter() - started) * 1000)
    return answer
