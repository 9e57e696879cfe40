"""Phase of the person: recently treated, treated long ago, booked, or unknown from what they have said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from assistant.core.timex.combination import match
from assistant.core.timex.normalized_text import normalize
from assistant.core.timex.types import Moment, Refused
from assistant.core.treatment_date import en
from assistant.core.treatment_date.mentions import without
from assistant.core.treatment_date.treatment import Treatment, update_treatment

Phase = Literal["treated", "long_ago", "booked", "unknown"]
LATELY = timedelta(days=30)
"""Time after a treatment within which a skin problem or a fever may be its consequence."""

_TREATMENT = (
    r"(?:treatments?|sessions?|micro ?-?needl\w*|needl\w*|procedure|appointment|facial|rolling|roller|stamp"
    r"|derma ?-?(?:pen|roller|stamp)\w*|skin ?pen|dr\.? ?pen)"
)
_AFTERWARDS = re.compile(
    rf"\b(?:since|after|following|post|from) (?:\w+ ){{0,3}}{_TREATMENT}\b|\b(?:since|after) (?:it|i had it)\b"
    rf"|\b(?:just )?(?:had|got) (?:it|mine|my \w+|the \w+) (?:done|treated|needled|rolled)\b"
)
"""Matches a past treatment without a date."""


def phase_of(text: str, now: datetime, before: Treatment) -> Phase:
    """Return the person's phase after a message.

    Args:
        text: the message.
        now: time of the message, in the person's zone.
        before: the treatment known so far.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    said = update_treatment(text, now, before)
    moments = list(_possible(said or before))
    if any(timedelta() <= now - moment.at <= LATELY for moment in moments):
        return "treated"
    is_long_ago = any(now - moment.at > LATELY for moment in moments)
    if said is not None and (is_long_ago or _is_too_far(said)):
        return "long_ago"
    # somebody who is booked may have been treated before
    if _AFTERWARDS.search(text.lower()):
        return "treated"
    if is_long_ago:
        return "long_ago"
    return "booked" if moments else "unknown"


def first_possible(text: str, now: datetime, before: Treatment) -> datetime | None:
    """Return the first moment at which the person may have been treated; ``None`` if that is not known.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    moments = _possible(update_treatment(text, now, before) or before)
    return min((moment.earliest for moment in moments if moment.at <= now), default=None)


def says_only_a_treatment(text: str) -> bool:
    """Return True if a message states when a treatment was or will be, and nothing else: "session in 3 weeks"."""
    normalized = normalize(text)
    found = [expr for expr in match(normalized.text) if not expr.non_temporal]
    rest = without(found, normalized.text).split()
    return bool(found) and all(
        word in en.OF_A_TREATMENT or word in en.FILLERS or word.isdigit() for word in rest
    )


def _is_too_far(treatment: Treatment) -> bool:
    return isinstance(treatment.doubt, Refused) and treatment.doubt.reason == "too_far"


def _possible(treatment: Treatment) -> Iterator[Moment]:
    if treatment.moment is not None:
        yield treatment.moment
    if treatment.doubt is not None:
        yield from treatment.doubt.choices
