"""The timeline as a calendar file, which Google, Apple and Outlook read, and which a second import brings up to date.

Nothing of the conversation is in it: its id goes into the events' ids as a hash only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone, tzinfo

from icalendar import Calendar, Event

from knowledge.aftercare.aftercare import Aftercare, CalendarWording
from knowledge.aftercare.durations import in_utc
from knowledge.aftercare.merging import BESIDE
from knowledge.aftercare.person import Person
from knowledge.aftercare.reminders import reminders
from knowledge.aftercare.steps import Step, steps
from knowledge.aftercare.time_zones import time_zone, zone_name

PRODUCER = "-//microneedling-assistant//aftercare//EN"
_COUNTED_FROM = datetime(2024, 1, 1, tzinfo=timezone.utc)


def calendar(
    treated_at: datetime,
    now: datetime,
    conversation: str,
    aftercare: Aftercare,
    earliest: datetime | None = None,
) -> bytes:
    """The timeline as an .ics file (RFC 5545): an event for each step, reminders for what is still to come.

    Ids depend on the conversation and the step alone, and a later file has higher sequence numbers, so that an
    import changes the events of an earlier one. A step without a beginning begins when the file is made. ``earliest``
    is that of ``steps``.

    Raises:
        ValueError: a moment has no time zone.
    """
    made = in_utc(now).replace(microsecond=0)
    lines = steps(treated_at, now, aftercare, earliest)
    file = _header(aftercare.calendar)
    _add_time_zone(file, treated_at.tzinfo, [made, *_instants(lines)])
    for line in lines:
        event = _event(line, conversation, made, treated_at.tzinfo)
        if f"{line.id}{BESIDE}" not in {other.id for other in lines}:  # the stricter line reminds
            for reminder in reminders(line, treated_at, now, aftercare.calendar):
                event.add_component(reminder)
        file.add_component(event)
    return bytes(file.to_ical())


def person_calendar(person: Person, conversation: str, aftercare: Aftercare) -> bytes | None:
    """The calendar of this person's treatment; ``None`` if its moment is not known."""
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
    """The event's id: the same for the same conversation and step, and no way back from it to either."""
    return hashlib.sha256(f"{conversation}\n{step_id}".encode()).hexdigest()[:32] + "@microneedling-assistant"


def _beginning(line: Step, made: datetime) -> datetime:
    return made if line.ends_at is None else min(made, in_utc(line.ends_at))


def _written(moment: datetime, zone: tzinfo | None) -> datetime:
    """The moment in the zone; in UTC where the zone has no name or shows this hour for the second time."""
    local = moment.astimezone(zone)
    return in_utc(moment) if zone_name(zone) is None or local.fold else local


def _description(line: Step) -> str:
    sources = [f"{source['title']}: {source['section']}" for source in line.sources]
    return "\n\n".join(part for part in (line.detail, line.ask, "\n".join(sources)) if part)
