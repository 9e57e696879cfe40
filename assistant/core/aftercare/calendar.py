"""Calendar file of the timeline, with reminders for when a step begins and when something is fine again.

Steps that begin with the treatment or are only to be expected have no reminder. No reminder comes at night.

The time zone has a yearly rule for each clock change that follows one. It replaces icalendar's own, which gives the
local time after a clock change where RFC 5545 (3.6.5) requires the local time before it, and which writes no rules.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone, tzinfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.person import Person
from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX, CalendarWording, Rulebook
from assistant.core.aftercare.timeline import Step, steps

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_LONG_AGO = datetime(1970, 1, 1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_YEARS_AHEAD = 6
"""Years in which a yearly rule must hold to be accepted."""


@dataclass(frozen=True)
class _Change:
    """A clock change."""

    since: datetime
    """Local time of the change by the old offset."""
    came_from: timedelta
    goes_to: timedelta
    name: str
    to_summer_time: bool
    """True if clocks go forward; Ireland and Morocco define it the other way round, calendars do not."""

    def rules(self) -> set[str]:
        """Return the yearly rules that give this day: the second Sunday of March, the last one of October."""
        weekday, month = _WEEKDAYS[self.since.weekday()], self.since.month
        rules = {f"FREQ=YEARLY;BYDAY={(self.since.day - 1) // 7 + 1}{weekday};BYMONTH={month}"}
        if self.since.day + 7 > monthrange(self.since.year, month)[1]:
            rules.add(f"FREQ=YEARLY;BYDAY=-1{weekday};BYMONTH={month}")
        return rules


def zone_name(zone: tzinfo | None) -> str | None:
    """Return the zone's name for calendars; ``None`` for UTC and fixed offsets, which need none."""
    name = getattr(zone, "key", None)
    return None if name in {"UTC", "Etc/UTC"} else name


def time_zone(zone: tzinfo, name: str, first: datetime, last: datetime) -> Timezone:
    """Return the zone for the years from ``first`` to ``last``, and beyond if its changes follow yearly rules."""
    component = Timezone()
    component.add("tzid", name)
    years = range(first.astimezone(zone).year - 1, last.astimezone(zone).year + 1)
    by_year = [_changes(zone, year) for year in range(years[0], years[-1] + _YEARS_AHEAD)]
    rules = _yearly(by_year)
    single = [change for changes in by_year[: len(years)] for change in changes]
    if rules:
        observances = [_observance(change, rule) for change, rule in zip(by_year[0], rules)]
    else:
        observances = [_observance(change) for change in [_long_ago(zone, years[0], single), *single]]
    for observance in observances:
        component.add_component(observance)
    return component


def _long_ago(zone: tzinfo, year: int, changes: Sequence[_Change]) -> _Change:
    """Return the offset in effect before the first change, as a change long ago."""
    start = datetime(year, 1, 1, tzinfo=timezone.utc)
    summer = bool(changes) and changes[0].goes_to < changes[0].came_from
    return _Change(_LONG_AGO, _offset(zone, start), _offset(zone, start), _named(zone, start), summer)


def _yearly(by_year: Sequence[Sequence[_Change]]) -> list[str]:
    """Return a rule that holds in all years for each change of the first year; nothing unless every change has one."""
    if len({len(changes) for changes in by_year}) > 1:
        return []
    rules = []
    for same in zip(*by_year):
        common = set.intersection(*(change.rules() for change in same))
        alike = {(change.since.time(), change.came_from, change.goes_to) for change in same}
        if not common or len(alike) > 1:
            return []
        rules.append(min(common))
    return rules


def _changes(zone: tzinfo, year: int) -> list[_Change]:
    start, end = datetime(year, 1, 1, tzinfo=timezone.utc), datetime(year + 1, 1, 1, tzinfo=timezone.utc)
    return [_change(zone, before, after) for before, after in _borders(zone, start, end)]


def _change(zone: tzinfo, before: datetime, after: datetime) -> _Change:
    came_from, goes_to = _offset(zone, before), _offset(zone, after)
    since = (after + came_from).replace(tzinfo=None)
    return _Change(since, came_from, goes_to, _named(zone, after), goes_to > came_from)


def _borders(zone: tzinfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the last second before each clock change and the first one after it."""
    day = start
    while day < end:
        before, after = day, day + _DAY
        if _offset(zone, before) != _offset(zone, after):
            while after - before > _SECOND:
                middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
                before, after = (
                    (middle, after) if _offset(zone, middle) == _offset(zone, day) else (before, middle)
                )
            yield before, after
        day += _DAY


def _offset(zone: tzinfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _named(zone: tzinfo, instant: datetime) -> str:
    return instant.astimezone(zone).tzname() or ""


def _observance(change: _Change, rule: str | None = None) -> TimezoneDaylight | TimezoneStandard:
    observance = TimezoneDaylight() if change.to_summer_time else TimezoneStandard()
    observance.add("dtstart", change.since)
    observance.add("tzoffsetfrom", change.came_from)
    observance.add("tzoffsetto", change.goes_to)
    observance.add("tzname", change.name)
    if rule is not None:
        observance.add("rrule", dict(part.split("=") for part in rule.split(";")))
    return observance


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
