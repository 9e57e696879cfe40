"""Where everything that Slack sends arrives: who deals with it, in which order, and that nobody does so twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from channels.log_guard import cause, words_kept_private
from channels.slack.desk import Desk, Job
from channels.slack.home import Home
from channels.slack.incoming import Incoming
from channels.slack.lanes import Lanes
from channels.slack.patience import NotDeliveredError, refusal
from channels.slack.predicates import Payload
from channels.slack.presses import Presses
from channels.slack.questions import Questions

_log = structlog.get_logger("channels.slack.reception")

Reader = Callable[[Payload], Job | None]


@dataclass(frozen=True)
class Reception:
    """Takes things in at once; the work is done afterwards."""

    lanes: Lanes
    desk: Desk
    questions: Questions
    presses: Presses
    home: Home

    def receive(self, incoming: Incoming) -> None:
        """Puts the work in its lane. Raises nothing: what can't be read is logged by its kind."""
        try:
            job = self._job(incoming)
            if job is not None:
                hash(job.lane)  # a channel that is a list can't be anybody's
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            _log.warning("not understood", kind=name_of(incoming), cause=cause(error))
            return
        if job is not None:
            self.lanes.add(job.lane, lambda: self._once(job))

    def _job(self, incoming: Incoming) -> Job | None:
        reader = self._reader(incoming)
        if reader is None:
            _log.info("left alone", kind=name_of(incoming))
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
        with words_kept_private():
            try:
                if not job.applies() or not await self.desk.seen.claim(job.keys):
                    return
            except Exception as error:
                _log.error("not handled", kind=job.name, cause=cause(error))
                return
            await self._do(job)

    async def _do(self, job: Job) -> None:
        try:
            await job.work()
        except Exception as error:  # whatever it was: the next one in the lane must have its turn
            _log.error("not handled", kind=job.name, slack=refusal(error), cause=cause(error))
            await self.desk.seen.release(job.keys)
            if not isinstance(error, NotDeliveredError):  # then nothing would get through
                await self._apologise(job)
        else:
            await self.desk.seen.keep(job.keys)

    async def _apologise(self, job: Job) -> None:
        try:
            await self.desk.apologise(job.place)
        except Exception as error:  # Slack takes nothing at all now
            _log.error("no apology either", kind=job.name, slack=refusal(error), cause=cause(error))


def name_of(incoming: Incoming) -> str:
    """The kind of thing, for the log: never what is in it."""
    event = incoming.body.get("event")
    names = [incoming.body.get("type"), event.get("type") if isinstance(event, dict) else None]
    known = [name for name in names if isinstance(name, str) and name.replace("_", "").isalnum()]
    return " ".join([incoming.kind, *(name[:40] for name in known)])
