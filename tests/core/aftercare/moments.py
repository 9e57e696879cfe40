"""Moments as people say them: what the clock shows, and where."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

MADRID = "Europe/Madrid"


def at(local: str, zone: str = MADRID) -> datetime:
    """``at("2026-03-14 15:00")``: a quarter past nothing, in Madrid."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
