"""ISO 8601 durations and their arithmetic on the clock and in the calendar.

Hours, minutes and seconds are elapsed time: 24 hours are 24 hours, also in the night when clocks change. Years,
months, weeks and days are calendar time in the person's zone: a week after Friday 15:00 is Friday 15:00. The 31st plus
a month is the last day of the next month. If a clock change skips or repeats the resulting hour, the instant further
from the treatment is used, which makes windows longer and never shorter.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any

_PATTERN = re.compile(
    r"P(?=.)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,4})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,4})M)?(?:(?P<seconds>\d{1,4})S)?)?"
)
LONGEST = timedelta(days=10 * 366)


@dataclass(frozen=True)
class Duration:
    """Length of time; months, days and seconds are separate because none is a fixed number of the others."""

    months: int
    days: int
    seconds: int
    by_clock: bool
    """True if it has a part in hours, minutes or seconds, even a zero one (``PT0S``)."""

    @classmethod
    def parse(cls, text: Any) -> Duration:
        """Parse an ISO 8601 duration.

        Raises:
            ValueError: the text is not a duration, or is longer than ten years.
        """
        match = _PATTERN.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise ValueError(
                f"is not an ISO 8601 duration (got {text} / expected such as PT24H, P3D, P4W or P6M)"
            )
        years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        duration = cls(
            12 * years + months, 7 * weeks + days, 3600 * hours + 60 * minutes + seconds, "T" in text
        )
        if duration.approximate > LONGEST:
            raise ValueError(f"is too long (got {text} / expected at most ten years)")
        return duration

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Duration]]:
        yield cls.parse

    @property
    def approximate(self) -> timedelta:
        """Length with months of 30 days, for comparing durations."""
        return timedelta(days=30 * self.months + self.days, seconds=self.seconds)


def in_utc(moment: datetime) -> datetime:
    """Return the same instant in UTC, where instants can be compared: within one zone, Python compares local times.

    Raises:
        ValueError: the datetime is naive.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone: give it the person's, or UTC")
    return moment.astimezone(timezone.utc)


def shifted(moment: datetime, duration: Duration, sign: int) -> datetime:
    """Return the instant, in UTC, that is the duration after the moment (``sign`` 1) or before it (-1)."""
    instant = in_utc(moment)
    if duration.months or duration.days:
        local = instant.astimezone(moment.tzinfo)  # normalises a local time that a clock change skipped
        local = datetime.combine(shifted_date(local.date(), duration, sign), local.time())
        readings = [
            local.replace(tzinfo=moment.tzinfo, fold=fold).astimezone(timezone.utc) for fold in (0, 1)
        ]
        instant = max(readings) if sign > 0 else min(readings)
    return instant + sign * timedelta(seconds=duration.seconds)


def shifted_date(day: date, duration: Duration, sign: int) -> date:
    """Return the day that is the duration's months and days after the day (``sign`` 1) or before it (-1)."""
    months = 12 * day.year + day.month - 1 + sign * duration.months
    year, month = divmod(months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + sign * timedelta(days=duration.days)


def start_of(day: date, zone: tzinfo | None) -> datetime:
    """Return the instant, in UTC, at which the day begins in the zone: 01:00 if a clock change skips midnight."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(timezone.utc)
