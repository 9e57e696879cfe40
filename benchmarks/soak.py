"""Soak test: one assistant with SQLite for an hour at half of its maximum throughput, with memory over time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from benchmarks.load import all_errors, memory_samples
from benchmarks.load_generators import Outcome, closed_loop, open_loop
from benchmarks.load_setups import with_sqlite
from benchmarks.progress import say
from benchmarks.questions import load_questions, mixed_texts
from benchmarks.run import Run, Section
from benchmarks.tables import megabytes, table

_CLIENTS = 8
_SHARE = 0.5
_ROWS = 6
_ALLOWED = 700 * 2**20  # bytes


def measure(run: Run) -> Section:
    """Determine the rate, then sample memory once a second under load."""
    texts = mixed_texts(
        [each for given in load_questions(run.size.questions).values() for each in given], 5000
    )
    with with_sqlite(run) as setup:
        first = asyncio.run(closed_loop(setup.url, setup.arrive, texts, _CLIENTS, run.size.seconds))
        rate = first.per_second * _SHARE
        say(f"{rate:.0f} messages a second for {run.size.soak_seconds:.0f} s …")
        with memory_samples(setup) as samples:
            steady = open_loop(setup.url, setup.arrive, texts, rate, run.size.soak_seconds)
            outcome = asyncio.run(steady)
    return Section("An hour of load", _body(outcome, rate, samples))


def _body(outcome: Outcome, rate: float, samples: Sequence[int]) -> str:
    step = max(1, (len(samples) - 1) // _ROWS)
    rows = [(f"{at / 60:.0f}", megabytes(samples[at])) for at in range(0, len(samples), step)]
    p50, p95, p99 = (outcome.at(share) for share in (0.5, 0.95, 0.99))
    largest = max(samples)
    reached = "yes" if largest < _ALLOWED else "no"
    return (
        f"{sum(outcome.statuses.values()):,} messages, {rate:.0f} a second, which is half of what {_CLIENTS} clients "
        f"that wait for their answers got; somebody new after every eight. Errors: {all_errors(outcome)}. "
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms.\n\n"
        f"{table(('after minutes', 'memory'), rows)}\n\n"
        f"Largest: {megabytes(largest)}; under 700 MB: {reached}."
    )
