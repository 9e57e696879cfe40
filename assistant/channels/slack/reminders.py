"""Reminders of what begins and what is over in a timeline, as Slack's scheduled messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from assistant.channels.slack.blocks.answer import COMPUTED, Post, sentence
from assistant.channels.slack.blocks.buttons import Ids
from assistant.channels.slack.blocks.text import filled, mrkdwn, shorten, slack_date
from assistant.channels.slack.blocks.timeline import Step, Timeline, last_timeline
from assistant.channels.slack.delivery import Delivery, refusal
from assistant.channels.slack.settings import TEXTS
from assistant.core.aftercare.calendar import MORNING, NIGHT
from assistant.core.protocol import ANSWERED, TIMELINE, Message
from assistant.server.observability.log_redaction import cause
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.traffic.retries import NotDeliveredError

_log = structlog.get_logger("assistant.channels.slack.reminders")

_TEXTS = TEXTS["reminders"]
_SOONEST = timedelta(minutes=2)
_AHEAD = 120  # days; Slack schedules no later
_LATEST = timedelta(days=_AHEAD - 1)
_MAX_TEXT = 3000
MAX_REMINDERS = 25  # Slack allows 30 per channel in five minutes
_GONE = frozenset({"invalid_scheduled_message_id", "message_not_found"})


@dataclass(frozen=True, order=True)
class Reminder:
    """A scheduled message."""

    at: int
    """Seconds since 1970."""
    text: str
    """As mrkdwn."""
    id: str = ""
    """Slack's id, once scheduled."""

    @property
    def key(self) -> tuple[int, bool]:
        """Time and kind (whether something is over), which tell reminders apart: Slack may change their text."""
        return self.at, self.text.startswith(tuple(_TEXTS["over_signs"]))

    def line(self) -> str:
        """Format the reminder for a list."""
        when = slack_date(datetime.fromtimestamp(self.at, timezone.utc))
        return filled(_TEXTS["line"], when=when, title=self.text.split("\n", 1)[0])


@dataclass(frozen=True)
class Plan:
    """The reminders of a timeline that can be scheduled now, and those that are too far away."""

    reminders: tuple[Reminder, ...] = ()
    later_from: datetime | None = None
    """Time from which the first of those that are too far away can be scheduled; None if there are none."""

    def note(self, text: str) -> str:
        """Return a text that names `later_from`, as mrkdwn; empty if there is nothing later."""
        if self.later_from is None:
            return ""
        values = {"from": slack_date(self.later_from, "{date_long}"), "days": str(_AHEAD)}
        return filled(_TEXTS[text], **values)


def plan(timeline: Timeline, now: datetime, zone: tzinfo) -> Plan:
    """Return a reminder for each future beginning and end that matters; never at night in the person's zone."""
    wanted = sorted({*_beginnings(timeline, now, zone), *_ends(timeline, now, zone)})
    latest = (now + _LATEST).timestamp()
    soon = tuple(reminder for reminder in wanted if reminder.at < latest)
    later = [reminder for reminder in wanted if reminder.at >= latest]
    later_from = datetime.fromtimestamp(later[0].at, zone) - _LATEST if later else None
    return Plan(soon[:MAX_REMINDERS], later_from)


def _beginnings(timeline: Timeline, now: datetime, zone: tzinfo) -> Iterable[Reminder]:
    for step in timeline.steps:
        at = _time_of(step.starts_at, now, zone)
        if at is not None and step.group != "normal" and not timeline.begins_with_treatment(step):
            yield Reminder(at, _text("begins", step.title, step))


def _ends(timeline: Timeline, now: datetime, zone: tzinfo) -> Iterable[Reminder]:
    for step in timeline.steps:
        at = _time_of(step.ends_at, now, zone)
        if at is not None and step.over:
            yield Reminder(at, _text("over", step.over, None))


def _text(kind: str, title: str, step: Step | None) -> str:
    detail = "" if step is None else mrkdwn(step.detail, step.phones)
    return shorten(f"{filled(_TEXTS[kind], title=mrkdwn(title))}\n{detail}", _MAX_TEXT)


def _time_of(moment: datetime | None, now: datetime, zone: tzinfo) -> int | None:
    """Return when to remind of a future moment, in seconds since 1970; None if it is past or too close."""
    if moment is None or moment <= now:
        return None
    at = _awake(moment.astimezone(zone))
    return int(at.timestamp()) if at > now + _SOONEST else None


def _awake(moment: datetime) -> datetime:
    """Return the moment, or the next morning if it is at night."""
    if MORNING <= moment.time() < NIGHT:
        return moment
    day = moment.date() + timedelta(days=1) if moment.time() >= NIGHT else moment.date()
    return datetime.combine(day, MORNING, tzinfo=moment.tzinfo)


class NotScheduledError(Exception):
    """Slack did not accept all reminders; those of before are left as they were."""


@dataclass(frozen=True)
class Reminders:
    """Sets, lists, moves and cancels a person's reminders."""

    delivery: Delivery

    async def set(self, ref: ConversationRef) -> Post:
        """Schedule reminders for the conversation's latest timeline, replacing earlier ones."""
        planned = await self._plan(ref, await self.delivery.conversations.timeline(ref))
        if not planned.reminders:
            return sentence(planned.note("too_early") or mrkdwn(_TEXTS["none_to_set"]))
        try:
            await self._replace(ref, await self.scheduled(ref), planned.reminders)
        except NotScheduledError:
            return sentence(mrkdwn(_TEXTS["kept"]))
        return _list_of(_TEXTS["set"], planned)

    async def scheduled(self, ref: ConversationRef) -> list[Reminder]:
        """Return the scheduled reminders, earliest first."""
        channel = await self._channel(ref)
        found: list[Reminder] = []
        cursor: dict[str, Any] = {}
        while True:
            page = await self.delivery.web.call(
                "chat_scheduledMessages_list", channel=channel, limit=100, **cursor
            )
            messages = page.get("scheduled_messages") or []
            found.extend(_reminder(each) for each in messages if each["channel_id"] == channel)
            cursor = {"cursor": (page.get("response_metadata") or {}).get("next_cursor") or ""}
            if not cursor["cursor"]:
                return sorted(found)

    async def overview(self, ref: ConversationRef, turn: str) -> Post:
        """Return a post listing the reminders, each with a button to cancel it."""
        reminders = await self.scheduled(ref)
        if not reminders:
            return sentence(mrkdwn(_TEXTS["none"]))
        return sentence(mrkdwn(_TEXTS["list"]), *reminder_blocks(reminders, Ids(ref, turn)))

    async def cancel(self, ref: ConversationRef, only: str | None = None) -> Post:
        """Cancel all reminders, or the one with that id."""
        for reminder in await self.scheduled(ref):
            if only in (None, reminder.id):
                await self._delete(await self._channel(ref), reminder)
        return sentence(mrkdwn(_TEXTS["cancelled" if only is None else "cancelled_one"]))

    async def follow(self, ref: ConversationRef, answer: Sequence[Message]) -> None:
        """Update existing reminders after an answer: move them to a new date, cancel them if it was removed."""
        timeline = last_timeline(answer)
        if timeline is None and not await self._is_forgotten(ref, answer):
            return
        present = await self.scheduled(ref)
        planned = await self._plan(ref, timeline)
        if _is_covered(present, planned.reminders):
            return
        try:
            await self._replace(ref, present, planned.reminders)
        except NotScheduledError:
            await self.delivery.tell(ref, sentence(mrkdwn(_TEXTS["kept"])))
            return
        none_left = sentence(planned.note("too_early") or mrkdwn(_TEXTS["moved_none"]))
        await self.delivery.tell(ref, _list_of(_TEXTS["moved"], planned) if planned.reminders else none_left)

    async def _is_forgotten(self, ref: ConversationRef, answer: Sequence[Message]) -> bool:
        """Return whether the answer removed the date: it is computed, and no date is stored any more."""
        metadata = [message["metadata"] for message in answer]
        is_about_it = any(each.get(COMPUTED) and each.get("topic") == TIMELINE for each in metadata)
        is_settled = all(each.get("outcome") == ANSWERED for each in metadata)
        return is_about_it and is_settled and not await self.delivery.conversations.knows_date(ref)

    async def _plan(self, ref: ConversationRef, timeline: Timeline | None) -> Plan:
        if timeline is None:
            return Plan()
        zone = await self.delivery.people.zone(ref.user)
        return plan(timeline, datetime.now(timezone.utc), ZoneInfo(zone or "UTC"))

    async def _channel(self, ref: ConversationRef) -> str:
        return ref.channel if ref.kind == "dm" else await self.delivery.people.direct_channel(ref.user)

    async def _replace(
        self, ref: ConversationRef, present: Sequence[Reminder], wanted: Sequence[Reminder]
    ) -> None:
        """Schedule what is new, then delete what is not wanted any more.

        Raises:
            NotScheduledError: Slack refused a new one. The others are taken back, and the old ones stay.
        """
        channel, known = await self._channel(ref), frozenset(reminder.id for reminder in present)
        added = _difference(wanted, present)
        try:
            for reminder in added:
                await self._schedule(ref, channel, reminder, known)
        except (SlackApiError, NotDeliveredError) as error:
            _log.warning("reminders_not_set", slack=refusal(error), cause=cause(error))
            await self._take_back(ref, channel, known)
            raise NotScheduledError from error
        for reminder in _difference(present, wanted):
            await self._delete(channel, reminder)

    async def _schedule(
        self, ref: ConversationRef, channel: str, reminder: Reminder, known: frozenset[str]
    ) -> None:
        """Schedule one reminder once: if the response is lost, look for it among those that are not `known`."""

        async def is_done() -> bool:
            return any(r.key == reminder.key for r in await self.scheduled(ref) if r.id not in known)

        await self.delivery.web.call(
            "chat_scheduleMessage", is_done=is_done, channel=channel, post_at=reminder.at, text=reminder.text
        )

    async def _take_back(self, ref: ConversationRef, channel: str, known: frozenset[str]) -> None:
        for reminder in await self.scheduled(ref):
            if reminder.id not in known:
                await self._delete(channel, reminder)

    async def _delete(self, channel: str, reminder: Reminder) -> None:
        try:
            await self.delivery.web.call(
                "chat_deleteScheduledMessage", channel=channel, scheduled_message_id=reminder.id
            )
        except SlackApiError as error:
            if refusal(error) not in _GONE:  # already sent, or being sent
                raise


def _difference(some: Iterable[Reminder], others: Iterable[Reminder]) -> list[Reminder]:
    """Return those of `some` for which there is none of the same time and kind among `others`."""
    counts = Counter(other.key for other in others)
    left: list[Reminder] = []
    for reminder in some:
        counts[reminder.key] -= 1
        if counts[reminder.key] < 0:
            left.append(reminder)
    return left


def _is_covered(present: Sequence[Reminder], wanted: Sequence[Reminder]) -> bool:
    """Return whether the date is the same: nothing is scheduled but what is wanted, or what is just being sent.

    Somebody may have cancelled some of the wanted ones.
    """
    soon = (datetime.now(timezone.utc) + _SOONEST).timestamp()
    return not [reminder for reminder in _difference(present, wanted) if reminder.at > soon]


def reminder_blocks(reminders: Sequence[Reminder], ids: Ids) -> list[Block]:
    """Return a line per reminder with a cancel button, and a button that cancels all."""
    blocks: list[Block] = [
        SectionBlock(
            text={"type": "mrkdwn", "text": reminder.line()},
            block_id=ids.make("reminder", number),
            accessory=ButtonElement(text=_TEXTS["cancel"], action_id="reminder_cancel", value=reminder.id),
        )
        for number, reminder in enumerate(reminders[:MAX_REMINDERS])
    ]
    everything = ButtonElement(text=_TEXTS["cancel_all"], action_id="reminders_cancel", value="all")
    return [*blocks, ActionsBlock(block_id=ids.make("reminders", 0), elements=[everything])]


def _list_of(opening: str, planned: Plan) -> Post:
    lines = [
        mrkdwn(opening),
        *(f"• {reminder.line()}" for reminder in planned.reminders),
        planned.note("later"),
    ]
    return sentence("\n".join(line for line in lines if line))


def _reminder(scheduled: dict[str, Any]) -> Reminder:
    return Reminder(int(scheduled["post_at"]), str(scheduled.get("text") or ""), str(scheduled["id"]))
