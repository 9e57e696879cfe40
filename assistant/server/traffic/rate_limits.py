"""A limit on how often something may happen, over a window that moves with the clock."""

from __future__ import annotations

import math
import time
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from assistant.server.traffic.redis_connection import redis_of


class SlidingWindow:
    """At most `limit` hits for each key in any `seconds`, counted in this process.

    Written here because the `limits` that goes with Rasa's `packaging` (2.4) never forgets a key, starts a
    thread for each hit, and counts the time to wait from the newest hit instead of the oldest.
    """

    def __init__(self, limit: int, seconds: float = 60, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is in seconds and only has to move forward."""
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._hits: dict[str, deque[float]] = {}
        self._next_tidying = clock() + seconds

    def hit(self, key: str) -> int:
        """Counts one and returns 0; when it is too early, counts nothing and returns the seconds to wait."""
        now = self._clock()
        self._tidy(now)
        hits = self._hits.setdefault(key, deque())
        while hits and hits[0] <= now - self._seconds:
            hits.popleft()
        if len(hits) >= self._limit:
            return max(1, math.ceil(hits[0] + self._seconds - now))
        hits.append(now)
        return 0

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._hits)

    def _tidy(self, now: float) -> None:
        if now >= self._next_tidying:
            self._next_tidying = now + self._seconds
            since = now - self._seconds
            self._hits = {key: hits for key, hits in self._hits.items() if hits and hits[-1] > since}


_WINDOW = 60_000  # milliseconds

# Counts by Redis's clock, so that replicas needn't agree on the time; what a jump left in the future is dropped.
_HIT = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window = tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then
    return redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] + window - now
end
redis.call('ZADD', KEYS[1], now, ARGV[3])
redis.call('PEXPIRE', KEYS[1], window)
return 0
"""


class Limit(Protocol):
    """At most so many hits for each key in any minute."""

    async def hit(self, key: str) -> int:
        """Counts one and returns 0; when it is too early, counts nothing and returns the seconds to wait."""


def limit_of(name: str, times: int, redis_url: str) -> Limit:
    """The limit called `name`, shared by all replicas where there is a Redis."""
    return RedisLimit(name, times, redis_url) if redis_url else InMemoryLimit(times)


class InMemoryLimit:
    """Counted in this process."""

    def __init__(self, times: int) -> None:
        """`times` a minute."""
        self._window = SlidingWindow(times, _WINDOW / 1000)

    async def hit(self, key: str) -> int:
        """As `Limit.hit`."""
        return self._window.hit(key)


class RedisLimit:
    """Counted in Redis, which forgets a key after a minute."""

    def __init__(self, name: str, times: int, redis_url: str) -> None:
        """`times` a minute; `name` keeps limits apart."""
        self._name = name
        self._times = times
        self._script: Any = redis_of(redis_url).register_script(_HIT)

    async def hit(self, key: str) -> int:
        """As `Limit.hit`; raises `RedisError` when Redis doesn't answer."""
        wait = await self._script(
            keys=[f"limit:{self._name}:{key}"], args=[self._times, _WINDOW, uuid.uuid4().hex]
        )
        return math.ceil(int(wait) / 1000)
