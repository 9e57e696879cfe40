"""Socket Mode: Bolt's adapter, connected in the background, for installations without a public URL."""

from __future__ import annotations

import asyncio

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from assistant.channels.slack.delivery import quiet_logger
from assistant.server.observability.log_redaction import cause

_log = structlog.get_logger("assistant.channels.slack.socket_mode")


class SocketMode:
    """A Socket Mode connection that reconnects automatically. What Bolt answers with 503 is sent again by Slack."""

    def __init__(self, app: AsyncApp, app_token: str, web: AsyncWebClient) -> None:
        """Prepare the connection, without connecting."""
        self._handler = AsyncSocketModeHandler(app, app_token, logger=quiet_logger(), web_client=web)
        self._connecting: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Start connecting in the background; slack_sdk retries and monitors the connection."""
        self._connecting = asyncio.create_task(self._connect())

    async def state(self) -> str:
        """Return `connected` or `disconnected`, for /health/ready."""
        return "connected" if await self._handler.client.is_connected() else "disconnected"

    async def close(self) -> None:
        """Close the connection."""
        if self._connecting is not None:
            self._connecting.cancel()
        await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def _connect(self) -> None:
        try:
            await self._handler.connect_async()  # type: ignore[no-untyped-call]
        except Exception as error:
            _log.error("Socket Mode connection failed; check SLACK_APP_TOKEN", cause=cause(error))
