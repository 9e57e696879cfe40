"""Load benchmark: SQLite, a cluster and stock Rasa in one run."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

from benchmarks.load_generators import Outcome, closed_loop, open_loop
from benchmarks.load_setups import Setup, cluster_is_missing, with_cluster, with_sqlite, with_stock
from benchmarks.progress import say
from benchmarks.questions import load_questions, mixed_texts
from benchmarks.request_loop import percentile
from benchmarks.run import Run, Section
from benchmarks.tables import megabytes, table
from benchmarks.visitors import WebsiteVisitor, connection

_CLIENTS = (1, 8, 64)
_BELOW_THE_KNEE = 0.8
_SAMPLE = 1.0  # seconds
_EARLY, _LATE = slice(4, 14), slice(-10, None)
_HEAD = ("load", "a second", "p50 ms", "p95 ms", "p99 ms", "errors", "memory", "growth, last half")


def measure(run: Run) -> Section:
    """Measure one setup after the other, so that they do not compete for the machine."""
    texts = mixed_texts(
        [each for given in load_questions(run.size.questions).values() for each in given], 5000
    )
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


def _measure_one(setup: Setup, texts: Sequence[str], run: Run) -> str:
    rows, knee = [], 0.0
    for clients in _CLIENTS:
        with memory_samples(setup) as samples:
            outcome = asyncio.run(closed_loop(setup.url, setup.arrive, texts, clients, run.size.seconds))
        rows.append(_row(f"closed, {clients}", outcome, samples))
        knee = max(knee, outcome.per_second)
    rate = knee * _BELOW_THE_KNEE
    with memory_samples(setup) as samples:
        outcome = asyncio.run(open_loop(setup.url, setup.arrive, texts, rate, run.size.open_seconds))
    rows.append(_row(f"open, {rate:.0f}/s for {run.size.open_seconds:.0f} s", outcome, samples))
    parts = [f"### {setup.name}", table(_HEAD, rows)]
    if "stock" not in setup.name:
        parts.append(_long_talk(setup, texts, run.size.long_turns))
    return "\n\n".join(parts)


def _row(name: str, outcome: Outcome, samples: Sequence[int]) -> Sequence[object]:
    middle, end = samples[len(samples) // 2], samples[-1]
    times = [f"{outcome.at(share):.0f}" for share in (0.5, 0.95, 0.99)]
    growth = f"{(end - middle) / middle:+.1%}"
    return (name, f"{outcome.per_second:.0f}", *times, all_errors(outcome), megabytes(end), growth)


def all_errors(outcome: Outcome) -> str:
    """Return the number of errors with a breakdown by status."""
    kinds = ", ".join(f"{count} × {kind}" for kind, count in outcome.statuses.items() if kind != "200")
    return f"{outcome.errors} ({kinds})" if kinds else "0"


def _long_talk(setup: Setup, texts: Sequence[str], turns: int) -> str:
    with connection(setup.url) as http:
        milliseconds = list(_times(WebsiteVisitor(http), texts, turns))
    early, late = (percentile(milliseconds[part], 0.5) for part in (_EARLY, _LATE))
    return (
        f"One conversation of {turns} turns, with the same ten messages around turn 5 and at the end: median "
        f"{early:.1f} ms and {late:.1f} ms, {late / early:.2f} times as long (target: at most 1.5)."
    )


def _times(visitor: WebsiteVisitor, texts: Sequence[str], turns: int) -> Iterator[float]:
    same = texts[_EARLY]
    for number in range(turns):
        at_the_end = number >= turns - len(same)
        text = same[number - turns + len(same)] if at_the_end else texts[number % len(texts)]
        since = time.perf_counter()
        try:
            visitor.ask(text)
        except httpx.HTTPStatusError:
            say(f"turn {number + 1} failed")
        yield (time.perf_counter() - since) * 1000


@contextmanager
def memory_samples(setup: Setup) -> Iterator[list[int]]:
    """Sample the memory of the largest assistant process once a second, in bytes."""
    samples = [max(setup.memory())]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_SAMPLE):
            samples.append(max(setup.memory()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield samples
    finally:
        done.set()
        watcher.join()
        samples.append(max(setup.memory()))
