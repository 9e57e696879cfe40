"""Bounds concurrent and waiting messages per replica; excess requests are rejected (load shedding)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from assistant.server.observability.metrics import WAITING
from assistant.server.problems import ProblemError

AT_ONCE = 8  # they share one core, but some of them wait for the action server or the database
LENGTH = 200  # at a hundred turns a second the last one waits two seconds
WAIT_AT_MOST = 15.0  # seconds; a later answer is of no use
_COME_BACK = 3  # seconds for Retry-After


class AdmissionQueue:
    """First-in, first-out queue with a bounded length."""

    def __init__(self, at_once: int = AT_ONCE, length: int = LENGTH) -> None:
        """`at_once` limits concurrent messages, `length` waiting ones."""
        self._places = asyncio.Semaphore(at_once)
        self._length = length
        self._waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a slot. Raises the problem `overloaded` if the queue is full or the wait too long."""
        if self._waiting >= self._length:
            raise ProblemError("overloaded", retry_after=_COME_BACK)
        self._count(1)
        try:
            await asyncio.sleep(0)  # yields, so that concurrent arrivals are counted as waiting
            await asyncio.wait_for(self._places.acquire(), WAIT_AT_MOST)
        except asyncio.TimeoutError:
            raise ProblemError("overloaded", retry_after=_COME_BACK) from None
        finally:
            self._count(-1)
        try:
            yield
        finally:
            self._places.release()

    def _count(self, step: int) -> None:
        self._waiting += step
        WAITING.set(self._waiting)
