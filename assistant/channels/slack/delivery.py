"""Slack's Web API with retries, and the posting of answers: once each, where they were asked for."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ActionsBlock, ButtonElement
from slack_sdk.web.async_client import AsyncWebClient

from assistant.channels.slack.blocks.answer import Part, Post, parts_of, posts_of, sentence
from assistant.channels.slack.blocks.buttons import Ids
from assistant.channels.slack.blocks.text import mrkdwn
from assistant.channels.slack.conversations import CalendarUrls, ConversationClient, People
from assistant.channels.slack.settings import TEXTS, Settings
from assistant.core.protocol import Message
from assistant.server.messages import apology
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.traffic.deduplication import Deduplicator
from assistant.server.traffic.queues import Throttle
from assistant.server.traffic.retries import NotDeliveredError, TryAgainError, with_retries

_log = structlog.get_logger("assistant.channels.slack.delivery")

Check = Callable[[], Awaitable[bool]]

TIMEOUT = 20  # seconds per call
_EVENT_TYPE = "assistant_answer"
_SKEW = 120  # seconds of tolerated difference between Slack's clock and this one
_TEMPORARY = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"}
)


class WebApi:
    """Web API client for one workspace: retries, and at most one post per second and channel."""

    def __init__(self, settings: Settings) -> None:
        """Configure the client; no call is made before `open`."""
        self._settings = settings
        self._throttle = Throttle()
        self._session: aiohttp.ClientSession | None = None
        self.client: AsyncWebClient = self._client()

    async def open(self) -> None:
        """Open the connection pool in the running event loop."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        self.client = self._client()

    async def close(self) -> None:
        """Close the connection pool."""
        if self._session is not None:
            await self._session.close()

    async def call(
        self, method: str, *, within: float | None = None, is_done: Check | None = None, **fields: Any
    ) -> Any:
        """Call a method of slack_sdk's client, such as `users_info`, and return Slack's response.

        `is_done` is for what must not be done twice: after a lost response it says whether it was done.
        """
        return await with_retries(lambda: self._attempt(method, fields), is_done, within)

    async def post(self, channel: str, thread: str | None, post: Post) -> None:
        """Post a message once: if the response is lost, search the channel for the post before retrying."""
        id_, since = uuid.uuid4().hex, time.time() - _SKEW
        fields = {
            **post.fields(),
            "channel": channel,
            "metadata": {"event_type": _EVENT_TYPE, "event_payload": {"id": id_}},
            "unfurl_links": False,
            "unfurl_media": False,
            **({"thread_ts": thread} if thread else {}),
        }

        async def attempt() -> None:
            await self._throttle.wait(channel)
            await self._attempt("chat_postMessage", fields)

        await with_retries(attempt, lambda: self._is_posted(channel, thread, id_, since))

    async def post_ephemeral(self, channel: str, user: str, thread: str | None, post: Post) -> None:
        """Post a message that is visible only to this member of the channel."""
        fields = {**post.fields(), "channel": channel, "user": user}
        fields |= {"thread_ts": thread} if thread else {}

        async def attempt() -> None:
            await self._throttle.wait(channel)
            await self._attempt("chat_postEphemeral", fields)

        await with_retries(attempt)

    async def respond(self, response_url: str, body: Mapping[str, Any]) -> None:
        """Post to the response_url of a command or an interaction, which is valid for half an hour.

        Raises:
            NotDeliveredError: the URL is not Slack's, has expired or was used too often.
        """
        if not self._settings.is_response_url(response_url):
            raise NotDeliveredError("response_url is not on Slack's host")
        await with_retries(lambda: self._respond(response_url, body))

    async def _respond(self, response_url: str, body: Mapping[str, Any]) -> None:
        assert self._session is not None, "open() comes first"
        with _translated_errors():
            async with self._session.post(response_url, json=body, allow_redirects=False) as response:
                _check_status(response.status, response.headers)
                if response.status != 200:
                    raise NotDeliveredError(f"response_url refused (status {response.status})")

    async def _attempt(self, method: str, fields: dict[str, Any]) -> Any:
        with _translated_errors():
            return await getattr(self.client, method)(**fields)

    async def _is_posted(self, channel: str, thread: str | None, id_: str, since: float) -> bool:
        fields: dict[str, Any] = {"channel": channel, "oldest": f"{since:.6f}", "limit": 100}
        fields |= {"include_all_metadata": True}
        try:
            if thread:
                found = await self.call("conversations_replies", ts=thread, **fields)
            else:
                found = await self.call("conversations_history", **fields)
        except (SlackApiError, NotDeliveredError):
            _log.warning("post_unconfirmed_retrying")
            return False
        return any(_id_of(message) == id_ for message in found.get("messages") or [])

    def _client(self) -> AsyncWebClient:
        return AsyncWebClient(
            token=self._settings.bot_token,
            base_url=self._settings.api_url,
            timeout=TIMEOUT,
            session=self._session,
            logger=quiet_logger(),
            retry_handlers=[],  # slack_sdk's own would repeat a post without looking for it
        )


def quiet_logger() -> logging.Logger:
    """Return the logger of slack_sdk and Bolt, which log what people wrote below ERROR."""
    logger = logging.getLogger("assistant.channels.slack.library")
    logger.setLevel(logging.ERROR)
    return logger


def refusal(error: BaseException) -> str | None:
    """Return Slack's error code, such as `not_in_channel`, or None for other errors."""
    get = getattr(getattr(error, "response", None), "get", None)
    return str(get("error", "")) if get is not None else None


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Raise `TryAgainError` for errors that may pass."""
    try:
        yield
    except SlackApiError as error:
        response: Any = error.response  # slack_sdk's, or aiohttp's if the body was not JSON
        _check_status(getattr(response, "status_code", 0) or getattr(response, "status", 0), response.headers)
        if refusal(error) in _TEMPORARY:
            raise TryAgainError(is_doubtful=True) from error
        raise
    except aiohttp.ClientConnectorError as error:  # not even connected
        raise TryAgainError from error
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:  # ValueError: no JSON
        raise TryAgainError(is_doubtful=True) from error


def _check_status(status: int, headers: Mapping[str, str]) -> None:
    if status == 429:
        raise TryAgainError(_retry_after(headers))
    if status >= 500:
        raise TryAgainError(is_doubtful=True)


def _retry_after(headers: Mapping[str, str]) -> float:
    found = {str(name).lower(): value for name, value in headers.items()}
    try:
        return max(0.0, float(found.get("retry-after", 1)))
    except (TypeError, ValueError):
        return 1.0


def _id_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return payload.get("id") if metadata.get("event_type") == _EVENT_TYPE else None


@dataclass(frozen=True)
class Delivery:
    """Parts shared by all listeners: the Web API, people, conversations, and the posting of answers."""

    web: WebApi
    people: People
    conversations: ConversationClient
    deduplicator: Deduplicator
    calendars: CalendarUrls

    async def deliver(self, ref: ConversationRef, turn: str, answer: Sequence[Message]) -> None:
        """Post an answer where it was asked for; personal parts are visible to the person only."""
        parts = parts_of(answer)
        if ref.kind == "dm":
            await self._post(ref, self._posts(ref, turn, parts))
        elif ref.kind == "thread":
            personal = [part for part in parts if ref.is_private or part.is_personal]
            await self._post(ref, self._posts(ref, turn, [p for p in parts if p not in personal]))
            await self.tell_privately(ref, self._posts(ref, turn, personal, has_feedback=False))
        elif ref.kind == "command":
            await self.tell_privately(ref, self.private_posts(ref, turn, parts, can_share=True))

    async def tell(self, ref: ConversationRef, *posts: Post) -> None:
        """Post a notice of the channel's own; in a channel, only this person sees it."""
        if ref.kind == "dm":
            await self._post(ref, posts)
        else:
            await self.tell_privately(ref, posts)

    async def apologise(self, ref: ConversationRef) -> None:
        """Post the fixed message for a failure."""
        await self.tell(ref, sentence(mrkdwn(apology()["text"])))

    async def tell_privately(self, ref: ConversationRef, posts: Sequence[Post]) -> None:
        """Post ephemerally, for this person only. Does nothing in App Home, which has no messages."""
        for post in posts:
            if ref.kind == "command" and ref.response_url:
                body = {"response_type": "ephemeral", "replace_original": False, **post.fields()}
                await self.web.respond(ref.response_url, body)
            elif ref.kind == "thread":
                await self.web.post_ephemeral(ref.channel, ref.user, ref.thread, post)

    def private_posts(
        self, ref: ConversationRef, turn: str, parts: Sequence[Part], can_share: bool
    ) -> list[Post]:
        """Return ephemeral posts of an answer, with a share button if nothing in it is personal."""
        posts = self._posts(ref, turn, parts, has_feedback=False)
        if can_share and posts and not any(part.is_personal for part in parts):
            posts[-1] = Post(posts[-1].text, (*posts[-1].blocks, _share_button(ref, turn)))
        return posts

    async def _post(self, ref: ConversationRef, posts: Sequence[Post]) -> None:
        for post in posts:
            await self.web.post(ref.channel, ref.thread, post)

    def _posts(
        self, ref: ConversationRef, turn: str, parts: Sequence[Part], has_feedback: bool = True
    ) -> list[Post]:
        if not parts:
            return []
        url = self.calendars.url(ref, self.conversations.store)
        return posts_of(parts, Ids(ref, turn), url, has_feedback)


def _share_button(ref: ConversationRef, turn: str) -> dict[str, Any]:
    button = ButtonElement(text=TEXTS["share"], action_id="share", value=turn)
    return ActionsBlock(block_id=Ids(ref, turn).make("share", 0), elements=[button]).to_dict()
