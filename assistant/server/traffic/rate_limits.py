"""Rate limits over a sliding window, in memory or in Redis."""

from __future__ import annotations

import math
import time
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from assistant.server.traffic.redis_connection import redis_of


class SlidingWindow:
    """At most `limit` hits per key in any `seconds`, counted in this process.

    Own code, because the version of `limits` compatible with Rasa's `packaging` (2.4) never forgets a key, starts a
    thread for each hit, and computes the wait from the newest hit instead of the oldest.
    """

    def __init__(self, limit: int, seconds: float = 60, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` returns monotonic seconds."""
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._hits: dict[str, deque[float]] = {}
        self._next_tidying = clock() + seconds

    def hit(self, key: str, times: int = 1) -> int:
        """Count a hit; see `Limit.hit`."""
        now, times = self._clock(), min(times, self._limit)
        self._tidy(now)
        hits = self._hits.setdefault(key, deque())
        while hits and hits[0] <= now - self._seconds:
            hits.popleft()
        too_many = len(hits) + times - self._limit
        if too_many > 0:
            return max(1, math.ceil(hits[too_many - 1] + self._seconds - now))
        hits.extend([now] * times)
        return 0

    def __len__(self) -> int:
        """Return the number of remembered keys."""
        return len(self._hits)

    def _tidy(self, now: float) -> None:
        if now >= self._next_tidying:
            self._next_tidying = now + self._seconds
            since = now - self._seconds
            self._hits = {key: hits for key, hits in self._hits.items() if hits and hits[-1] > since}


_WINDOW = 60_000  # milliseconds

# Uses Redis's clock, so replicas need not agree on the time; hits left in the future by a clock change are dropped.
_HIT = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window = tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')
local times = tonumber(ARGV[4])
local last = redis.call('ZCARD', KEYS[1]) + times - tonumber(ARGV[1]) - 1
if last >= 0 then
    return redis.call('ZRANGE', KEYS[1], last, last, 'WITHSCORES')[2] + window - now
end
for number = 1, times do
    redis.call('ZADD', KEYS[1], now, ARGV[3] .. number)
end
redis.call('PEXPIRE', KEYS[1], window)
return 0
"""


class Limit(Protocol):
    """Rate limit per key and minute."""

    async def hit(self, key: str, times: int = 1) -> int:
        """Count as many hits and return 0; over the limit, count nothing and return the seconds to wait."""


def limit_of(name: str, times: int, redis_url: str) -> Limit:
    """Create the limit called `name`, shared by all replicas if there is a Redis."""
    return RedisLimit(name, times, redis_url) if redis_url else InMemoryLimit(times)


class InMemoryLimit:
    """Rate limit of this process."""

    def __init__(self, times: int) -> None:
        """`times` is the limit per minute."""
        self._window = SlidingWindow(times, _WINDOW / 1000)

    async def hit(self, key: str, times: int = 1) -> int:
        """Count a hit; see `Limit.hit`."""
        return self._window.hit(key, times)


class RedisLimit:
    """Rate limit in Redis, where a key expires after a minute."""

    def __init__(self, name: str, times: int, redis_url: str) -> None:
        """`times` is the limit per minute; `name` separates limits."""
        self._name = name
        self._times = times
        self._script: Any = redis_of(redis_url).register_script(_HIT)

    async def hit(self, key: str, times: int = 1) -> int:
        """Count a hit; see `Limit.hit`. Raises `RedisError` if Redis does not answer."""
        given = [self._times, _WINDOW, uuid.uuid4().hex, min(times, self._times)]
        wait = await self._script(keys=[f"limit:{self._name}:{key}"], args=given)
        return math.ceil(int(wait) / 1000)
