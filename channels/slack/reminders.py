"""Reminders of the coming steps, kept by Slack itself as scheduled messages in the direct messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from channels.messages import Message
from channels.slack.block_ids import Ids
from channels.slack.cutting import shorten
from channels.slack.desk import Desk
from channels.slack.mrkdwn import filled, mrkdwn, slack_date
from channels.slack.places import Place
from channels.slack.posts import Post, sentence
from channels.slack.texts import TEXTS
from channels.slack.timelines import Timeline, last_timeline
from knowledge.aftercare.reminders import MORNING, NIGHT

_TEXTS = TEXTS["reminders"]
_SOONEST = timedelta(minutes=2)
_LATEST = timedelta(days=119)  # Slack schedules for 120 days
_LONGEST = 3000
_MOST = 25  # Slack allows 30 in five minutes of one channel
_GONE = frozenset({"invalid_scheduled_message_id", "message_not_found"})


@dataclass(frozen=True, order=True)
class Reminder:
    """A message to come."""

    at: int
    """Seconds since 1970."""
    text: str
    """In Slack's notation."""
    id: str = ""
    """Slack's, once it is scheduled."""

    def line(self) -> str:
        """For a list of reminders."""
        when = slack_date(datetime.fromtimestamp(self.at, timezone.utc))
        return filled(_TEXTS["line"], when=when, title=self.text.split("\n", 1)[0])


def due(timeline: Timeline, now: datetime, zone: str) -> list[Reminder]:
    """One for each step that begins later, never at night in the person's zone, the earliest first."""
    reminders = {
        Reminder(int(at.timestamp()), _text(step.title, step.detail))
        for step in timeline.steps
        if step.starts_at is not None
        and step.starts_at > now
        and now + _SOONEST < (at := _awake(step.starts_at.astimezone(ZoneInfo(zone)))) < now + _LATEST
    }
    return sorted(reminders)[:_MOST]


@dataclass(frozen=True)
class Reminders:
    """Sets, lists, moves and cancels a person's reminders."""

    desk: Desk

    async def set(self, place: Place) -> Post:
        """Schedules what the last timeline of this conversation says is to come; what was scheduled goes."""
        wanted = await self._wanted(place, last_timeline(self.desk.talk.history(place)))
        if not wanted:
            return sentence(mrkdwn(_TEXTS["none_to_set"]))
        channel = await self._channel(place)
        await self._replace(channel, await self.scheduled(place), wanted)
        return _list_of(_TEXTS["set"], wanted)

    async def scheduled(self, place: Place) -> list[Reminder]:
        """What is to come, the earliest first."""
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

    async def overview(self, place: Place, turn: str) -> Post:
        """The list, each with a button that cancels it."""
        reminders = await self.scheduled(place)
        if not reminders:
            return sentence(mrkdwn(_TEXTS["none"]))
        return sentence(mrkdwn(_TEXTS["list"]), *reminder_blocks(reminders, Ids(place, turn)))

    async def cancel(self, place: Place, only: str | None = None) -> Post:
        """Cancels all of them, or the one with that id."""
        channel = await self._channel(place)
        for reminder in await self.scheduled(place):
            if only in (None, reminder.id):
                await self._delete(channel, reminder)
        return sentence(mrkdwn(_TEXTS["cancelled" if only is None else "cancelled_one"]))

    async def follow(self, place: Place, answer: Iterable[Message]) -> None:
        """After an answer with a timeline: where reminders are set and it has changed, they move."""
        timeline = last_timeline(list(answer))
        present = await self.scheduled(place) if timeline is not None else []
        if not present:
            return
        wanted = await self._wanted(place, timeline)
        if [(r.at, r.text) for r in present] == [(r.at, r.text) for r in wanted]:
            return
        await self._replace(await self._channel(place), present, wanted)
        await self.desk.tell(place, _list_of(_TEXTS["moved"], wanted))

    async def _wanted(self, place: Place, timeline: Timeline | None) -> list[Reminder]:
        if timeline is None:
            return []
        return due(timeline, datetime.now(timezone.utc), await self.desk.people.zone(place.user) or "UTC")

    async def _channel(self, place: Place) -> str:
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
            if error.response.get("error") not in _GONE:  # it was sent, or is just being sent
                raise


def reminder_blocks(reminders: Sequence[Reminder], ids: Ids) -> list[Block]:
    """A line for each, and buttons that cancel them."""
    blocks: list[Block] = [
        SectionBlock(
            text={"type": "mrkdwn", "text": reminder.line()},
            block_id=ids.make("reminder", number),
            accessory=ButtonElement(text=_TEXTS["cancel"], action_id="reminder_cancel", value=reminder.id),
        )
        for number, reminder in enumerate(reminders[:_MOST])
    ]
    everything = ButtonElement(text=_TEXTS["cancel_all"], action_id="reminders_cancel", value="all")
    return [*blocks, ActionsBlock(block_id=ids.make("reminders", 0), elements=[everything])]


def _list_of(opening: str, reminders: Iterable[Reminder]) -> Post:
    return sentence("\n".join([mrkdwn(opening), *(f"• {reminder.line()}" for reminder in reminders)]))


def _reminder(scheduled: dict[str, Any]) -> Reminder:
    return Reminder(int(scheduled["post_at"]), str(scheduled.get("text") or ""), str(scheduled["id"]))


def _text(title: str, detail: str) -> str:
    return shorten(f"{filled(_TEXTS['text'], title=mrkdwn(title))}\n{mrkdwn(detail)}", _LONGEST)


def _awake(moment: datetime) -> datetime:
    """The moment, or the morning after it if it is at night."""
    if MORNING <= moment.time() < NIGHT:
        return moment
    day = moment.date() + timedelta(days=1) if moment.time() >= NIGHT else moment.date()
    return datetime.combine(day, MORNING, tzinfo=moment.tzinfo)
