"""Which reminders a timeline asks for: the coming steps, never at night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from channels.slack.cutting import shorten
from channels.slack.mrkdwn import filled, mrkdwn, slack_date
from channels.slack.texts import TEXTS
from channels.slack.timelines import Step, Timeline
from knowledge.aftercare.reminders import MORNING, NIGHT

_TEXTS = TEXTS["reminders"]
_SOONEST = timedelta(minutes=2)
_LATEST = timedelta(days=119)  # Slack schedules for 120 days
_LONGEST = 3000
MOST = 25  # Slack allows 30 in five minutes of one channel


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
    """The moment, or the morning after it if it is at night."""
    if MORNING <= moment.time() < NIGHT:
        return moment
    day = moment.date() + timedelta(days=1) if moment.time() >= NIGHT else moment.date()
    return datetime.combine(day, MORNING, tzinfo=moment.tzinfo)
