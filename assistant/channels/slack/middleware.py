"""Bolt middleware, and the queue between acknowledging a payload and handling it: once, and in order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError

from assistant.channels.slack.delivery import refusal
from assistant.server.observability.log_redaction import cause, redact_user_text
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.traffic.deduplication import Deduplicator
from assistant.server.traffic.queues import KeyedQueue
from assistant.server.traffic.retries import NotDeliveredError

_log = structlog.get_logger("assistant.channels.slack.middleware")

Next = Callable[[], Awaitable[None]]
Middleware = Callable[..., Awaitable[BoltResponse | None]]


def refuse_until_ready(is_ready: Callable[[], bool]) -> Middleware:
    """Return the middleware that answers 503 while there is no model, so that Slack sends the payload again."""

    async def check_readiness(next_: Next) -> BoltResponse | None:
        if not is_ready():
            return BoltResponse(status=503)
        await next_()
        return None

    return check_readiness


async def acknowledge(ack: AsyncAck, next_: Next) -> None:
    """Acknowledge every payload with an empty body, before anything is done with it."""
    await ack()
    await next_()


async def ignore(error: Exception, body: Mapping[str, Any]) -> BoltResponse:
    """Handle Bolt's errors: acknowledge what has no listener or can't be read, as Slack's retries don't change that."""
    if isinstance(error, BoltUnhandledRequestError):
        _log.info("ignored", kind=kind_of(body))
    else:
        _log.warning("malformed_payload", kind=kind_of(body), cause=cause(error))
    return BoltResponse(status=200, body="")


def kind_of(body: Mapping[str, Any]) -> str:
    """Return the kind of the payload for the log, never its content."""
    event = body.get("event")
    names = ["command" if "command" in body else None, body.get("type")]
    names += [event.get("type")] if isinstance(event, dict) else []
    known = [name[:40] for name in names if isinstance(name, str) and name.replace("_", "").isalnum()]
    return " ".join(known)


def team_of(context: AsyncBoltContext) -> str:
    """Return the id of the workspace the app is installed in, or of the organisation if installed organisation-wide.

    It is the same in every payload, wherever people come from: in a channel that is shared with another workspace
    (Slack Connect), `team_id` of an event and a user's `team_id` may be the other one's.
    """
    everywhere = context.enterprise_id if context.is_enterprise_install else None
    return str(everywhere or context.team_id or context.enterprise_id or "T0")


@dataclass(frozen=True)
class Job:
    """A unit of work for one payload."""

    name: str
    """For the log."""
    queue_key: str
    """Jobs with the same key run one after the other."""
    ids: tuple[str, ...]
    """Deduplication keys; several where Slack reports one message in several events."""
    run: Callable[[], Awaitable[None]]
    ref: ConversationRef
    """Receives the apology if the job fails."""
    applies: Callable[[], bool] = lambda: True
    """Checked before deduplication; a rejected event does not use up its key."""


class JobQueue:
    """Handles acknowledged payloads: sequentially within a key, and each once, also with several processes."""

    def __init__(
        self, deduplicator: Deduplicator, apologise: Callable[[ConversationRef], Awaitable[None]]
    ) -> None:
        """`apologise` tells a person that their message was not answered."""
        self._deduplicator = deduplicator
        self._apologise = apologise
        self._queue = KeyedQueue()

    def add(self, job: Job) -> None:
        """Append the job to the queue of its key and return at once."""
        self._queue.add(job.queue_key, lambda: self._run_once(job))

    async def drain(self, seconds: float) -> int:
        """Wait up to `seconds` for all jobs to finish; return the number of cancelled queues."""
        return await self._queue.drain(seconds)

    async def _run_once(self, job: Job) -> None:
        with redact_user_text():
            try:
                if not job.applies() or not await self._deduplicator.claim(job.ids):
                    return
            except Exception as error:
                _log.error("handler_failed", kind=job.name, cause=cause(error))
                return
            await self._run(job)

    async def _run(self, job: Job) -> None:
        try:
            await job.run()
        except Exception as error:  # whatever fails, the queue must go on
            _log.error("handler_failed", kind=job.name, slack=refusal(error), cause=cause(error))
            await self._deduplicator.release(job.ids)
            if not isinstance(error, NotDeliveredError):  # otherwise an apology would not get through either
                await self._try_to_apologise(job)
        else:
            await self._deduplicator.keep(job.ids)

    async def _try_to_apologise(self, job: Job) -> None:
        try:
            await self._apologise(job.ref)
        except Exception as error:  # Slack is unavailable
            _log.error("apology_failed", kind=job.name, slack=refusal(error), cause=cause(error))
