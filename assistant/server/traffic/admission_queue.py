"""How many messages a replica works on at a time, and how many may wait: more are sent away instead of all waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from assistant.server.observability.metrics import WAITING
from assistant.server.problems import ProblemError

AT_ONCE = 8  # they share one core, but some of them wait for the action server or the database
LENGTH = 200  # at a hundred turns a second the last one waits two seconds
WAIT_AT_MOST = 15.0  # seconds: nobody wants an answer that comes later
_COME_BACK = 3  # seconds


class AdmissionQueue:
    """First come, first served."""

    def __init__(self, at_once: int = AT_ONCE, length: int = LENGTH) -> None:
        """`length` counts those that wait."""
        self._places = asyncio.Semaphore(at_once)
        self._length = length
        self._waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Raises the problem `overloaded` where the line is too long, or the wait was."""
        if self._waiting >= self._length:
            raise ProblemError("overloaded", retry_after=_COME_BACK)
        self._count(1)
        try:
            await asyncio.sleep(
                0
            )  # lets in who has come meanwhile, so that the line is seen as long as it is
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
