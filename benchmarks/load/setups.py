"""Setups under load: one assistant with SQLite, a cluster with PostgreSQL and Redis, and stock Rasa."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psutil

from benchmarks.load.side_by_side import contenders, train_stock
from benchmarks.run import Run
from benchmarks.training import model_of
from testbed.cluster.programs import missing
from testbed.cluster.proxy import proxy_before
from testbed.cluster.services import Postgres, Redis
from testbed.processes import action_server, serving
from testbed.projects import copy_project, present_assistant
from testbed.visitors import OpenVisitor, rest_visitor, website_visitor

NEEDED = ("initdb", "postgres", "redis-server", "nginx")
_LIMITS = {"rate=10r/s": "rate=100000r/s", "limit_conn connections 32": "limit_conn connections 10000"}
_SAMPLE = 1.0  # seconds


@dataclass(frozen=True)
class Setup:
    """A running service."""

    name: str
    url: str
    open_visitor: OpenVisitor
    processes: Sequence[int]
    """Process ids of the assistants, without their dependencies."""

    def memory(self) -> int:
        """Return the resident memory of the largest assistant, in bytes."""
        return max(int(psutil.Process(each).memory_info().rss) for each in self.processes)

    @contextmanager
    def memory_samples(self) -> Iterator[list[int]]:
        """Sample the memory once a second."""
        samples, done = [self.memory()], threading.Event()

        def watch() -> None:
            while not done.wait(_SAMPLE):
                samples.append(self.memory())

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield samples
        finally:
            done.set()
            watcher.join()
            samples.append(self.memory())


@contextmanager
def with_sqlite(run: Run) -> Iterator[Setup]:
    """Run one assistant as `make run` starts it."""
    project = copy_project(run.scratch / "sqlite")
    with (
        action_server(project) as port,
        serving(project, present_assistant(), {"ACTION_PORT": str(port)}) as one,
    ):
        yield Setup("SQLite, one assistant", one.base_url, website_visitor, [one.process.pid])


@contextmanager
def with_cluster(run: Run) -> Iterator[Setup]:
    """Run two assistants with the reverse proxy of deploy/, its rate limits raised."""
    with ExitStack() as stack:
        postgres, redis = Postgres(), Redis()
        stack.callback(postgres.stop)
        stack.callback(redis.stop)
        shared = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url, "SESSION_KEY": "k" * 32}
        projects = [copy_project(run.scratch / f"replica-{name}") for name in "ab"]
        shared["ACTION_PORT"] = str(stack.enter_context(action_server(projects[0])))
        pair = [stack.enter_context(serving(each, present_assistant(), shared)) for each in projects]
        proxy = proxy_before([int(each.base_url.rpartition(":")[2]) for each in pair], **_LIMITS)
        stack.callback(proxy.stop)
        name, url = "PostgreSQL and Redis, two assistants behind nginx", f"https://127.0.0.1:{proxy.port}"
        yield Setup(name, url, website_visitor, [each.process.pid for each in pair])


@contextmanager
def with_stock(run: Run) -> Iterator[Setup]:
    """Run stock Rasa with the same content and its REST channel; the trained model is cached between runs."""
    _, stock = contenders(run)
    train_stock(stock, run)
    with serving(stock.project, model_of(stock.project), {}, rest_visitor, stock.python) as server:
        yield Setup("stock Rasa, REST", server.base_url, rest_visitor, [server.process.pid])


def cluster_is_missing() -> list[str]:
    """Return the missing programs that a cluster needs."""
    return missing(*NEEDED)
