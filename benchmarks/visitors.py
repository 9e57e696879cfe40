"""Clients of the website channel and of Rasa's REST channel."""

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
        """Send a message and return the answers."""


OpenVisitor = Callable[[httpx.Client], Visitor]


class WebsiteVisitor:
    """Client of the website channel, with its own session."""

    def __init__(self, http: httpx.Client) -> None:
        """Open the session."""
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
    """Client of the REST channel, which `rasa init` writes into credentials.yml."""

    def __init__(self, http: httpx.Client) -> None:
        """Choose the conversation's id, as this channel requires."""
        self._http = http
        self._sender = uuid.uuid4().hex

    def ask(self, text: str) -> list[Message]:
        answer = self._http.post("/webhooks/rest/webhook", json={"sender": self._sender, "message": text})
        messages: list[Message] = answer.raise_for_status().json()
        return messages


def connection(base_url: str) -> httpx.Client:
    """Open a keep-alive connection without environment proxies or certificate verification."""
    return httpx.Client(base_url=base_url, timeout=60, trust_env=False, verify=False)
