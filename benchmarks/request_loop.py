"""Sends many questions, sequentially or from several clients at once."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx

from benchmarks.replies import Message
from benchmarks.visitors import OpenVisitor, Visitor, connection

CONVERSATION = 10
"""Messages per conversation."""


@dataclass(frozen=True)
class Timed:
    """Response messages and response time."""

    milliseconds: float
    messages: list[Message]


def ask_in_turn(
    base_url: str, open_visitor: OpenVisitor, texts: Sequence[str], conversation: int = CONVERSATION
) -> list[Timed]:
    """Ask with one client; opening a session is not timed."""
    timed: list[Timed] = []
    with connection(base_url) as http:
        visitors = _visitors(http, open_visitor, conversation)
        for text, visitor in zip(texts, visitors):
            since = time.perf_counter()
            messages = visitor.ask(text)
            timed.append(Timed((time.perf_counter() - since) * 1000, messages))
    return timed


def throughput(
    base_url: str, open_visitor: OpenVisitor, texts: Sequence[str], clients: int, seconds: float
) -> float:
    """Return answers per second for clients without think time; opening sessions counts."""
    since = time.perf_counter()
    until = since + seconds

    def keep_asking(number: int) -> int:
        with connection(base_url) as http:
            return _ask_until(until, _visitors(http, open_visitor, CONVERSATION), texts, number)

    with ThreadPoolExecutor(clients) as pool:
        answers = sum(pool.map(keep_asking, range(clients)))
    return answers / (time.perf_counter() - since)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def _ask_until(until: float, visitors: Iterator[Visitor], texts: Sequence[str], number: int) -> int:
    """Ask until a deadline, each client from its own offset in the texts; return the number of answers."""
    count = 0
    while time.perf_counter() < until:
        next(visitors).ask(texts[(number * 97 + count) % len(texts)])
        count += 1
    return count


def _visitors(http: httpx.Client, open_visitor: OpenVisitor, conversation: int) -> Iterator[Visitor]:
    """Yield the visitor for each message."""
    while True:
        yield from itertools.repeat(open_visitor(http), conversation)
