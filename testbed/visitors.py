"""Clients of the website channel and of Rasa's REST channel."""

from __future__ import annotations

import itertools
import math
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

CONVERSATION = 10
"""Messages per conversation."""

Message = dict[str, Any]
Visitor = Callable[[str], list[Message]]
"""One person in one conversation: sends a message and returns the answers."""
OpenVisitor = Callable[[httpx.Client], Visitor]


@dataclass(frozen=True)
class Timed:
    """Response messages and response time."""

    milliseconds: float
    messages: list[Message]


def website_visitor(http: httpx.Client) -> Visitor:
    """Open a session of the website channel."""
    token = http.post("/webhooks/website/session").raise_for_status().json()["token"]
    headers, numbers = {"Authorization": f"Bearer {token}"}, itertools.count(1)

    def ask(text: str) -> list[Message]:
        body = {"id": str(next(numbers)), "text": text}
        answer = http.post("/webhooks/website/messages", json=body, headers=headers)
        messages: list[Message] = answer.raise_for_status().json()["messages"]
        return messages

    return ask


def rest_visitor(http: httpx.Client) -> Visitor:
    """Open a conversation of the REST channel, which `rasa init` configures; the client chooses its id."""
    sender = uuid.uuid4().hex

    def ask(text: str) -> list[Message]:
        answer = http.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})
        messages: list[Message] = answer.raise_for_status().json()
        return messages

    return ask


def connection(base_url: str, connections: int = 10) -> httpx.Client:
    """Open keep-alive connections without environment proxies or certificate verification."""
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    return httpx.Client(base_url=base_url, timeout=60, trust_env=False, verify=False, limits=limits)


def visitors(http: httpx.Client, open_visitor: OpenVisitor, conversation: int) -> Iterator[Visitor]:
    """Yield the visitor for each message: somebody new after every `conversation` messages."""
    while True:
        yield from itertools.repeat(open_visitor(http), conversation)


def ask_in_turn(
    base_url: str, open_visitor: OpenVisitor, texts: Sequence[str], conversation: int = CONVERSATION
) -> list[Timed]:
    """Ask with one client; opening a session is not timed."""
    with connection(base_url) as http:
        asked = zip(texts, visitors(http, open_visitor, conversation))
        return [timed(visitor, text) for text, visitor in asked]


def timed(visitor: Visitor, text: str) -> Timed:
    """Ask and return the answers with the time that they took."""
    since = time.perf_counter()
    messages = visitor(text)
    return Timed((time.perf_counter() - since) * 1000, messages)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]
