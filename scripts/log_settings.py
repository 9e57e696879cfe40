"""Compares the settings of a running PostgreSQL and Redis with those of deploy/, under which they log no words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from redis import AuthenticationError, Redis, RedisError, ResponseError
from sqlalchemy.engine import Connection

_DEPLOY = Path("deploy")
_UNITS = frozenset({"maxmemory"})
"""Settings that Redis reports in another unit, and that log nothing."""
_QUERY = sa.text("SELECT name, setting FROM pg_settings")


def postgres_findings(connection: Connection) -> Iterator[str]:
    """Yield each setting with which PostgreSQL's log would quote what people write."""
    path = _DEPLOY / "postgresql.conf"
    wanted = dict(re.findall(r"^(\w+) = (\S+)", path.read_text("utf-8"), re.MULTILINE))
    present = {name: setting for name, setting in connection.execute(_QUERY) if name in wanted}
    yield from _differences("DATABASE_URL", "PostgreSQL's log", wanted, present, path)


def redis_findings(client: Redis[bytes], url: str) -> Iterator[str]:
    """Yield a missing password, and each setting with which Redis would write visitors' addresses down."""
    if not _asks_for_password(url):
        yield "REDIS_URL: Redis asks for no password; set requirepass, and write redis://:PASSWORD@HOST:6379/0"
    path = _DEPLOY / "redis.conf"
    wanted = dict(re.findall(r"^([a-z-]+) (\S+)", path.read_text("utf-8"), re.MULTILINE))
    try:
        present = {name: _setting(client, name) for name in wanted.keys() - _UNITS}
    except ResponseError:  # some providers don't show them
        return
    yield from _differences("REDIS_URL", "Redis", {n: v.strip('"') for n, v in wanted.items()}, present, path)


def _setting(client: Redis[bytes], name: str) -> str:
    found: dict[str, Any] = client.config_get(name)
    return str(found.get(name, ""))


def _asks_for_password(url: str) -> bool:
    bare = re.sub(r"//[^/]*@", "//", url)
    try:
        Redis.from_url(bare, socket_timeout=2, socket_connect_timeout=2).ping()
    except (AuthenticationError, ResponseError):
        return True
    except RedisError:
        return False
    return False


def _differences(
    variable: str, what: str, wanted: Mapping[str, str], present: Mapping[str, str], path: Path
) -> Iterator[str]:
    for name in sorted(present):
        if present[name] != wanted[name]:
            got, expected = present[name] or "nothing", wanted[name] or '""'
            yield f"{variable}: {what} may hold what people write: {name} is {got} (expected {expected}, as in {path})"
