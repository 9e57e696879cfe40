"""Delivery of payloads to the app, signed over HTTP or through Socket Mode, with retries."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from testbed.slack.journal import Attempt, Delivery, Journal
from testbed.slack.socket_mode import SocketMode

TIMEOUT = 3.0
"""Seconds that Slack waits for an acknowledgement."""
_ENVELOPES = {"event": "events_api", "interactive": "interactive", "command": "slash_commands"}


@dataclass
class Deliveries:
    """The way to one assistant."""

    secret: str
    journal: Journal
    sockets: SocketMode
    addresses: tuple[str, ...] = ()
    """Of the assistant's endpoints, which take turns; Socket Mode where there is none."""
    pauses: tuple[float, ...] = (0.05, 0.5, 2.0)
    """Seconds before an event comes again; with the real Slack about none, 60 and 300."""
    _http: aiohttp.ClientSession | None = None
    _turns: Iterator[str] = field(default_factory=lambda: iter(()))

    def speak_to(self, *addresses: str) -> None:
        """From now on, as a load balancer does."""
        self.addresses = addresses
        self._turns = itertools.cycle(addresses)

    async def open(self) -> None:
        """Has to be called in the loop that delivers."""
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))

    async def close(self) -> None:
        """Nothing is delivered any more."""
        if self._http is not None:
            await self._http.close()

    async def deliver(
        self, kind: str, payload: dict[str, Any], headers: dict[str, str] | None = None
    ) -> Delivery:
        """Until it is acknowledged or given up; only events come again."""
        delivery = Delivery(kind, payload)
        self.journal.deliveries.append(delivery)
        retry: tuple[int, str] | None = None
        for number, pause in enumerate((*self.pauses, None), 1):
            attempt = await self._attempt(delivery, retry, headers or {})
            delivery.attempts.append(attempt)
            if (
                delivery.is_acknowledged
                or kind != "event"
                or pause is None
                or attempt.headers.get("X-Slack-No-Retry")
            ):
                break
            retry = (number, "http_timeout" if attempt.status == 0 else "http_error")
            await asyncio.sleep(pause)
        return delivery

    async def post(self, body: bytes, headers: dict[str, str]) -> Attempt:
        """A request as it is, which need not be Slack's."""
        assert self._http is not None
        since = time.perf_counter()
        try:
            async with self._http.post(next(self._turns), data=body, headers=headers) as answer:
                text = await answer.text()
                return Attempt(dict(answer.headers), answer.status, text, time.perf_counter() - since)
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return Attempt({}, 0, "", time.perf_counter() - since)

    async def _attempt(
        self, delivery: Delivery, retry: tuple[int, str] | None, more: dict[str, str]
    ) -> Attempt:
        if not self.addresses:
            return await self._through_socket(delivery, retry)
        body, content_type = written(delivery.kind, delivery.payload)
        headers = {**signed(self.secret, body), "Content-Type": content_type, **more}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        attempt = await self.post(body, headers)
        if delivery.kind == "interactive" and attempt.body:
            self._look_at(attempt.body)
        return attempt

    async def _through_socket(self, delivery: Delivery, retry: tuple[int, str] | None) -> Attempt:
        since = time.perf_counter()
        done = await self.sockets.send(_ENVELOPES[delivery.kind], delivery.payload, retry, TIMEOUT)
        return Attempt({}, 200 if done else 0, "", time.perf_counter() - since)

    def _look_at(self, body: str) -> None:
        try:
            known = set(json.loads(body)) <= {"response_action", "errors", "view"}
        except ValueError:
            known = False
        if not known:
            self.journal.complaints.append(f"an interaction is not answered like this: {body[:80]!r}")


def written(kind: str, payload: dict[str, Any]) -> tuple[bytes, str]:
    """The body and its type, as Slack sends them."""
    if kind == "event":
        return json.dumps(payload, ensure_ascii=False).encode(), "application/json"
    form = payload if kind == "command" else {"payload": json.dumps(payload, ensure_ascii=False)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def signed(secret: str, body: bytes, at: float | None = None) -> dict[str, str]:
    """The headers with which Slack proves that it is Slack."""
    moment = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={signature}"}
