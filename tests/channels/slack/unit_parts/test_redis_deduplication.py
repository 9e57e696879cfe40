"""Deduplication between processes, with a real Redis."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from assistant.server.traffic.deduplication import deduplicator
from testbed.environment import free_port


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis that keeps nothing on the disk."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server: install Debian's package redis-server")
    port = str(free_port())
    process = subprocess.Popen([program, "--port", port, "--save", "", "--bind", "127.0.0.1"], cwd=tmp_path)
    url = f"redis://127.0.0.1:{port}/0"
    _wait_for(url)
    yield url, process
    process.terminate()
    process.wait(10)


def _wait_for(url: str) -> None:
    client = Redis.from_url(url)
    for _ in range(200):
        try:
            client.ping()
            return
        except RedisError:
            time.sleep(0.05)
    raise RuntimeError("Redis did not start")


async def test_two_processes_do_not_both_do_the_same(redis_server: tuple[str, object]) -> None:
    url, _ = redis_server
    one, other = deduplicator(url), deduplicator(url)
    assert await one.claim(["event:1", "message:1"])
    assert not await other.claim(["event:9", "message:1"])
    await one.keep(["event:1", "message:1"])
    assert not await other.claim(["event:1"])
    assert await other.claim(["event:9"])


async def test_what_failed_in_one_process_may_be_done_by_another(redis_server: tuple[str, object]) -> None:
    url, _ = redis_server
    one, other = deduplicator(url), deduplicator(url)
    assert await one.claim(["event:1"])
    await one.release(["event:1"])
    assert await other.claim(["event:1"])


async def test_without_redis_nothing_is_lost_and_this_process_still_counts(
    redis_server: tuple[str, subprocess.Popen[bytes]],
) -> None:
    url, process = redis_server
    one = deduplicator(url)
    process.terminate()
    process.wait(10)
    assert await one.claim(["event:1"])
    assert not await one.claim(["event:1"])
    await one.keep(["event:1"])
    await one.release(["event:1"])
