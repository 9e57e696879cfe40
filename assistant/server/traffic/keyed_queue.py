"""Work in order: one thing at a time in each lane, and all lanes side by side."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]


class KeyedQueue:
    """Lanes are made on first use and forgotten when they are empty. Work must handle its own errors."""

    def __init__(self) -> None:
        """Starts empty."""
        self._waiting: dict[str, deque[Work]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def add(self, lane: str, work: Work) -> None:
        """Puts work at the end of a lane; returns at once."""
        if lane in self._waiting:
            self._waiting[lane].append(work)
            return
        self._waiting[lane] = deque([work])
        task = asyncio.create_task(self._run(lane))
        self._running.add(task)  # the event loop itself keeps no hold on tasks
        task.add_done_callback(self._running.discard)

    async def drain(self, seconds: float) -> int:
        """Waits until all work is done, but no longer than that; how many lanes were cut off."""
        if not self._running:
            return 0
        _, late = await asyncio.wait(self._running, timeout=seconds)
        for task in late:
            task.cancel()
        return len(late)

    async def _run(self, lane: str) -> None:
        waiting = self._waiting[lane]
        try:
            while waiting:
                await waiting.popleft()()
        finally:
            del self._waiting[lane]


class Throttle:
    """At most one start in a while for each key, in the order in which they were asked for."""

    def __init__(
        self,
        seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`seconds` between two starts."""
        self._seconds, self._clock, self._sleep = seconds, clock, sleep
        self._next: dict[str, float] = {}

    async def wait(self, key: str) -> None:
        """Returns when it is this one's turn."""
        now = self._clock()
        at = max(now, self._next.get(key, 0.0))
        self._tidy(now)
        self._next[key] = at + self._seconds
        await self._sleep(at - now)

    def _tidy(self, now: float) -> None:
        if len(self._next) > 10_000:
            self._next = {key: at for key, at in self._next.items() if at > now}
