"""HTTP proxy between browser and assistant that fails on demand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

from aiohttp import ClientSession, web

Messages = list[dict[str, Any]]
_PROBLEM = "application/problem+json"
_LONGEST_WAIT = 60  # seconds
_FRAMING = {"content-length", "transfer-encoding", "connection", "keep-alive"}
_HOP = _FRAMING | {"content-encoding", "date"}


@dataclass(frozen=True)
class Refusal:
    """An answer that isn't the assistant's."""

    status: int
    retry_after: int | None = None
    readable: bool = True
    """Headers for other origins, which may read the assistant's own errors, and not a stranger's."""


@dataclass
class Mood:
    """Faults from now on; none by default."""

    refusals: list[Refusal] = field(default_factory=list)
    """With these the next sent messages are answered, the assistant not asked."""
    lost_answers: int = 0
    """So many messages reach the assistant, but the answer doesn't come back."""
    rewrite: Callable[[Messages], Messages] | None = None
    """Changes what the assistant says."""
    slowness: float = 0.0
    """Seconds that each sent message waits."""
    let_through: Event | None = None
    """Until this is set, sent messages wait, so that a test can look at a page that waits."""


@dataclass(frozen=True)
class Passed:
    """One answer that went to a browser."""

    method: str
    path: str
    size: int
    """Bytes of the body on the wire."""


class MoodyProxy:
    """Listens on a free port, in a thread of its own."""

    def __init__(self, target: str) -> None:
        """Waits until it listens; `target` is the assistant's origin."""
        self.target = target
        self.mood = Mood()
        self.sent: list[dict[str, Any]] = []
        """Bodies of the messages that browsers have sent, refused ones too."""
        self.passed: list[Passed] = []
        self.origin = ""
        self._listening = Event()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._listening.wait(10)

    def calm(self) -> None:
        """Forgets what it was told and what it has seen."""
        self.mood = Mood()
        self.sent = []
        self.passed = []

    def stop(self) -> None:
        """Stops listening."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._loop.run_forever()

    async def _start(self) -> None:
        self._http = ClientSession(auto_decompress=False)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._listening.set()

    async def _end(self) -> None:
        await self._http.close()
        await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        sends = request.method == "POST" and request.path.endswith("/messages")
        if sends:
            self.sent.append(json.loads(body))
            await asyncio.sleep(self.mood.slowness)
            if self.mood.let_through:
                await asyncio.to_thread(self.mood.let_through.wait, _LONGEST_WAIT)
            if self.mood.refusals:
                return _refused(request, self.mood.refusals.pop(0))
        answer = await self._ask(request, body)
        if sends and self.mood.lost_answers:
            self.mood.lost_answers -= 1
            assert request.transport is not None
            request.transport.abort()
        return answer

    async def _ask(self, request: web.Request, body: bytes) -> web.Response:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        address = f"{self.target}{request.rel_url}"
        async with self._http.request(request.method, address, headers=headers, data=body) as answer:
            content = await answer.read()
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _FRAMING}
            if self.mood.rewrite and request.path.endswith("/messages") and answer.status == 200:
                said = self.mood.rewrite(json.loads(content)["messages"])
                content = json.dumps({"messages": said}).encode()
        self.passed.append(Passed(request.method, request.path, len(content)))
        return web.Response(status=answer.status, body=content, headers=kept)


def _refused(request: web.Request, refusal: Refusal) -> web.Response:
    status = refusal.status
    problem = {"type": "about:blank", "title": "Refused", "status": status, "detail": "Refused for a test."}
    headers = {}
    if refusal.readable:
        headers["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")
        headers["Access-Control-Expose-Headers"] = "Retry-After"
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    body = json.dumps(problem).encode()
    return web.Response(status=status, body=body, content_type=_PROBLEM, headers=headers)
