"""Slack's side of Socket Mode: envelopes over a WebSocket, and their acknowledgements."""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from testbed.slack.journal import Journal
from testbed.slack.tickets import Tickets
from testbed.slack.workspace import APP

_DEBUG = {"host": "applink-1", "build_number": 10, "approximate_connection_time": 18060}


@dataclass
class SocketMode:
    """The connections that are open."""

    tickets: Tickets
    journal: Journal
    connections: list[web.WebSocketResponse] = field(default_factory=list)
    opened: int = 0
    """Connections so far."""
    refuses: bool = False
    """True if no connection is accepted."""
    _waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def routes(self) -> list[web.RouteDef]:
        """For aiohttp."""
        return [web.get("/socket", self._connect)]

    async def send(
        self, kind: str, payload: dict[str, Any], retry: tuple[int, str] | None, seconds: float
    ) -> bool:
        """One envelope; whether it was acknowledged in time."""
        if not self.connections:
            return False
        number = f"envelope-{next(self._numbers)}"
        envelope: dict[str, Any] = {
            "envelope_id": number,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry[0] if retry else 0, "retry_reason": retry[1] if retry else ""}
        self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            await self.connections[-1].send_json(envelope)
            await asyncio.wait_for(self._waiting[number], seconds)
        except (asyncio.TimeoutError, ConnectionError, RuntimeError):
            return False
        return True

    async def ask_to_leave(self, reason: str = "refresh_requested") -> None:
        """As Slack does every few hours."""
        for connection in list(self.connections):
            await connection.send_json({"type": "disconnect", "reason": reason, "debug_info": _DEBUG})
            await connection.close()

    def cut(self) -> None:
        """The connections break without a word."""
        for connection in list(self.connections):
            transport = connection._req.transport if connection._req is not None else None
            if transport is not None:
                transport.abort()

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if self.refuses or ticket not in self.tickets.sockets:
            return web.Response(status=408 if self.refuses else 403)
        self.tickets.sockets.remove(ticket)
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        await connection.send_json(
            {
                "type": "hello",
                "num_connections": len(self.connections) + 1,
                "debug_info": _DEBUG,
                "connection_info": {"app_id": APP},
            }
        )
        self.connections.append(connection)
        self.opened += 1
        try:
            await self._listen(connection)
        finally:
            self.connections.remove(connection)
        return connection

    async def _listen(self, connection: web.WebSocketResponse) -> None:
        async for message in connection:
            if message.type == WSMsgType.TEXT:
                self._acknowledge(message.data)

    def _acknowledge(self, data: str) -> None:
        try:
            said = json.loads(data)
        except ValueError:
            said = None
        if not isinstance(said, dict) or not set(said) <= {"envelope_id", "payload"}:
            self.journal.complaints.append(f"not an acknowledgement: {data[:80]!r}")
            return
        waiting = self._waiting.get(said.get("envelope_id", ""))
        if waiting is None:
            self.journal.complaints.append(f"acknowledges what was never sent: {data[:80]!r}")
        elif not waiting.done():
            waiting.set_result(said)
