"""Connections with a ceiling per address, deadlines for slow requests, and strict reading.

Sanic's own timeouts start again with each byte that arrives, so that a request may take for ever.
assistant/server/rasa/compatibility.py lists the parts of Sanic that this relies on.
"""

from __future__ import annotations

import resource
from asyncio import TimerHandle
from collections import Counter
from typing import Any

import sanic.app
from sanic import Sanic
from sanic.exceptions import InvalidUsage, PayloadTooLarge, RequestTimeout
from sanic.http import HTTP_CONTINUE, Http
from sanic.server.protocols.http_protocol import HttpProtocol

from assistant.server.http.addresses import network_of
from assistant.server.http.security_headers import SECURITY_HEADERS
from assistant.server.http.strict_head import check_beginning, check_head, size_of_chunk
from assistant.server.problems import CONTENT_TYPE, problem_response

RESPONSE_WITHIN = 60  # seconds for a reader to take the next part of a response
_MOST = 256  # connections of one address, if the process may open enough files


def install(app: Sanic) -> None:
    """Let the application use `GuardedProtocol`. Rasa starts it, and names no protocol."""
    app.ctx.open_connections = Counter()
    app.config.RESPONSE_TIMEOUT = RESPONSE_WITHIN  # Rasa sets an hour
    sanic.app.HttpProtocol = GuardedProtocol  # type: ignore[attr-defined]


def ceiling_of(app: Sanic) -> int | None:
    """Return the number of connections that an address may have; None behind a proxy, which has all of them."""
    if app.config.PROXIES_COUNT:
        return None
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return app.ctx.server_settings.connections_per_address or max(1, min(_MOST, files // 2))


class StrictHttp(Http):
    """Reads requests whose bytes have been checked."""

    __slots__ = ("_timer",)

    def __init__(self, protocol: GuardedProtocol) -> None:
        """Sanic calls this for each connection."""
        super().__init__(protocol)  # type: ignore[no-untyped-call]
        self._timer: TimerHandle | None = None

    async def http1_request_header(self) -> None:
        """Receive a whole head in time, check it, and leave it to Sanic."""
        self._start_timer()
        try:
            check_head(await self._receive_head())
        finally:
            self._stop_timer()
        await super().http1_request_header()  # type: ignore[no-untyped-call]
        self.upgrade_websocket = False  # there are none, and Sanic drops all timeouts for them

    async def read(self) -> bytes | None:
        """Return the next part of the body, which has to be complete in time; None at its end."""
        if self._timer is None:
            self._start_timer()
        try:
            if self.request_body == "chunked" and not self.request_bytes_left:
                await self._receive_chunk_head()
            part: bytes | None = await super().read()
        except Exception:
            self._stop_timer()
            raise
        if not self.request_body:
            self._stop_timer()
        return part

    async def _receive_head(self) -> bytes:
        buffer, position = self.recv_buffer, 0
        while (end := buffer.find(b"\r\n\r\n", position)) < 0:
            check_beginning(buffer)
            if len(buffer) >= self.HEADER_MAX_SIZE:
                raise PayloadTooLarge("Request header exceeds the size limit")
            position = max(0, len(buffer) - 3)
            await self._receive_more()
        return bytes(buffer[:end])

    async def _receive_chunk_head(self) -> None:
        if self.expecting_continue:
            self.expecting_continue = False
            await self._send(HTTP_CONTINUE)
        try:
            while size_of_chunk(self.recv_buffer) is None:
                await self._receive_more()
        except InvalidUsage:
            self.keep_alive, self.request_body = False, None  # nothing after it can be told apart
            raise

    def _start_timer(self) -> None:
        seconds = self.protocol.app.ctx.server_settings.request_seconds
        self._timer = self.protocol.loop.call_later(seconds, self.protocol.give_up)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class GuardedProtocol(HttpProtocol):
    """A connection, one of a limited number of its address."""

    __slots__ = ("_address",)

    def __init__(self, **given: Any) -> None:
        """Sanic calls this for each connection, with keyword arguments."""
        super().__init__(**given)
        self._address: str | None = None

    def connection_made(self, transport: Any) -> None:
        """Accept the connection, or say why not."""
        address, ceiling = _network(transport), ceiling_of(self.app)
        if ceiling is not None and self.app.ctx.open_connections[address] >= ceiling:
            transport.write(_refusal())
            transport.close()
            return
        self._address = address
        self.app.ctx.open_connections[address] += 1
        super().connection_made(transport)  # type: ignore[no-untyped-call]

    def connection_lost(self, exc: Exception | None) -> None:
        """Give up the place."""
        if self._address is not None:
            _release(self.app.ctx.open_connections, self._address)
            self._address = None
        super().connection_lost(exc)  # type: ignore[no-untyped-call]

    def data_received(self, data: bytes) -> None:
        """Receive more, unless the connection was refused."""
        if self._address is not None:
            super().data_received(data)

    def give_up(self) -> None:
        """End a request that did not arrive in time with 408, and the connection with it."""
        if self._task is not None and self._http is not None:
            self._http.exception = RequestTimeout("Request Timeout")
            self._task.cancel()

    def _setup_connection(self) -> None:
        super()._setup_connection()  # type: ignore[no-untyped-call]
        self._http = StrictHttp(self)


def _network(transport: Any) -> str:
    peer = transport.get_extra_info("peername")
    return network_of(str(peer[0])) if peer else ""


def _release(connections: Counter[str], address: str) -> None:
    connections[address] -= 1
    if not connections[address]:
        del connections[address]


def _refusal() -> bytes:
    response = problem_response("too_many_connections", {"Retry-After": "5"})
    headers = {**SECURITY_HEADERS, **response.headers, "Content-Type": CONTENT_TYPE, "Connection": "close"}
    body = response.body or b""
    lines = [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join(["HTTP/1.1 429 Too Many Requests", *lines, f"Content-Length: {len(body)}"])
    return head.encode() + b"\r\n\r\n" + body
