"""Work queues and throttling by key: sequential within a key, concurrent across keys."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]


class KeyedQueue:
    """One queue per key, created on first use and removed when empty. Work must handle its own errors."""

    def __init__(self) -> None:
        """Create an empty queue."""
        self._waiting: dict[str, deque[Work]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def add(self, lane: str, work: Work) -> None:
        """Append work to the queue of that key and return at once."""
        if lane in self._waiting:
            self._waiting[lane].append(work)
            return
        self._waiting[lane] = deque([work])
        task = asyncio.create_task(self._run(lane))
        self._running.add(task)  # the event loop keeps only weak references to tasks
        task.add_done_callback(self._running.discard)

    async def drain(self, seconds: float) -> int:
        """Wait up to `seconds` for all work to finish; return the number of cancelled queues."""
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
    """Enforces a minimum interval between starts, per key and in the order of requests."""

    def __init__(
        self,
        seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`seconds` is the minimum interval between two starts."""
        self._seconds, self._clock, self._sleep = seconds, clock, sleep
        self._next: dict[str, float] = {}

    async def wait(self, key: str) -> None:
        """Wait for the next free slot of the key."""
        now = self._clock()
        at = max(now, self._next.get(key, 0.0))
        self._tidy(now)
        self._next[key] = at + self._seconds
        await self._sleep(at - now)

    def _tidy(self, now: float) -> None:
        if len(self._next) > 10_000:
            self._next = {key: at for key, at in self._next.items() if at > now}
