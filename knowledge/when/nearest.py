"""Which one is meant of days that come again and again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from knowledge.when.days import Frame, Options

_SOON = 65
_ANOTHER_SEASON = 183
_ANOTHER_YEAR = 300
_CONFUSABLE = 40


def nearest(days: Iterable[date], frame: Frame) -> Options:
    """The nearest on the side that is meant.

    Open are: the side, where nothing tells it and both are about as near; today or the one before or after, where
    today is one of them; the year, where the side that is told is most of a year away and the other one is near
    ("had it 12 december", said in November).
    """
    today = frame.today
    behind = max((day for day in days if day < today), default=None)
    ahead = min((day for day in days if day > today), default=None)
    if today in days:
        return _around_today(behind, ahead, frame)
    wanted, other = (ahead, behind) if frame.lean == "future" else (behind, ahead)
    if wanted is None or other is None:
        return Options(tuple(day for day in (behind, ahead) if day))
    near, far = abs(wanted - today).days, abs(other - today).days
    both = Options(tuple(sorted((wanted, other))), "past_or_future")
    if frame.lean:
        return both if near > _ANOTHER_YEAR and far <= _SOON else Options((wanted,))
    if min(near, far) <= _SOON and max(near, far) > _ANOTHER_SEASON:
        return Options((wanted if near < far else other,))
    return both


def neighbour(anchor: date, number: int, way: Literal[-1, 1]) -> date | None:
    """The nearest day with this number in its month before (-1) or after (1) another day."""
    days = (anchor + timedelta(days=n * way) for n in range(1, 32))
    return next((day for day in days if day.day == number), None)


def _around_today(behind: date | None, ahead: date | None, frame: Frame) -> Options:
    others = {"past": [behind], "future": [ahead]}.get(frame.lean or "", [behind, ahead])
    confusable = [day for day in others if day and abs(day - frame.today).days <= _CONFUSABLE]
    return Options(tuple(sorted([*confusable, frame.today])))
