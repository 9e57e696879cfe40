"""Hypothesis strategies for treatments, datetimes and zones."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

_NAMES = (
    "UTC",
    "Europe/Madrid",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Pacific/Chatham",
)
NAMES = st.sampled_from([ZoneInfo(name) for name in _NAMES])
"""Zones whose clocks change by an hour, by half an hour, at midnight, in other months, and never."""
OFFSETS = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
ZONES = NAMES | OFFSETS


def _changes(zone: tzinfo) -> list[datetime]:
    """Return the hours of 2026, in UTC, in which clocks of the zone change."""
    hours = [datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(hours=hour) for hour in range(365 * 24)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return [hour for hour, before, after in zip(hours[1:], offsets, offsets[1:]) if before != after]


CHANGES = [(change, ZoneInfo(name)) for name in _NAMES for change in _changes(ZoneInfo(name))]

# hours at which rules change
_EDGES = st.sampled_from(
    [0, 1, 12, 23, 24, 25, 47, 48, 49, 72, 96, 120, 144, 167, 168, 169, 671, 672, 673, 2880, 4380]
)

# treatments whose windows end near a clock change, and treatments anywhere
NEAR_CHANGES = st.builds(
    lambda change, hours, seconds, sign: (
        change[0] - sign * timedelta(hours=hours, seconds=seconds)
    ).astimezone(change[1]),
    st.sampled_from(CHANGES),
    _EDGES,
    st.integers(-7200, 7200),
    st.sampled_from([-1, 1]),
)
ANYWHERE = st.builds(
    lambda local, zone, fold: local.replace(tzinfo=zone, fold=fold),
    st.datetimes(datetime(2000, 1, 1), datetime(2080, 1, 1)),
    ZONES,
    st.integers(0, 1),
)
TREATMENTS = NEAR_CHANGES | ANYWHERE

_AWAY = st.builds(
    lambda hours, seconds, sign: sign * timedelta(hours=hours, seconds=seconds),
    _EDGES,
    st.integers(-7200, 7200),
    st.sampled_from([-1, 1]),
)
AWAY = _AWAY | st.timedeltas(timedelta(days=-400), timedelta(days=400))
"""Elapsed time from the treatment to a moment."""
