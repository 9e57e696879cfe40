"""How often something may happen: counted in this process, or with Redis over all replicas."""

from __future__ import annotations

import math
import uuid
from typing import Any, Protocol

from channels.moving_window import MovingWindow
from channels.redis_connection import redis_of

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
    return SharedLimit(name, times, redis_url) if redis_url else OwnLimit(times)


class OwnLimit:
    """Counted in this process."""

    def __init__(self, times: int) -> None:
        """`times` a minute."""
        self._window = MovingWindow(times, _WINDOW / 1000)

    async def hit(self, key: str) -> int:
        """As `Limit.hit`."""
        return self._window.hit(key)


class SharedLimit:
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
