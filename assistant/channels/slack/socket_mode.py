"""Socket Mode: receives payloads over an outgoing WebSocket, for installations without a public URL."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import structlog
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from assistant.channels.slack.dispatcher import Dispatcher
from assistant.channels.slack.payloads import read_envelope
from assistant.server.observability.log_redaction import cause

_log = structlog.get_logger("assistant.channels.slack.socket_mode")


class SocketMode:
    """A Socket Mode connection that reconnects automatically."""

    def __init__(
        self, app_token: str, web: AsyncWebClient, reception: Callable[[], Dispatcher | None]
    ) -> None:
        """`reception` returns None while there is no model; payloads are then left to Slack's retries."""
        self._reception = reception
        logger = logging.getLogger("slack_sdk.socket_mode.quiet")
        logger.setLevel(logging.WARNING)  # at DEBUG it logs every message
        self._client = SocketModeClient(app_token=app_token, web_client=web, logger=logger)
        self._client.socket_mode_request_listeners.append(self._take_in)
        self._connecting: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Start connecting in the background; slack_sdk retries and monitors the connection."""
        self._connecting = asyncio.create_task(self._connect())

    async def state(self) -> str:
        """Return `connected` or `disconnected`, for /health/ready."""
        return "connected" if await self._client.is_connected() else "disconnected"

    async def close(self) -> None:
        """Close the connection."""
        if self._connecting is not None:
            self._connecting.cancel()
        await self._client.close()  # type: ignore[no-untyped-call]

    async def _connect(self) -> None:
        try:
            await self._client.connect()  # type: ignore[no-untyped-call]
        except Exception as error:
            _log.error("Socket Mode connection failed; check SLACK_APP_TOKEN", cause=cause(error))

    async def _take_in(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        incoming = read_envelope(request.type, request.payload or {})
        reception = self._reception()
        if reception is None:
            return
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        if incoming is None:
            _log.info("ignored", kind="envelope")
        else:
            reception.receive(incoming)
