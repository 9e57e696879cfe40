"""Time zones, and moments on the clock of a zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from assistant.core.timex.types import Lean

_NO_PLACES = frozenset({"factory", "localtime"})


def zone_of(name: str | None) -> tuple[ZoneInfo, bool]:
    """The zone of an IANA name in any case, and whether the name is known; UTC stands in for an unknown one."""
    known = _names().get((name or "").strip().casefold())
    return ZoneInfo(known or "UTC"), known is not None


def arrival(metadata: Mapping[str, Any] | None) -> datetime:
    """The moment in UTC at which a message came, from its metadata (``at``), or else the present one."""
    try:
        return datetime.fromisoformat((metadata or {})["at"]).astimezone(timezone.utc)
    except (KeyError, TypeError, ValueError):
        return datetime.now(timezone.utc)


def on_the_clock(naive: datetime, zone: tzinfo, lean: Lean) -> datetime:
    """The moment at which the clocks of the zone show this.

    An hour that is skipped when summer time begins is read as the clock was before: 02:30 becomes 03:30. Of an
    hour that comes twice when it ends, the second is meant for what has happened, else the first: the cautious
    reading each time, at most that hour away from the other.
    """
    if lean == "past":
        second = naive.replace(tzinfo=zone, fold=1)
        if second.utcoffset() != naive.replace(tzinfo=zone).utcoffset() and _exists(second):
            return second
    first = naive.replace(tzinfo=zone, fold=0)
    return first if _exists(first) else first.astimezone(timezone.utc).astimezone(zone)


def later(moment: datetime, by: timedelta) -> datetime:
    """The moment that much time later, as time passes and not as clocks show it."""
    return (moment.astimezone(timezone.utc) + by).astimezone(moment.tzinfo)


def _exists(moment: datetime) -> bool:
    """Whether the clocks ever show this; they skip an hour in spring."""
    back = moment.astimezone(timezone.utc).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() if name.casefold() not in _NO_PLACES}
