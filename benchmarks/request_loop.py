"""Asking many questions: one after the other, or by several clients at once."""

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
"""Messages until somebody new asks."""


@dataclass(frozen=True)
class Timed:
    """What came back, and how long it took."""

    milliseconds: float
    messages: list[Message]


def ask_in_turn(
    base_url: str, open_visitor: OpenVisitor, texts: Sequence[str], conversation: int = CONVERSATION
) -> list[Timed]:
    """One client; opening a session is not timed."""
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
    """Answers per second to clients that each ask as soon as they were answered; opening sessions counts."""
    since = time.perf_counter()
    until = since + seconds

    def keep_asking(number: int) -> int:
        with connection(base_url) as http:
            return _ask_until(until, _visitors(http, open_visitor, CONVERSATION), texts, number)

    with ThreadPoolExecutor(clients) as pool:
        answers = sum(pool.map(keep_asking, range(clients)))
    return answers / (time.perf_counter() - since)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def _ask_until(until: float, visitors: Iterator[Visitor], texts: Sequence[str], number: int) -> int:
    """Each client begins elsewhere in the texts; how many answers it got."""
    count = 0
    while time.perf_counter() < until:
        next(visitors).ask(texts[(number * 97 + count) % len(texts)])
        count += 1
    return count


def _visitors(http: httpx.Client, open_visitor: OpenVisitor, conversation: int) -> Iterator[Visitor]:
    """Who asks each of the messages."""
    while True:
        yield from itertools.repeat(open_visitor(http), conversation)
