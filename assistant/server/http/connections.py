"""Connections with a ceiling per address, deadlines for slow requests, and strict reading.

Sanic's own timeouts start again with each byte that arrives, so that a request may take for ever; and Sanic 21.12
accepts much that proxies understand in another way (RFC 9112, sections 2, 5, 6 and 11.2). Whatever two programs may
read differently is refused. assistant/server/rasa/compatibility.py lists the parts of Sanic that this relies on.
"""

from __future__ import annotations

import re
import resource
from asyncio import TimerHandle
from collections import Counter
from typing import Any, Final

import sanic.app
from httptools import HttpParserError
from sanic import Sanic
from sanic.exceptions import InvalidUsage, PayloadTooLarge, RequestTimeout
from sanic.http import HTTP_CONTINUE, Http
from sanic.request import Request
from sanic.server.protocols.http_protocol import HttpProtocol

from assistant.server.http.middleware import SECURITY_HEADERS, network_of
from assistant.server.problems import CONTENT_TYPE, problem_response

RESPONSE_WITHIN = 60  # seconds for a reader to take the next part of a response
_MOST = 256  # connections of one address, if the process may open enough files
_NO_REQUEST = "NONE"  # method of Sanic's placeholder for a request whose head cannot be parsed
_TOKEN: Final = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_REQUEST = re.compile(rb"(?:%b /[!-\"$-~]*|OPTIONS \*) HTTP/1\.([01])" % _TOKEN)
_FIELD = re.compile(rb"(%b):([\t -~]*)" % _TOKEN)
_LENGTH = re.compile(rb"[0-9]{1,10}")
_CHUNK = re.compile(rb"\r\n([0-9A-Fa-f]{1,8})")
_LONE_BREAK = re.compile(rb"(?<!\r)\n")
_LONGEST_CHUNK_HEAD = 64  # bytes
_ONCE: Final = (
    b"authorization",
    b"content-length",
    b"content-type",
    b"expect",
    b"host",
    b"origin",
    b"transfer-encoding",
    b"x-forwarded-host",
    b"x-forwarded-proto",
)


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


class StrictRequest(Request):
    """Rejects requests whose address cannot be parsed."""

    def __init__(self, url_bytes: bytes, headers: Any, version: str, method: str, **rest: Any) -> None:
        """Parse the address. Sanic calls this once the head has been read, with keyword arguments."""
        try:
            super().__init__(url_bytes, headers, version, method, **rest)
        except HttpParserError:
            if method != _NO_REQUEST:
                raise InvalidUsage("Bad address") from None
            super().__init__(b"/", headers, version, method, **rest)


def check_beginning(part: bytearray) -> None:
    """Refuse a head that is not complete yet and never will be, as its lines end in another way."""
    if _LONE_BREAK.search(part):
        raise InvalidUsage("Unclear end of a line")


def check_head(head: bytes) -> None:
    """Raise `InvalidUsage` unless the request line and the headers can be read in one way only; ASCII alone can."""
    line, *lines = head.split(b"\r\n")
    request = _REQUEST.fullmatch(line)
    fields = [_FIELD.fullmatch(each) for each in lines]
    if request is None or None in fields:
        raise InvalidUsage("Unclear head")
    headers = [(field[1].lower(), field[2].strip(b" \t")) for field in fields if field is not None]
    _check_counts(Counter(name for name, _ in headers), version=int(request[1]))
    _check_length(dict(headers), version=int(request[1]))


def size_of_chunk(part: bytearray) -> int | None:
    """Return the size that the next chunk announces, or None if there is not enough to tell.

    `part` begins with the end of the line before. Extensions and trailers are refused.
    """
    end = part.find(b"\r\n", 2)
    if end < 0 and len(part) <= _LONGEST_CHUNK_HEAD:
        return None
    size = _CHUNK.fullmatch(bytes(part[: max(end, 0)]))
    if size is None:
        raise InvalidUsage("Unclear chunk")
    is_last = int(size[1], 16) == 0
    if is_last and len(part) < end + 4:
        return None
    if is_last and part[end : end + 4] != b"\r\n\r\n":
        raise InvalidUsage("Unclear end of the body")
    return int(size[1], 16)


def _check_counts(times: Counter[bytes], version: int) -> None:
    if any(times[name] > 1 for name in _ONCE) or (version == 1 and not times[b"host"]):
        raise InvalidUsage("Unclear headers")


def _check_length(headers: dict[bytes, bytes], version: int) -> None:
    length, coding = headers.get(b"content-length"), headers.get(b"transfer-encoding")
    if length is not None and (coding is not None or not _LENGTH.fullmatch(length)):
        raise InvalidUsage("Unclear length of the body")
    if coding is not None and (coding != b"chunked" or version == 0):
        raise InvalidUsage("Unclear length of the body")
