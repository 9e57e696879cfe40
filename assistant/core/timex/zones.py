"""Time zones, and moments in local time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from assistant.core.timex.types import Lean

_NO_PLACES = frozenset({"factory", "localtime"})


def zone_of(name: str | None) -> tuple[ZoneInfo, bool]:
    """Return the zone of an IANA name in any case, and whether the name is known; an unknown one becomes UTC."""
    known = _names().get((name or "").strip().casefold())
    return ZoneInfo(known or "UTC"), known is not None


def arrival(metadata: Mapping[str, Any] | None) -> datetime:
    """Return the time in UTC at which a message arrived, from its metadata (``at``) or else the current time."""
    try:
        return datetime.fromisoformat((metadata or {})["at"]).astimezone(timezone.utc)
    except (KeyError, TypeError, ValueError):
        return datetime.now(timezone.utc)


def on_the_clock(naive: datetime, zone: tzinfo, lean: Lean) -> datetime:
    """Return the moment at which clocks in the zone show a naive time.

    A time skipped at the start of daylight saving is read with the earlier offset: 02:30 becomes 03:30. For a time
    that occurs twice at its end, the second is used for past events and the first otherwise: the cautious reading
    each time, and at most that hour off.
    """
    if lean == "past":
        second = naive.replace(tzinfo=zone, fold=1)
        if second.utcoffset() != naive.replace(tzinfo=zone).utcoffset() and _exists(second):
            return second
    first = naive.replace(tzinfo=zone, fold=0)
    return first if _exists(first) else first.astimezone(timezone.utc).astimezone(zone)


def later(moment: datetime, by: timedelta) -> datetime:
    """Return the moment that much later in elapsed time, regardless of clock changes."""
    return (moment.astimezone(timezone.utc) + by).astimezone(moment.tzinfo)


def _exists(moment: datetime) -> bool:
    """Return True if clocks ever show this time; they skip an hour in spring."""
    back = moment.astimezone(timezone.utc).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() if name.casefold() not in _NO_PLACES}
