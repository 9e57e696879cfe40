"""Load generators with many visitors, each in its own conversation: a closed loop and an open one."""

from __future__ import annotations

import asyncio
import itertools
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

import httpx

from benchmarks.request_loop import percentile

TURNS = 8
"""Messages per visitor; afterwards a new one takes over."""

Ask = Callable[[str], Awaitable[httpx.Response]]
Arrive = Callable[[httpx.AsyncClient], Awaitable[Ask]]
"""Opens a session for a new visitor."""


@dataclass
class Outcome:
    """Result of a load run."""

    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return self.statuses["200"] / self.seconds

    @property
    def errors(self) -> int:
        """Number of failed requests."""
        return sum(self.statuses.values()) - self.statuses["200"]

    def at(self, share: float) -> float:
        """Return the response time, in milliseconds, at this quantile."""
        return percentile(self.milliseconds, share) if self.milliseconds else float("nan")


async def arrive_at_website(http: httpx.AsyncClient) -> Ask:
    """Open a session of the website channel."""
    token = (await http.post("/webhooks/website/session")).raise_for_status().json()["token"]
    numbers = itertools.count(1)

    async def ask(text: str) -> httpx.Response:
        body = {"id": str(next(numbers)), "text": text}
        headers = {"Authorization": f"Bearer {token}"}
        return await http.post("/webhooks/website/messages", json=body, headers=headers)

    return ask


async def arrive_at_rest(http: httpx.AsyncClient) -> Ask:
    """Open a conversation of Rasa's REST channel, where the client chooses the id."""
    sender = uuid.uuid4().hex

    async def ask(text: str) -> httpx.Response:
        return await http.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})

    return ask


async def closed_loop(
    url: str, arrive: Arrive, texts: Sequence[str], clients: int, seconds: float
) -> Outcome:
    """Run clients that each send the next message as soon as the last is answered."""
    outcome, pool = Outcome(), itertools.cycle(texts)
    since = time.perf_counter()

    async def be_a_client(http: httpx.AsyncClient) -> None:
        while time.perf_counter() - since < seconds:
            ask = await arrive(http)
            for text in itertools.islice(pool, TURNS):
                await _take_time(ask, text, outcome)

    async with _connections(url) as http:
        await asyncio.gather(*(be_a_client(http) for _ in range(clients)))
    outcome.seconds = time.perf_counter() - since
    return outcome


async def open_loop(url: str, arrive: Arrive, texts: Sequence[str], rate: float, seconds: float) -> Outcome:
    """Send messages at a constant rate, independent of the answers, so that a slow server is not spared."""
    outcome, pool = Outcome(), itertools.cycle(texts)
    since = time.perf_counter()
    async with _connections(url) as http:
        waiting: set[asyncio.Task[None]] = set()
        idle: list[Iterator[Ask]] = []
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, since + number / rate - time.perf_counter()))
            task = asyncio.create_task(_one(http, arrive, next(pool), idle, outcome))
            waiting.add(task)
            task.add_done_callback(waiting.discard)
        await asyncio.gather(*waiting)
    outcome.seconds = time.perf_counter() - since
    return outcome


async def _one(
    http: httpx.AsyncClient, arrive: Arrive, text: str, idle: list[Iterator[Ask]], outcome: Outcome
) -> None:
    visitor = idle.pop() if idle else itertools.repeat(await arrive(http), TURNS)
    ask = next(visitor, None)
    if ask is None:
        visitor = itertools.repeat(await arrive(http), TURNS)
        ask = next(visitor)
    await _take_time(ask, text, outcome)
    idle.append(visitor)


async def _take_time(ask: Ask, text: str, outcome: Outcome) -> None:
    since = time.perf_counter()
    try:
        status = str((await ask(text)).status_code)
    except httpx.TransportError as error:
        status = type(error).__name__
    outcome.statuses[status] += 1
    if status == "200":
        outcome.milliseconds.append((time.perf_counter() - since) * 1000)


def _connections(url: str) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=512, max_keepalive_connections=512)
    return httpx.AsyncClient(base_url=url, timeout=60, trust_env=False, verify=False, limits=limits)
