"""Words that contradict the side they are said on: "had it tomorrow"."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.when.counted import Counted
from knowledge.when.days import Frame, Shifted
from knowledge.when.instants import Stretch
from knowledge.when.spots import Spot
from knowledge.when.weekdays import OnWeekday


def both_sides(spot: Spot, stretches: list[Stretch], frame: Frame) -> list[Stretch]:
    """What the words say, and what they would say on the side that the rest of the sentence is on."""
    other: list[Stretch] = []
    for stretch in stretches:
        days = _to_other_side(spot, stretch.at.date(), frame)
        if days is not None:
            other.append(_moved(stretch, days))
    return sorted(stretches + other, key=lambda stretch: stretch.at)


def _to_other_side(spot: Spot, day: date, frame: Frame) -> int | None:
    """Days by which to move: tomorrow becomes yesterday, a weekday the one before or after."""
    away = (day - frame.today).days
    sign = -1 if frame.lean == "past" else 1
    if away == 0:
        return sign
    if any(isinstance(name, (Shifted, Counted)) for name in spot.days):
        return -2 * away
    if any(isinstance(name, OnWeekday) for name in spot.days):
        return sign * 7 * (abs(away) // 7 + 1)
    return None


def _moved(stretch: Stretch, days: int) -> Stretch:
    """The same on another day's clock."""
    at, earliest, latest = (
        moment + timedelta(days=days) for moment in (stretch.at, stretch.earliest, stretch.latest)
    )
    return Stretch(at, earliest, latest, stretch.precision)
