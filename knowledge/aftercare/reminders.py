"""Reminders of a calendar: when something is to begin, and when something is fine again.

What begins with the treatment itself needs none, and what is only to be expected neither. None comes at night.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from icalendar import Alarm, vDuration

from knowledge.aftercare.aftercare import CalendarWording
from knowledge.aftercare.durations import in_utc
from knowledge.aftercare.steps import Step

MORNING, NIGHT = time(8), time(22)
_ONE_DAY = timedelta(days=1)


def reminders(line: Step, treated_at: datetime, now: datetime, wording: CalendarWording) -> Iterator[Alarm]:
    """The reminders that are still to come for one line of the timeline."""
    if line.kind == "expect":
        return
    begins = line.starts_at
    if begins is not None and in_utc(begins) != in_utc(treated_at) and _awake(begins) > in_utc(now):
        yield _reminder(wording.begins.format(title=line.title), "START", _awake(begins) - in_utc(begins))
    ends = line.ends_at
    if (
        ends is not None
        and line.kind == "avoid"
        and line.is_fine_after
        and _is_over_later(line, treated_at)
        and _awake(ends) > in_utc(now)
    ):
        yield _reminder(wording.ends.format(title=line.title), "END", _awake(ends) - in_utc(ends))


def _is_over_later(line: Step, treated_at: datetime) -> bool:
    """Whether it ends after the treatment: nothing is fine again because the treatment begins."""
    return line.ends_at is not None and in_utc(line.ends_at) > in_utc(treated_at)


def _awake(moment: datetime) -> datetime:
    """The moment, or the morning after it if it is at night; in UTC."""
    clock = moment.time()
    if MORNING <= clock < NIGHT:
        return in_utc(moment)
    day = moment.date() + _ONE_DAY if clock >= NIGHT else moment.date()
    return in_utc(datetime.combine(day, MORNING, tzinfo=moment.tzinfo))


def _reminder(text: str, related: str, later: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", vDuration(later, params={"RELATED": related}))
    return alarm
