"""Response times, throughput and memory under load: SQLite, a cluster and stock Rasa, and SQLite for an hour."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psutil

from benchmarks.load.generators import Outcome, closed_loop, open_loop
from benchmarks.load.side_by_side import contenders, train_stock
from benchmarks.run import Run, Section, megabytes, say, table, yes_or_no
from benchmarks.training import model_of
from testbed.cluster.programs import missing
from testbed.cluster.proxy import proxy_before
from testbed.cluster.services import Postgres, Redis
from testbed.processes import action_server, serving
from testbed.projects import copy_project, present_assistant
from testbed.questions import mixed_texts
from testbed.visitors import OpenVisitor, connection, percentile, rest_visitor, timed, website_visitor

NEEDED = ("initdb", "postgres", "redis-server", "nginx")
_LIMITS = {"rate=10r/s": "rate=100000r/s", "limit_conn connections 32": "limit_conn connections 10000"}
_SAMPLE = 1.0  # seconds
_CLIENTS = (1, 8, 64)
_BELOW_THE_KNEE = 0.8
_TEXTS = 5000
_EARLY, _LATE = slice(4, 14), slice(-10, None)
_HEAD = ("load", "a second", "p50 ms", "p95 ms", "p99 ms", "errors", "memory", "growth, last half")
_SOAK_CLIENTS, _SOAK_SHARE, _SOAK_ROWS = 8, 0.5, 6
_SOAK_LIMIT = 700e6  # bytes


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


def measure(run: Run) -> Section:
    """Measure one setup after the other, so that they do not compete for the machine."""
    texts = mixed_texts(run.size.questions, _TEXTS)
    setups = [with_sqlite, with_stock] if cluster_is_missing() else [with_sqlite, with_cluster, with_stock]
    parts = []
    for open_setup in setups:
        with open_setup(run) as setup:
            say(f"load on {setup.name} …")
            parts.append(_measure_one(setup, texts, run))
    if cluster_is_missing():
        parts.append(f"The cluster was left out: {', '.join(cluster_is_missing())} missing on this machine.")
    notes = "Clients, proxy, databases and assistants share this machine's cores; the clients alone take a good part."
    return Section("Load", "\n\n".join([*parts, notes]))


def soak(run: Run) -> Section:
    """Sample memory at half of the maximum throughput, which shows leaks."""
    texts = mixed_texts(run.size.questions, _TEXTS)
    with with_sqlite(run) as setup:
        first = closed_loop(setup.url, setup.open_visitor, texts, _SOAK_CLIENTS, run.size.seconds)
        rate = first.per_second * _SOAK_SHARE
        say(f"{rate:.0f} messages a second for {run.size.soak_seconds:.0f} s …")
        with setup.memory_samples() as samples:
            outcome = open_loop(setup.url, setup.open_visitor, texts, rate, run.size.soak_seconds)
    step = max(1, -(-(len(samples) - 1) // _SOAK_ROWS))
    rows = [(f"{at / 60:.0f}", megabytes(samples[at])) for at in range(0, len(samples), step)]
    body = (
        f"{len(outcome.milliseconds):,} answers, {rate:.0f} a second, which is half of what {_SOAK_CLIENTS} clients "
        f"that wait for their answers got; somebody new after every eight messages. Errors: {_errors(outcome)}. "
        f"p50 {outcome.at(0.5):.0f} ms, p95 {outcome.at(0.95):.0f} ms, p99 {outcome.at(0.99):.0f} ms.\n\n"
        f"{table(('after minutes', 'memory'), rows)}\n\n"
        f"Largest: {megabytes(max(samples))}; under 700 MB: {yes_or_no(max(samples) < _SOAK_LIMIT)}."
    )
    return Section("An hour of load", body)


def _measure_one(setup: Setup, texts: Sequence[str], run: Run) -> str:
    rows, knee = [], 0.0
    for clients in _CLIENTS:
        with setup.memory_samples() as samples:
            outcome = closed_loop(setup.url, setup.open_visitor, texts, clients, run.size.seconds)
        rows.append(_row(f"closed, {clients}", outcome, samples))
        knee = max(knee, outcome.per_second)
    rate = knee * _BELOW_THE_KNEE
    with setup.memory_samples() as samples:
        outcome = open_loop(setup.url, setup.open_visitor, texts, rate, run.size.open_seconds)
    rows.append(_row(f"open, {rate:.0f}/s for {run.size.open_seconds:.0f} s", outcome, samples))
    parts = [f"### {setup.name}", table(_HEAD, rows)]
    if setup.open_visitor is not rest_visitor:
        parts.append(_long_conversation(setup, texts, run.size.long_turns))
    return "\n\n".join(parts)


def _row(name: str, outcome: Outcome, samples: Sequence[int]) -> Sequence[object]:
    middle, end = samples[len(samples) // 2], samples[-1]
    times = [f"{outcome.at(share):.0f}" for share in (0.5, 0.95, 0.99)]
    growth = f"{(end - middle) / middle:+.1%}"
    return (name, f"{outcome.per_second:.0f}", *times, _errors(outcome), megabytes(end), growth)


def _errors(outcome: Outcome) -> str:
    """Format the number of errors with a breakdown by status."""
    kinds = ", ".join(f"{count} × {kind}" for kind, count in outcome.errors.items())
    return f"{sum(outcome.errors.values())} ({kinds})" if kinds else "0"


def _long_conversation(setup: Setup, texts: Sequence[str], turns: int) -> str:
    says = [*itertools.islice(itertools.cycle(texts), turns - len(texts[_EARLY])), *texts[_EARLY]]
    with connection(setup.url) as http:
        visitor = website_visitor(http)
        milliseconds = [timed(visitor, text).milliseconds for text in says]
    early, late = (percentile(milliseconds[part], 0.5) for part in (_EARLY, _LATE))
    return (
        f"One conversation of {turns} turns, with the same ten messages around turn 5 and at the end: median "
        f"{early:.1f} ms and {late:.1f} ms, {late / early:.2f} times as long (target: at most 1.5)."
    )
