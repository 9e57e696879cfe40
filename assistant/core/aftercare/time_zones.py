"""VTIMEZONE components, with a yearly rule for each clock change that follows one.

Replaces icalendar's own, which gives the local time after a clock change where RFC 5545 (3.6.5) requires the local
time before it, and which writes no rules.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

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
