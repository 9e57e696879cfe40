"""Calls of Slack's Web API: patient with limits and failures, one post a second in a channel, none twice."""

from __future__ import annotations

import asyncio
import logging
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from channels.slack.lanes import Pace
from channels.slack.posts import Post

_log = structlog.get_logger("channels.slack.web_api")

Call = Callable[[], Awaitable[Any]]
Check = Callable[[], Awaitable[bool]]

TIMEOUT = 20  # seconds for one call
ATTEMPTS = 8  # of a call that fails on Slack's side
LIMITED = 60  # of a call that is told to wait
_MARK = "assistant_answer"
_PASSING = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"}
)
_SKEW = 120  # seconds that Slack's clock and this machine's may differ by


class NotDeliveredError(Exception):
    """Slack didn't take a call, however often it was tried."""


class _TryAgain(Exception):  # noqa: N818  no error: a step of the loop
    """A call didn't work this time."""

    def __init__(self, seconds: float | None, is_doubtful: bool) -> None:
        super().__init__("try again")
        self.seconds = seconds
        self.is_doubtful = is_doubtful


class WebApi:
    """One workspace's Slack."""

    def __init__(self, token: str, api_url: str) -> None:
        """Nothing is called before `open`."""
        self._token = token
        self._api_url = api_url
        self._pace = Pace()
        self._session: aiohttp.ClientSession | None = None
        self.client: AsyncWebClient = self._client(None)

    async def open(self) -> None:
        """One connection pool, in the loop that is running now."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        self.client = self._client(self._session)

    async def close(self) -> None:
        """Ends the connections."""
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, **fields: Any) -> Any:
        """Slack's answer. `method` is a method of slack_sdk's client, such as `users_info`."""
        return await patiently(lambda: getattr(self.client, method)(**fields))

    async def post(self, channel: str, thread: str | None, post: Post) -> None:
        """Posts once. Where Slack's answer was lost, the channel is looked through before posting again."""
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

        await patiently(once, lambda: self._is_there(channel, thread, mark, since))

    async def post_to_one(self, channel: str, user: str, thread: str | None, post: Post) -> None:
        """Posts what only this member of the channel sees."""
        fields: dict[str, Any] = {
            **post.fields(),
            "channel": channel,
            "user": user,
            **({"thread_ts": thread} if thread else {}),
        }

        async def once() -> None:
            await self._pace.wait(channel)
            await self.client.chat_postEphemeral(**fields)

        await patiently(once)

    async def respond(self, response_url: str, body: dict[str, Any]) -> None:
        """Uses the address that Slack gave with a command or an interaction; it works for half an hour."""
        webhook = AsyncWebhookClient(
            response_url, session=self._session, logger=_quiet(), retry_handlers=[], timeout=TIMEOUT
        )

        async def once() -> None:
            answer = await webhook.send_dict(body)
            _check_status(answer.status_code, answer)
            if answer.status_code != 200:  # too late, or too often
                raise NotDeliveredError(f"response_url refused (status {answer.status_code})")

        await patiently(once)

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
            retry_handlers=[],  # `patiently` waits itself: it can't repeat a post without looking first
        )


async def patiently(call: Call, is_done: Check | None = None) -> Any:
    """Repeats a call for as long as Slack asks to wait or fails.

    `is_done` is asked where a failure leaves open whether the call worked; if it says so, None is returned.
    """
    failures = waits = 0
    while True:
        try:
            return await _tried(call)
        except _TryAgain as again:
            failures, waits = failures + (again.seconds is None), waits + (again.seconds is not None)
            if failures >= ATTEMPTS or waits >= LIMITED:
                raise NotDeliveredError(f"given up after {failures} failures and {waits} waits") from again
            await asyncio.sleep(_backoff(failures) if again.seconds is None else again.seconds)
            if again.is_doubtful and is_done is not None and await _known(is_done):
                return None


async def _tried(call: Call) -> Any:
    try:
        return await call()
    except SlackApiError as error:
        _check_status(_status(error.response), error.response)
        if _reason(error) in _PASSING:
            raise _TryAgain(None, True) from error
        raise
    except (aiohttp.ClientConnectorError, aiohttp.ClientConnectorSSLError) as error:
        raise _TryAgain(None, False) from error  # not even connected
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:  # ValueError: no JSON
        raise _TryAgain(None, True) from error


def _check_status(status: int, response: Any) -> None:
    if status == 429:
        raise _TryAgain(_retry_after(response), False)
    if status >= 500:
        raise _TryAgain(None, True)


def _status(response: Any) -> int:
    """Of slack_sdk's answer, or of aiohttp's where the body was no JSON."""
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0))


async def _known(is_done: Check) -> bool:
    try:
        return await is_done()
    except (SlackApiError, NotDeliveredError):
        _log.warning("can't see whether a post arrived, so it is posted again")
        return False


def _reason(error: SlackApiError) -> str:
    get = getattr(error.response, "get", None)
    return str(get("error", "")) if get is not None else ""


def _retry_after(response: Any) -> float:
    headers = {str(key).lower(): value for key, value in dict(response.headers).items()}
    try:
        return max(0.0, float(headers.get("retry-after", 1)))
    except (TypeError, ValueError):
        return 1.0


def _backoff(failures: int) -> float:
    return min(30.0, 0.25 * float(2**failures)) * random.uniform(0.75, 1.25)


def _mark_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return payload.get("id") if metadata.get("event_type") == _MARK else None


def _quiet() -> logging.Logger:
    """slack_sdk's own logger writes every message out when it may."""
    logger = logging.getLogger("slack_sdk.quiet")
    logger.setLevel(logging.WARNING)
    return logger
