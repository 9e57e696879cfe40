"""Slack Web API client: retries, at most one post per second and channel, and no duplicate posts."""

from __future__ import annotations

import logging
import time
import uuid
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from assistant.channels.slack.blocks.posts import Post
from assistant.channels.slack.retry import NotDeliveredError, check_status, with_retries
from assistant.server.traffic.keyed_queue import Throttle

TIMEOUT = 20  # seconds per call
_MARK = "assistant_answer"
_SKEW = 120  # seconds of tolerated difference between Slack's clock and this one


class WebApi:
    """Client for one workspace."""

    def __init__(self, token: str, api_url: str) -> None:
        """Configure the client; no call is made before `open`."""
        self._token = token
        self._api_url = api_url
        self._pace = Throttle()
        self._session: aiohttp.ClientSession | None = None
        self.client: AsyncWebClient = self._client(None)

    async def open(self) -> None:
        """Open the connection pool in the running event loop."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        self.client = self._client(self._session)

    async def close(self) -> None:
        """Close the connection pool."""
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, **fields: Any) -> Any:
        """Call a method of slack_sdk's client, such as `users_info`, and return Slack's response."""
        return await with_retries(lambda: getattr(self.client, method)(**fields))

    async def post(self, channel: str, thread: str | None, post: Post) -> None:
        """Post a message once: if the response is lost, search the channel for the post before retrying."""
        mark = uuid.uuid4().hex
        since = time.time() - _SKEW
        fields = {
            **post.fields(),
            "channel": channel,
            "metadata": {"event_type": _MARK, "event_payload": {"id": mark}},
            "unfurl_links": False,
            "unfurl_media": False,
            **({"thread_ts": thread} if thread else {}),
        }

        async def once() -> None:
            await self._pace.wait(channel)
            await self.client.chat_postMessage(**fields)

        await with_retries(once, lambda: self._is_there(channel, thread, mark, since))

    async def post_to_one(self, channel: str, user: str, thread: str | None, post: Post) -> None:
        """Post an ephemeral message, visible only to this member of the channel."""
        fields: dict[str, Any] = {
            **post.fields(),
            "channel": channel,
            "user": user,
            **({"thread_ts": thread} if thread else {}),
        }

        async def once() -> None:
            await self._pace.wait(channel)
            await self.client.chat_postEphemeral(**fields)

        await with_retries(once)

    async def respond(self, response_url: str, body: dict[str, Any]) -> None:
        """Post to the response_url of a command or an interaction, which is valid for half an hour."""
        webhook = AsyncWebhookClient(
            response_url, session=self._session, logger=_quiet(), retry_handlers=[], timeout=TIMEOUT
        )

        async def once() -> None:
            answer = await webhook.send_dict(body)
            check_status(answer.status_code, answer)
            if answer.status_code != 200:  # expired, or used too often
                raise NotDeliveredError(f"response_url refused (status {answer.status_code})")

        await with_retries(once)

    async def _is_there(self, channel: str, thread: str | None, mark: str, since: float) -> bool:
        fields: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{since:.6f}",
            "limit": 100,
            "include_all_metadata": True,
        }
        if thread:
            found = await self.call("conversations_replies", ts=thread, **fields)
        else:
            found = await self.call("conversations_history", **fields)
        return any(_mark_of(message) == mark for message in found.get("messages") or [])

    def _client(self, session: aiohttp.ClientSession | None) -> AsyncWebClient:
        return AsyncWebClient(
            token=self._token,
            base_url=self._api_url,
            timeout=TIMEOUT,
            session=session,
            logger=_quiet(),
            retry_handlers=[],  # `with_retries` does that: these would repeat a post without checking for it
        )


def _mark_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return payload.get("id") if metadata.get("event_type") == _MARK else None


def _quiet() -> logging.Logger:
    """Return a logger at WARNING level; at DEBUG, slack_sdk logs every message."""
    logger = logging.getLogger("slack_sdk.quiet")
    logger.setLevel(logging.WARNING)
    return logger
