"""Setups under load: one assistant with SQLite, a cluster with PostgreSQL and Redis, and stock Rasa."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.load_generators import Arrive, arrive_at_rest, arrive_at_website
from benchmarks.run import ROOT, Run
from benchmarks.servers import serving
from benchmarks.side_by_side import contenders, train_stock
from benchmarks.training import model_of
from tests.cluster.programs import missing
from tests.cluster.proxy import proxy_before
from tests.cluster.services import Postgres, Redis
from tests.servers import RunningAssistant, free_port

NEEDED = ("initdb", "postgres", "redis-server", "nginx")


@dataclass(frozen=True)
class Setup:
    """A running service."""

    name: str
    url: str
    arrive: Arrive
    processes: tuple[int, ...]
    """Process ids of the assistants, without their dependencies."""

    def memory(self) -> list[int]:
        """Return the resident memory of each assistant, in bytes."""
        return [psutil.Process(each).memory_info().rss for each in self.processes]


@contextmanager
def with_sqlite(run: Run) -> Iterator[Setup]:
    """Run one assistant as `make run` starts it."""
    with ExitStack() as stack:
        one = stack.enter_context(_assistant(run.scratch / "sqlite", stack.enter_context(_actions())))
        yield Setup("SQLite, one assistant", one.base_url, arrive_at_website, (one.process.pid,))


@contextmanager
def with_cluster(run: Run) -> Iterator[Setup]:
    """Run two assistants with the reverse proxy of deploy/, its rate limits raised."""
    with ExitStack() as stack:
        postgres, redis = Postgres(), Redis()
        stack.callback(postgres.stop)
        stack.callback(redis.stop)
        shared = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url, "SESSION_KEY": "k" * 32}
        actions = stack.enter_context(_actions())
        pair = [stack.enter_context(_assistant(run.scratch / name, actions, **shared)) for name in "ab"]
        limits = {"rate=10r/s": "rate=100000r/s", "limit_conn connections 32": "limit_conn connections 10000"}
        proxy = proxy_before([each.port for each in pair], **limits)
        stack.callback(proxy.stop)
        url = f"https://127.0.0.1:{proxy.port}"
        processes = tuple(each.process.pid for each in pair)
        yield Setup("PostgreSQL and Redis, two assistants behind nginx", url, arrive_at_website, processes)


@contextmanager
def with_stock(run: Run) -> Iterator[Setup]:
    """Run stock Rasa with the same content and its REST channel; the trained model is cached between runs."""
    _, stock = contenders(run)
    train_stock(stock, run)
    with serving(stock.project, model_of(stock.project), stock.open_visitor, stock.python) as server:
        yield Setup("stock Rasa, REST", server.base_url, arrive_at_rest, (server.process.pid,))


def cluster_is_missing() -> list[str]:
    """Return the missing programs that a cluster needs."""
    return missing(*NEEDED)


@contextmanager
def _assistant(folder: Path, action_port: int, **env: str) -> Iterator[RunningAssistant]:
    folder.mkdir(parents=True)
    given = {"ACTION_PORT": str(action_port), **env}
    assistant = RunningAssistant(ROOT, folder / "state", folder / "log", **given)
    try:
        yield assistant
    finally:
        assistant.stop()


@contextmanager
def _actions() -> Iterator[int]:
    port = free_port()
    env = {**os.environ, "ACTION_PORT": str(port), "SANIC_HOST": "127.0.0.1"}
    with subprocess.Popen(
        [sys.executable, "-m", "actions.server"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    ) as one:
        try:
            yield port
        finally:
            one.terminate()
