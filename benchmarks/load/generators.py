"""Load generators with many visitors, each in its own conversation: a closed loop and an open one."""

from __future__ import annotations

import itertools
import queue
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from testbed.visitors import OpenVisitor, Visitor, connection, percentile, timed, visitors

TURNS = 8
"""Messages per visitor; afterwards a new one takes over."""
_MOST_WAITING = 256  # messages that may wait for an answer in the open loop


@dataclass
class Outcome:
    """Result of a load run."""

    milliseconds: list[float] = field(default_factory=list)
    """Response times of the answers."""
    errors: Counter[str] = field(default_factory=Counter)
    """Number of failed requests by status, or by kind of failure."""
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return len(self.milliseconds) / self.seconds

    def at(self, share: float) -> float:
        """Return the response time, in milliseconds, at this quantile."""
        return percentile(self.milliseconds, share) if self.milliseconds else float("nan")

    def ask(self, visitor: Visitor, text: str, late: float = 0.0) -> None:
        """Send a message and record how it went; `late` are milliseconds that it had to wait before."""
        try:
            self.milliseconds.append(timed(visitor, text).milliseconds + late)
        except httpx.HTTPStatusError as error:
            self.errors[str(error.response.status_code)] += 1
        except httpx.TransportError as error:
            self.errors[type(error).__name__] += 1


def closed_loop(
    url: str, open_visitor: OpenVisitor, texts: Sequence[str], clients: int, seconds: float
) -> Outcome:
    """Run clients that each send the next message as soon as the last is answered."""
    outcome, since = Outcome(), time.perf_counter()

    def keep_asking(number: int) -> None:
        with connection(url) as http:
            asking = visitors(http, open_visitor, TURNS)
            own = itertools.islice(itertools.cycle(texts), number * 97, None)
            for visitor, text in zip(asking, own):
                outcome.ask(visitor, text)
                if time.perf_counter() > since + seconds:
                    return

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(keep_asking, range(clients)))
    outcome.seconds = time.perf_counter() - since
    return outcome


def open_loop(
    url: str, open_visitor: OpenVisitor, texts: Sequence[str], rate: float, seconds: float
) -> Outcome:
    """Send messages at a constant rate, independent of the answers.

    Response times count from the moment at which a message was due, so that a slow server is not spared.
    """
    outcome, idle, since = Outcome(), queue.SimpleQueue[Iterator[Visitor]](), time.perf_counter()

    def ask(text: str, due: float) -> None:
        asking = idle.get() if not idle.empty() else visitors(http, open_visitor, TURNS)
        visitor = next(asking)
        outcome.ask(visitor, text, late=(time.perf_counter() - due) * 1000)
        idle.put(asking)

    with connection(url, _MOST_WAITING) as http, ThreadPoolExecutor(_MOST_WAITING) as pool:
        for number, text in zip(range(int(rate * seconds)), itertools.cycle(texts)):
            due = since + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            pool.submit(ask, text, due)
    outcome.seconds = time.perf_counter() - since
    return outcome
