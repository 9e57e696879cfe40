"""The moment of a time of day alone, for what is asked about: "can i go out at 8", "dinner at 8 after it"."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from knowledge.when.clocks import Clock, Part
from knowledge.when.found import Moment
from knowledge.when.zones import on_the_clock

_SOON = timedelta(hours=3)
_HALF_A_DAY = timedelta(hours=12)


def next_on(clock: Clock, part: Part | None, now: datetime) -> datetime | None:
    """When a clock shows it next, within half a day; without the half of the day only what is near.

    Unlike a treatment, what people ask about may well be at 6 in the morning, so both halves count.
    """
    midnight = datetime.combine(now.date(), time())
    every = {midnight + after for after in clock.times(part)}
    sure = part is not None or bool(clock.half) or not 1 <= clock.hour <= 12
    if not sure:
        every |= {at - _HALF_A_DAY for at in every} | {at + _HALF_A_DAY for at in every}
    every |= {at + timedelta(days=1) for at in every}
    coming = min((at for at in _placed(every, now) if at > now), default=None)
    near = _HALF_A_DAY - timedelta(minutes=1) if sure else _SOON
    return coming if coming is not None and coming - now <= near else None


def after_session(clock: Clock, session: Moment) -> datetime | None:
    """The one time on the day of the session, after it, that the clock can mean."""
    midnight = datetime.combine(session.at.date(), time())
    every = _placed({midnight + after for after in clock.times(None)}, session.at)
    coming = [at for at in every if at > session.latest]
    return coming[0] if len(coming) == 1 else None


def _placed(every: set[datetime], near: datetime) -> list[datetime]:
    """On the clock of the zone."""
    zone = near.tzinfo
    assert zone is not None
    return [on_the_clock(at, zone, "future") for at in every]
