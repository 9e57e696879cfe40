"""Somebody who asks: through the website channel, or through Rasa's own REST channel."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from typing import Protocol

import httpx

from benchmarks.replies import Message


class Visitor(Protocol):
    """One person in one conversation."""

    def ask(self, text: str) -> list[Message]:
        """What the assistant says to it."""


OpenVisitor = Callable[[httpx.Client], Visitor]


class WebsiteVisitor:
    """Through the channel of protocol.md, in a session of their own."""

    def __init__(self, http: httpx.Client) -> None:
        """Opens the session."""
        token = http.post("/webhooks/website/session").raise_for_status().json()["token"]
        self._headers = {"Authorization": f"Bearer {token}"}
        self._http = http
        self._ids = itertools.count(1)

    def ask(self, text: str) -> list[Message]:
        body = {"id": str(next(self._ids)), "text": text}
        answer = self._http.post("/webhooks/website/messages", json=body, headers=self._headers)
        messages: list[Message] = answer.raise_for_status().json()["messages"]
        return messages


class RestVisitor:
    """Through the channel that `rasa init` writes into credentials.yml."""

    def __init__(self, http: httpx.Client) -> None:
        """The browser picks the conversation's id."""
        self._http = http
        self._sender = uuid.uuid4().hex

    def ask(self, text: str) -> list[Message]:
        answer = self._http.post("/webhooks/rest/webhook", json={"sender": self._sender, "message": text})
        messages: list[Message] = answer.raise_for_status().json()
        return messages


def connection(base_url: str) -> httpx.Client:
    """One client's kept-alive connection; proxies of the environment don't come between, certificates aren't read."""
    return httpx.Client(base_url=base_url, timeout=60, trust_env=False, verify=False)
