"""One thing at a time in a conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rasa.core.agent import Agent
from rasa.core.lock_store import LockError

from channels.problems import ProblemError
from channels.website.site import RETRY_AFTER


@asynccontextmanager
async def conversation_lock(agent: Agent, conversation: str) -> AsyncIterator[None]:
    """Waits for its turn. Rasa locks the plain conversation id while it answers, hence another key here."""
    lock = agent.lock_store.lock(f"website:{conversation}")
    try:
        await lock.__aenter__()
    except LockError:
        raise ProblemError("busy", retry_after=RETRY_AFTER) from None
    try:
        yield
    finally:
        await lock.__aexit__(None, None, None)
