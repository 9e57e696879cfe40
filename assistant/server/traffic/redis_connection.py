"""The Redis client for state shared by replicas, with timeouts and automatic reconnection."""

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
    """Return this process's client for the URL; it connects on first use."""
    return Redis.from_url(
        url,
        socket_timeout=_ANSWER_WITHIN,
        socket_connect_timeout=_ANSWER_WITHIN,
        retry=Retry(NoBackoff(), 1),  # silently replaces a connection cut by a restart
        retry_on_error=[LostError],
        health_check_interval=15,
        max_connections=200,
    )
