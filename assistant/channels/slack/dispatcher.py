"""Dispatcher: routes every payload to its listener and runs the job in order, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from assistant.channels.slack.delivery import Delivery, Job
from assistant.channels.slack.listeners.actions import ActionListeners
from assistant.channels.slack.listeners.home import HomeListeners
from assistant.channels.slack.listeners.messages import MessageListeners
from assistant.channels.slack.payloads import Incoming, Payload
from assistant.channels.slack.retry import NotDeliveredError, refusal
from assistant.server.observability.log_redaction import cause, redact_user_text
from assistant.server.traffic.keyed_queue import KeyedQueue

_log = structlog.get_logger("assistant.channels.slack.dispatcher")

Reader = Callable[[Payload], Job | None]


@dataclass(frozen=True)
class Dispatcher:
    """Acknowledges at once, handles in the background."""

    lanes: KeyedQueue
    desk: Delivery
    questions: MessageListeners
    presses: ActionListeners
    home: HomeListeners

    def receive(self, incoming: Incoming) -> None:
        """Queue the payload's job. Never raises; malformed payloads are logged by kind."""
        try:
            job = self._job(incoming)
            if job is not None:
                hash(job.lane)  # raises TypeError if the channel is a list or an object
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            _log.warning("malformed_payload", kind=name_of(incoming), cause=cause(error))
            return
        if job is not None:
            self.lanes.add(job.lane, lambda: self._once(job))

    def _job(self, incoming: Incoming) -> Job | None:
        reader = self._reader(incoming)
        if reader is None:
            _log.info("ignored", kind=name_of(incoming))
            return None
        return reader(incoming.body)

    def _reader(self, incoming: Incoming) -> Reader | None:
        if incoming.kind == "command":
            return self.questions.from_command
        body, kind = incoming.body, incoming.body.get("type")
        if incoming.kind == "event":
            events: dict[str, Reader] = {
                "message": self.questions.from_event,
                "app_mention": self.questions.from_event,
                "app_home_opened": self.home.from_event,
            }
            return events.get(body["event"]["type"]) if kind == "event_callback" else None
        interactions: dict[str, Reader] = {
            "block_actions": self.home.from_action if body.get("view") else self.presses.from_interaction,
            "message_action": self.questions.from_shortcut,
            "view_submission": self.home.from_modal,
        }
        return interactions.get(str(kind))

    async def _once(self, job: Job) -> None:
        with redact_user_text():
            try:
                if not job.applies() or not await self.desk.seen.claim(job.keys):
                    return
            except Exception as error:
                _log.error("handler_failed", kind=job.name, cause=cause(error))
                return
            await self._do(job)

    async def _do(self, job: Job) -> None:
        try:
            await job.work()
        except Exception as error:  # whatever fails, the queue must go on
            _log.error("handler_failed", kind=job.name, slack=refusal(error), cause=cause(error))
            await self.desk.seen.release(job.keys)
            if not isinstance(error, NotDeliveredError):  # otherwise an apology would not get through either
                await self._apologise(job)
        else:
            await self.desk.seen.keep(job.keys)

    async def _apologise(self, job: Job) -> None:
        try:
            await self.desk.apologise(job.place)
        except Exception as error:  # Slack is unavailable
            _log.error("apology_failed", kind=job.name, slack=refusal(error), cause=cause(error))


def name_of(incoming: Incoming) -> str:
    """Return the kind of the payload for the log, never its content."""
    event = incoming.body.get("event")
    names = [incoming.body.get("type"), event.get("type") if isinstance(event, dict) else None]
    known = [name for name in names if isinstance(name, str) and name.replace("_", "").isalnum()]
    return " ".join([incoming.kind, *(name[:40] for name in known)])
