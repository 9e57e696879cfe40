"""Datetimes from a local time and a zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

MADRID = "Europe/Madrid"


def at(local: str, zone: str = MADRID) -> datetime:
    """Return the local time in the zone: ``at("2026-03-14 15:00")`` is 15:00 in Madrid."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
