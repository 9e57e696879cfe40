"""Calendar file of the timeline, with reminders for when a step begins and when something is fine again.

Steps that begin with the treatment or are only to be expected have no reminder. No reminder comes at night.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta, timezone, tzinfo

from icalendar import Alarm, Calendar, Event, vDuration

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.person import Person
from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX, CalendarWording, Rulebook
from assistant.core.aftercare.time_zones import time_zone, zone_name
from assistant.core.aftercare.timeline import Step, steps

MORNING, NIGHT = time(8), time(22)
_ONE_DAY = timedelta(days=1)


def reminders(line: Step, treated_at: datetime, now: datetime, wording: CalendarWording) -> Iterator[Alarm]:
    """Yield the reminders of a timeline step that are still to come."""
    if line.rule.kind == "expect":
        return
    begins = line.starts_at
    if begins is not None and in_utc(begins) != in_utc(treated_at) and _awake(begins) > in_utc(now):
        yield _reminder(wording.begins.format(title=line.title), "START", _awake(begins) - in_utc(begins))
    ends = line.ends_at
    if ends is not None and line.is_fine_from_end and _awake(ends) > in_utc(now):
        yield _reminder(line.over, "END", _awake(ends) - in_utc(ends))


def _awake(moment: datetime) -> datetime:
    """Return the moment in UTC, moved to the following morning if it is at night."""
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


PRODUCER = "-//microneedling-assistant//aftercare//EN"
_COUNTED_FROM = datetime(2024, 1, 1, tzinfo=timezone.utc)


def calendar(
    treated_at: datetime,
    now: datetime,
    conversation: str,
    aftercare: Rulebook,
    earliest: datetime | None = None,
) -> bytes:
    """Return the timeline as an .ics file (RFC 5545): an event per step, and reminders that are still to come.

    Ids depend only on the conversation and the step, and later files have higher sequence numbers, so that importing
    one updates the events of an earlier one. A step without a start begins when the file is made. ``earliest`` is
    passed to ``steps``.

    Raises:
        ValueError: a datetime is naive.
    """
    made = in_utc(now).replace(microsecond=0)
    lines = steps(treated_at, now, aftercare, earliest)
    file = _header(aftercare.calendar)
    _add_time_zone(file, treated_at.tzinfo, [made, *_instants(lines)])
    for line in lines:
        event = _event(line, conversation, made, treated_at.tzinfo)
        if f"{line.id}{ARTICLE_SUFFIX}" not in {other.id for other in lines}:  # only the stricter one reminds
            for reminder in reminders(line, treated_at, now, aftercare.calendar):
                event.add_component(reminder)
        file.add_component(event)
    return bytes(file.to_ical())


def person_calendar(person: Person, conversation: str, aftercare: Rulebook) -> bytes | None:
    """Return the calendar of this person's treatment; ``None`` if its date is unknown."""
    between = person.treated_between
    if between is None:
        return None
    return calendar(between[1], person.now, conversation, aftercare, between[0])


def _header(wording: CalendarWording) -> Calendar:
    file = Calendar()
    for name, value in (
        ("prodid", PRODUCER),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", wording.name),
    ):
        file.add(name, value)
    return file


def _add_time_zone(file: Calendar, zone: tzinfo | None, instants: Sequence[datetime]) -> None:
    name = zone_name(zone)
    if zone is not None and name is not None:
        file.add("x-wr-timezone", name)
        file.add_component(time_zone(zone, name, min(instants), max(instants)))


def _instants(lines: Iterable[Step]) -> list[datetime]:
    moments = [moment for line in lines for moment in (line.starts_at, line.ends_at)]
    return [in_utc(moment) for moment in moments if moment is not None]


def _event(line: Step, conversation: str, made: datetime, zone: tzinfo | None) -> Event:
    event = Event()
    event.add("uid", uid(conversation, line.id))
    event.add("sequence", max(0, int((made - _COUNTED_FROM).total_seconds())))
    event.add("dtstamp", made)
    event.add("last-modified", made)
    event.add("dtstart", _written(line.starts_at or _beginning(line, made), zone))
    if line.ends_at is not None:
        event.add("dtend", _written(line.ends_at, zone))
    event.add("summary", line.title)
    event.add("description", _description(line))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def uid(conversation: str, step_id: str) -> str:
    """Return the event's id: stable for a conversation and step, and not reversible to either."""
    return hashlib.sha256(f"{conversation}\n{step_id}".encode()).hexdigest()[:32] + "@microneedling-assistant"


def _beginning(line: Step, made: datetime) -> datetime:
    return made if line.ends_at is None else min(made, in_utc(line.ends_at))


def _written(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return the moment in the zone; in UTC if the zone has no name or the clock shows this hour a second time."""
    local = moment.astimezone(zone)
    return in_utc(moment) if zone_name(zone) is None or local.fold else local


def _description(line: Step) -> str:
    sources = [f"{source['title']}: {source['section']}" for source in line.sources]
    return "\n\n".join(part for part in (line.detail, line.ask, "\n".join(sources)) if part)
