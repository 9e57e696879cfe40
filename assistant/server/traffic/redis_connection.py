"""One connection to Redis for what replicas share; it never waits for ever, and mends itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as LostError

_ANSWER_WITHIN = 1.0  # seconds


@lru_cache
def redis_of(url: str) -> Any:
    """The client for this address, the same for everybody in this process; it connects on first use."""
    return Redis.from_url(
        url,
        socket_timeout=_ANSWER_WITHIN,
        socket_connect_timeout=_ANSWER_WITHIN,
        retry=Retry(NoBackoff(), 1),  # a connection that a restart has cut is replaced unnoticed
        retry_on_error=[LostError],
        health_check_interval=15,
        max_connections=200,
    )
