"""Reminders for the upcoming steps of a timeline, as Slack's scheduled messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.posts import Post, sentence
from assistant.channels.slack.blocks.text import filled, mrkdwn, shorten, slack_date
from assistant.channels.slack.blocks.timeline import Step, Timeline, last_timeline
from assistant.channels.slack.conversation_client import COMPUTED
from assistant.channels.slack.delivery import Delivery
from assistant.channels.slack.texts import TEXTS
from assistant.core.aftercare.calendar import MORNING, NIGHT
from assistant.core.protocol import TIMELINE, Message
from assistant.server.storage.slack_ids import ConversationRef

_TEXTS = TEXTS["reminders"]
_SOONEST = timedelta(minutes=2)
_LATEST = timedelta(days=119)  # Slack schedules up to 120 days ahead
_LONGEST = 3000
MOST = 25  # Slack allows 30 per channel in five minutes


@dataclass(frozen=True, order=True)
class Reminder:
    """A scheduled message."""

    at: int
    """Seconds since 1970."""
    text: str
    """As mrkdwn."""
    id: str = ""
    """Slack's id, once scheduled."""

    def line(self) -> str:
        """Format the reminder for a list."""
        when = slack_date(datetime.fromtimestamp(self.at, timezone.utc))
        return filled(_TEXTS["line"], when=when, title=self.text.split("\n", 1)[0])


def due(timeline: Timeline, now: datetime, zone: str) -> list[Reminder]:
    """Return one reminder per future step, earliest first; never at night in the person's zone."""
    reminders = {
        Reminder(int(at.timestamp()), _text(step))
        for step in timeline.steps
        if step.starts_at is not None
        and step.starts_at > now
        and now + _SOONEST < (at := _awake(step.starts_at.astimezone(ZoneInfo(zone)))) < now + _LATEST
    }
    return sorted(reminders)[:MOST]


def _text(step: Step) -> str:
    detail = mrkdwn(step.detail, step.phones)
    return shorten(f"{filled(_TEXTS['text'], title=mrkdwn(step.title))}\n{detail}", _LONGEST)


def _awake(moment: datetime) -> datetime:
    """Return the moment, or the next morning if it is at night."""
    if MORNING <= moment.time() < NIGHT:
        return moment
    day = moment.date() + timedelta(days=1) if moment.time() >= NIGHT else moment.date()
    return datetime.combine(day, MORNING, tzinfo=moment.tzinfo)


_REMINDER_TEXTS = TEXTS["reminders"]
_GONE = frozenset({"invalid_scheduled_message_id", "message_not_found"})


@dataclass(frozen=True)
class Reminders:
    """Sets, lists, moves and cancels a person's reminders."""

    desk: Delivery

    async def set(self, place: ConversationRef) -> Post:
        """Schedule reminders for the conversation's latest timeline, replacing earlier ones."""
        wanted = await self._wanted(place, await self.desk.talk.timeline(place))
        if not wanted:
            return sentence(mrkdwn(_REMINDER_TEXTS["none_to_set"]))
        channel = await self._channel(place)
        await self._replace(channel, await self.scheduled(place), wanted)
        return _list_of(_REMINDER_TEXTS["set"], wanted)

    async def scheduled(self, place: ConversationRef) -> list[Reminder]:
        """Return the scheduled reminders, earliest first."""
        channel = await self._channel(place)
        found: list[Reminder] = []
        cursor = ""
        while True:
            page = await self.desk.web.call(
                "chat_scheduledMessages_list",
                channel=channel,
                limit=100,
                **({"cursor": cursor} if cursor else {}),
            )
            found.extend(
                _reminder(m) for m in page.get("scheduled_messages") or [] if m["channel_id"] == channel
            )
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return sorted(found)

    async def overview(self, place: ConversationRef, turn: str) -> Post:
        """Return a post listing the reminders, each with a button to cancel it."""
        reminders = await self.scheduled(place)
        if not reminders:
            return sentence(mrkdwn(_REMINDER_TEXTS["none"]))
        return sentence(mrkdwn(_REMINDER_TEXTS["list"]), *reminder_blocks(reminders, Ids(place, turn)))

    async def cancel(self, place: ConversationRef, only: str | None = None) -> Post:
        """Cancel all reminders, or the one with that id."""
        channel = await self._channel(place)
        for reminder in await self.scheduled(place):
            if only in (None, reminder.id):
                await self._delete(channel, reminder)
        return sentence(mrkdwn(_REMINDER_TEXTS["cancelled" if only is None else "cancelled_one"]))

    async def follow(self, place: ConversationRef, answer: Sequence[Message]) -> None:
        """Update existing reminders after an answer: move them to a new date, cancel them if it was removed."""
        timeline = last_timeline(answer)
        if timeline is None and not await self._is_forgotten(place, answer):
            return
        present = await self.scheduled(place)
        wanted = await self._wanted(place, timeline)
        if not present or [(r.at, r.text) for r in present] == [(r.at, r.text) for r in wanted]:
            return
        await self._replace(await self._channel(place), present, wanted)
        await self.desk.tell(place, _list_of(_REMINDER_TEXTS["moved"], wanted) if wanted else _nothing_left())

    async def _is_forgotten(self, place: ConversationRef, answer: Sequence[Message]) -> bool:
        """Return whether the answer removed the date: it is computed, and no date is stored any more."""
        said = [message["metadata"] for message in answer]
        is_about_it = any(each.get(COMPUTED) and each.get("topic") == TIMELINE for each in said)
        is_settled = all(each.get("outcome") == "answered" for each in said)
        return is_about_it and is_settled and not await self.desk.talk.knows_date(place)

    async def _wanted(self, place: ConversationRef, timeline: Timeline | None) -> list[Reminder]:
        if timeline is None:
            return []
        return due(timeline, datetime.now(timezone.utc), await self.desk.people.zone(place.user) or "UTC")

    async def _channel(self, place: ConversationRef) -> str:
        return place.channel if place.kind == "dm" else await self.desk.people.direct_channel(place.user)

    async def _replace(self, channel: str, present: Iterable[Reminder], wanted: Iterable[Reminder]) -> None:
        for reminder in present:
            await self._delete(channel, reminder)
        for reminder in wanted:
            await self.desk.web.call(
                "chat_scheduleMessage", channel=channel, post_at=reminder.at, text=reminder.text
            )

    async def _delete(self, channel: str, reminder: Reminder) -> None:
        try:
            await self.desk.web.call(
                "chat_deleteScheduledMessage", channel=channel, scheduled_message_id=reminder.id
            )
        except SlackApiError as error:
            if error.response.get("error") not in _GONE:  # already sent, or being sent
                raise


def reminder_blocks(reminders: Sequence[Reminder], ids: Ids) -> list[Block]:
    """Return a line per reminder with a cancel button, and a button that cancels all."""
    blocks: list[Block] = [
        SectionBlock(
            text={"type": "mrkdwn", "text": reminder.line()},
            block_id=ids.make("reminder", number),
            accessory=ButtonElement(
                text=_REMINDER_TEXTS["cancel"], action_id="reminder_cancel", value=reminder.id
            ),
        )
        for number, reminder in enumerate(reminders[:MOST])
    ]
    everything = ButtonElement(text=_REMINDER_TEXTS["cancel_all"], action_id="reminders_cancel", value="all")
    return [*blocks, ActionsBlock(block_id=ids.make("reminders", 0), elements=[everything])]


def _nothing_left() -> Post:
    return sentence(mrkdwn(_REMINDER_TEXTS["moved_none"]))


def _list_of(opening: str, reminders: Iterable[Reminder]) -> Post:
    return sentence("\n".join([mrkdwn(opening), *(f"• {reminder.line()}" for reminder in reminders)]))


def _reminder(scheduled: dict[str, Any]) -> Reminder:
    return Reminder(int(scheduled["post_at"]), str(scheduled.get("text") or ""), str(scheduled["id"]))
