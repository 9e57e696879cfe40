"""What a conversation knows of the person's treatment: its moment, or the question that is open about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from knowledge.when.corrections import is_correction, is_forget
from knowledge.when.found import (
    Ambiguous,
    AmbiguousReason,
    Found,
    Moment,
    Nothing,
    Precision,
    Refused,
    RefusedReason,
)
from knowledge.when.moments import find_moment
from knowledge.when.zones import zone_of

Side = Literal["past", "future", "either"]
"""The side of now that was asked for."""
ANOTHER = timedelta(days=2)
"""How far apart two moments are when the later one is another treatment rather than a better date of the first."""
_AGAIN = re.compile(
    r"\b(?:next|another|again|second|2nd|third|3rd|top ?up|follow ?up|one more)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Treatment:
    """Empty where nothing is known; ``doubt`` is what was said last and could not be taken as it stands."""

    moment: Moment | None = None
    doubt: Ambiguous | Refused | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is a moment to compute with."""
        return self.moment is not None


def told(text: str, now: datetime, before: Treatment, asked: Side | None = None) -> Treatment | None:
    """What is known after this message, ``None`` if it says nothing of the person's treatment.

    A question that could not be settled leaves what was known before. An empty ``Treatment`` means: forget it.

    Args:
        text: what somebody wrote.
        now: the present moment in the person's zone.
        before: what was known before it.
        asked: the side of now that the person was asked about, if they were asked.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    if (before.moment or before.doubt) and is_forget(text):
        return Treatment()
    found = _found(text, now, before, asked)
    if isinstance(found, Nothing):
        return None
    return Treatment(found) if isinstance(found, Moment) else Treatment(before.moment, found)


def is_another(after: Treatment, before: Treatment, now: datetime, text: str) -> bool:
    """Whether what was told is a coming treatment beside one that has been: "my next session is on friday"."""
    if after.moment is None or before.moment is None or before.moment.at > now:
        return False
    comes = after.moment.latest >= now and after.moment.at - before.moment.at >= ANOTHER
    return comes and _AGAIN.search(text) is not None


def _found(text: str, now: datetime, before: Treatment, asked: Side | None) -> Found:
    known = before.moment.at if before.moment and (asked or is_correction(text)) else None
    if asked != "either":
        return find_moment(text, now, asked, known)
    sides = [find_moment(text, now, "past", known), find_moment(text, now, "future", known)]
    moments = [found for found in sides if isinstance(found, Moment)]
    if len(moments) == len(sides) and moments[0].at != moments[1].at:
        return Ambiguous("past_or_future", tuple(moments), moments[0].expression)
    return next((found for found in sides if not isinstance(found, Nothing)), sides[0])


def write_treatment(treatment: Treatment, zone: str | None) -> dict[str, Any]:
    """The treatment as it is kept in a slot: JSON, with the person's zone as an IANA name (none if it is not known),
    and no words of theirs.
    """
    written: dict[str, Any] = {"zone": zone}
    if treatment.moment is not None:
        written |= _written(treatment.moment)
    if treatment.doubt is not None:
        choices = treatment.doubt.choices if isinstance(treatment.doubt, Ambiguous) else ()
        written["doubt"] = {
            "reason": treatment.doubt.reason,
            "choices": [{"zone": zone, **_written(choice)} for choice in choices],
        }
    return written


def read_treatment(value: Any, zone: str | None = None) -> Treatment:
    """What was written, with its moments in ``zone``, or else in the one that was written; never raises."""
    if not isinstance(value, Mapping):
        return Treatment()
    name = zone or value.get("zone")
    try:
        return Treatment(_moment(value, name) if "at" in value else None, _doubt(value.get("doubt"), name))
    except (KeyError, TypeError, ValueError, OverflowError):
        return Treatment()


def _written(moment: Moment) -> dict[str, str]:
    return {
        "at": moment.at.isoformat(),
        "earliest": moment.earliest.isoformat(),
        "latest": moment.latest.isoformat(),
        "precision": moment.precision,
    }


def _moment(value: Mapping[str, Any], zone: Any) -> Moment:
    local, _ = zone_of(str(zone))
    at, earliest, latest = (
        datetime.fromisoformat(value[key]).astimezone(local) for key in ("at", "earliest", "latest")
    )
    precision: Precision = value["precision"]
    if precision not in get_args(Precision):
        raise ValueError(precision)
    return Moment(at, precision, "", earliest, latest)


def _doubt(value: Any, zone: Any) -> Ambiguous | Refused | None:
    if not value:
        return None
    choices = tuple(_moment(choice, zone) for choice in value["choices"])
    if value["reason"] in get_args(RefusedReason):
        return Refused(value["reason"], "")
    if value["reason"] not in get_args(AmbiguousReason):
        raise ValueError(value["reason"])
    return Ambiguous(value["reason"], choices, "")
