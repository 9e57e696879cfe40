"""What load is put on: one assistant with SQLite, two behind the proxy with PostgreSQL and Redis, and stock Rasa."""

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
from benchmarks.side_by_side import STOCK, contenders
from benchmarks.training import model_of, train_once
from tests.cluster.programs import missing
from tests.cluster.proxy import proxy_before
from tests.cluster.services import Postgres, Redis
from tests.servers import RunningAssistant, free_port

NEEDED = ("initdb", "postgres", "redis-server", "nginx")


@dataclass(frozen=True)
class Setup:
    """Something that answers."""

    name: str
    url: str
    arrive: Arrive
    processes: tuple[int, ...]
    """Of assistants, not of what they need."""

    def memory(self) -> list[int]:
        """Bytes that each assistant holds resident."""
        return [psutil.Process(each).memory_info().rss for each in self.processes]


@contextmanager
def with_sqlite(run: Run) -> Iterator[Setup]:
    """One assistant as `make run` starts it."""
    with ExitStack() as stack:
        one = stack.enter_context(_assistant(run.scratch / "sqlite", stack.enter_context(_actions())))
        yield Setup("SQLite, one assistant", one.base_url, arrive_at_website, (one.process.pid,))


@contextmanager
def with_cluster(run: Run) -> Iterator[Setup]:
    """Two assistants behind the proxy of deploy/, whose limits are raised."""
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
    """The same content with Rasa's default configuration and REST channel; training is kept from run to run."""
    _, stock = contenders(run)
    train_once(stock.project, STOCK if run.size.is_full else f"quick-{STOCK}", run.kept)
    with serving(stock.project, model_of(stock.project), stock.open_visitor) as server:
        yield Setup("stock Rasa, REST", server.base_url, arrive_at_rest, (server.process.pid,))


def cluster_is_missing() -> list[str]:
    """The programs without which there is no cluster."""
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
