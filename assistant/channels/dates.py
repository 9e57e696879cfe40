"""Dates picked in a form, for all channels that have one."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

from assistant.core.aftercare.guide import AftercareWording, load_aftercare_wording
from assistant.core.aftercare.picked_date import Picked, moment_in, picked


def picked_date(local: str, zone: str | None) -> Picked:
    """Interpret a local date and time such as 2026-11-29T15:00 in the person's time zone."""
    return picked(local, zone, datetime.now(timezone.utc), _wording())


def form_date(payload: str, zone: str | None) -> Picked | None:
    """Return the date in a form's payload, or None if the payload is of another kind."""
    moment = moment_in(payload)
    return None if moment is None else picked_date(moment, zone)


@lru_cache(maxsize=1)
def _wording() -> AftercareWording:
    return load_aftercare_wording(Path("data"))
