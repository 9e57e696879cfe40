"""Queues: a bounded one for all messages of a replica, sequential ones by key, and a throttle by key."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from assistant.server.observability.metrics import WAITING
from assistant.server.problems import ProblemError

AT_ONCE = 8  # they share one core, but some of them wait for the action server or the database
OF_ONE_KEY = 2
"""Of these, so that nobody's long messages fill the queue; the second works while the first one waits."""
LENGTH = 200  # at a hundred turns a second the last one waits two seconds
WAIT_AT_MOST = 15.0  # seconds; a later answer is of no use
_COME_BACK = 3  # seconds for Retry-After
Work = Callable[[], Awaitable[None]]


class AdmissionQueue:
    """Queue with a bounded length: first in, first out, but for a key that has its share already."""

    def __init__(self, at_once: int = AT_ONCE, length: int = LENGTH) -> None:
        """`at_once` limits concurrent messages, `length` waiting ones."""
        self._places = asyncio.Semaphore(at_once)
        self._shares: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._length = length
        self._waiting = 0

    @asynccontextmanager
    async def place(self, key: str) -> AsyncIterator[None]:
        """Wait for a slot of the key. Raises the problem `overloaded` if the queue is full or the wait too long."""
        share = self._shares.setdefault(key, asyncio.Semaphore(OF_ONE_KEY))
        if self._waiting >= self._length:
            raise ProblemError("overloaded", retry_after=_COME_BACK)
        self._count(1)
        try:
            await asyncio.sleep(0)  # yields, so that concurrent arrivals are counted as waiting
            await asyncio.wait_for(_acquire(share, self._places), WAIT_AT_MOST)
        except asyncio.TimeoutError:
            raise ProblemError("overloaded", retry_after=_COME_BACK) from None
        finally:
            self._count(-1)
        try:
            yield
        finally:
            self._places.release()
            share.release()

    def _count(self, step: int) -> None:
        self._waiting += step
        WAITING.set(self._waiting)


async def _acquire(share: asyncio.Semaphore, places: asyncio.Semaphore) -> None:
    await share.acquire()
    try:
        await places.acquire()
    except asyncio.CancelledError:
        share.release()
        raise


class KeyedQueue:
    """One queue per key, created on first use and removed when empty. Work must handle its own errors."""

    def __init__(self) -> None:
        """Create an empty queue."""
        self._waiting: dict[str, deque[Work]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def add(self, key: str, work: Work) -> None:
        """Append work to the queue of that key and return at once."""
        if key in self._waiting:
            self._waiting[key].append(work)
            return
        self._waiting[key] = deque([work])
        task = asyncio.create_task(self._run(key))
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

    async def _run(self, key: str) -> None:
        waiting = self._waiting[key]
        try:
            while waiting:
                await waiting.popleft()()
        finally:
            del self._waiting[key]


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
