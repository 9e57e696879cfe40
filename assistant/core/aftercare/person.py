"""The person in a conversation: treatment, time zone, and dates in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.guide import AftercareWording
from assistant.core.aftercare.rules import day_after
from assistant.core.treatment_date import Ambiguous, Treatment, read_treatment, zone_of

LAST_MINUTE = 59
"""Minute at which a day, or a part of it, ends if it was given without an hour."""


@dataclass(frozen=True)
class Person:
    """A person at one point in time; all datetimes are in their zone."""

    treatment: Treatment
    now: datetime
    zone: ZoneInfo
    zone_known: bool
    """True if the zone was given; otherwise it is UTC and answers say so."""

    @property
    def treated_between(self) -> tuple[datetime, datetime] | None:
        """First and last possible datetime of the treatment, by what the person said; ``None`` if unknown."""
        moment = self.treatment.moment
        if moment is None:
            return None
        is_past = in_utc(moment.at) <= in_utc(self.now)
        latest = min(moment.latest, self.now, key=in_utc) if is_past else moment.latest
        return min(moment.earliest, latest, key=in_utc), latest

    @property
    def treated_at(self) -> datetime | None:
        """Last possible datetime of the treatment, from which waiting times count."""
        between = self.treated_between
        return None if between is None else between[1]

    @property
    def is_treated(self) -> bool:
        """True if the treatment is past."""
        moment = self.treatment.moment
        return moment is not None and in_utc(moment.at) <= in_utc(self.now)

    @property
    def day(self) -> int | None:
        """Day after the treatment: 0 on the day itself, negative before it."""
        return None if self.treated_at is None else day_after(self.treated_at, self.now)


def readings(person: Person) -> list[Person]:
    """Return the person with each date that their words may mean; unchanged if the date is known."""
    doubt = person.treatment.doubt
    if person.treatment.is_known or not isinstance(doubt, Ambiguous):
        return [person]
    return [replace(person, treatment=Treatment(choice)) for choice in doubt.choices]


def person_of(treatment: Any, zone_name: str | None, now: datetime) -> Person:
    """Return the person of a conversation.

    Args:
        treatment: value of the slot.
        zone_name: IANA name from the channel; if ``None``, the zone in which the date was given.
        now: current time, in any zone.
    """
    given = treatment.get("zone") if isinstance(treatment, Mapping) else None
    zone, known = zone_of(zone_name or given)
    return Person(read_treatment(treatment, zone.key), now.astimezone(zone), zone, known)


def say_date(moment: datetime, person: Person, wording: AftercareWording) -> str:
    """Return the date in words, with the year only if it is not the current one."""
    local = moment.astimezone(person.zone)
    return wording.moment.format(
        weekday=wording.weekdays[local.weekday()],
        day=local.day,
        month=wording.months[local.month - 1],
        year="" if local.year == person.now.year else f" {local.year}",
    )


def say_moment(moment: datetime, person: Person, wording: AftercareWording) -> str:
    """Return date and hour in words; midnight is the date alone, and the last minute of an hour the next hour."""
    local = _whole(moment, person)
    date = say_date(local, person, wording)
    if (local.hour, local.minute) == (0, 0):
        return date
    return wording.with_hour.format(date=date, hour=f"{local:%H:%M}")


def _whole(moment: datetime, person: Person) -> datetime:
    """Return the moment in the person's zone; the last minute of an hour is the next hour."""
    is_last = moment.minute == LAST_MINUTE
    return (in_utc(moment) + timedelta(minutes=int(is_last))).astimezone(person.zone)


def say_until(moment: datetime, person: Person, wording: AftercareWording) -> str:
    """Return the exclusive end of a time in words; midnight is the end of the day before."""
    local = _whole(moment, person)
    if (local.hour, local.minute) != (0, 0):
        return say_moment(moment, person, wording)
    return wording.end_of_day.format(date=say_date(local - timedelta(days=1), person, wording))


def treatment_of(person: Person, wording: AftercareWording) -> dict[str, Any] | None:
    """Return the protocol's ``treatment``: moment, day, and both in words; ``None`` if it is not known."""
    if person.treated_at is None:
        return None
    return {"at": person.treated_at.isoformat(), "day": person.day, "label": say_day(person, wording)}


def say_day(person: Person, wording: AftercareWording) -> str:
    """Return the person's day, such as "Day 2 after Sun 29 Nov, 15:00, Madrid time".

    Raises:
        ValueError: the treatment is not known.
    """
    moment, day = person.treatment.moment, person.day
    if moment is None or day is None:
        raise ValueError("the treatment is not known: ask for it first")
    say = say_moment if moment.precision == "minute" else say_date
    values = {"moment": say(moment.at, person, wording), "zone": say_zone(person, wording)}
    if person.is_treated:
        return wording.day.after.format(day=day, **values)
    if day == 0:
        return wording.day.today.format(**values)
    return (wording.day.before_one if day == -1 else wording.day.before).format(days=-day, **values)


def say_zone(person: Person, wording: AftercareWording) -> str:
    """Return the time zone in words, or that it is not known."""
    if not person.zone_known:
        return wording.zone_unknown
    return wording.zone.format(city=person.zone.key.rsplit("/", 1)[-1].replace("_", " "))


def paragraphs(*parts: Sequence[str | None]) -> str:
    """Join sentences to one paragraph per part; empty sentences and paragraphs are left out."""
    said = (" ".join(sentence.strip() for sentence in part if sentence) for part in parts)
    return "\n\n".join(paragraph for paragraph in said if paragraph)
