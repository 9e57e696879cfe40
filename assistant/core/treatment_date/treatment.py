"""The date of a person's treatment: search in messages, update, serialization, and events relative to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal, get_args

from assistant.core.timex.en import WEEKDAYS
from assistant.core.timex.normalized_text import normalize
from assistant.core.timex.types import (
    Ambiguous,
    AmbiguousReason,
    Direction,
    Found,
    Mention,
    Moment,
    Nothing,
    Precision,
    Refused,
    RefusedReason,
    Role,
    zone_of,
)
from assistant.core.treatment_date import en
from assistant.core.treatment_date.corrections import is_correction, is_forget, takes_back
from assistant.core.treatment_date.mentions import find_moments

_FINER = {"minute": 0, "part_of_day": 1, "day": 2}


def find_moment(text: str, now: datetime, expects: Direction = None, known: datetime | None = None) -> Found:
    """Return the moment of the person's treatment according to a message.

    Of several moments, one in the expected direction or else a past one takes precedence. Corrected ones ("wednesday,
    no wait, tuesday") are dropped. Hypotheticals ("could i go again friday"), events and other people's sessions do
    not count as a treatment; ``find_moments`` returns them too.

    Args:
        text: the message.
        now: the current time in the person's zone.
        expects: the direction that was asked for, if any; words that state a direction take precedence.
        known: the moment known so far, for corrections: "it was the day before", "at 3".

    Returns:
        A Moment; Ambiguous with the choices; Refused for the impossible; Nothing if no treatment is dated.

    Raises:
        ValueError: ``now`` or ``known`` has no time zone.
    """
    found = _treatment(text, now, expects, known)
    other_now = _now_by_their_weekday(text, now)
    other = _treatment(text, other_now, expects, known) if other_now else found
    if not (isinstance(found, Moment) and isinstance(other, Moment)) or other.at == found.at:
        return found
    choices = tuple(sorted((found, other), key=lambda choice: choice.at))
    return Ambiguous("weekday_differs", choices, found.expression)


def _treatment(text: str, now: datetime, expects: Direction, known: datetime | None) -> Found:
    mentions = [
        mention
        for mention in find_moments(text, now, expects, known)
        if mention.role != "event" and not mention.asked
    ]
    standing = _not_taken_back(mentions, text)
    real = [mention for mention in standing if not isinstance(mention.found, Refused)]
    wanted = _of_the_side(real, expects) or standing
    return _one_of(wanted, text) if wanted else Nothing()


def _not_taken_back(mentions: list[Mention], text: str) -> list[Mention]:
    standing: list[Mention] = []
    for mention in mentions:
        if standing and takes_back(text[standing[-1].end : mention.start]):
            standing.pop()
        standing.append(mention)
    return standing


def _of_the_side(mentions: list[Mention], expects: Direction) -> list[Mention]:
    for side in (expects or "past", "past", "future"):
        of_side = [mention for mention in mentions if mention.role == f"treatment_{side}"]
        if of_side:
            return of_side
    return []


def _one_of(mentions: list[Mention], text: str) -> Found:
    distinct: list[Moment | Ambiguous | Refused] = []
    for mention in sorted(mentions, key=lambda mention: _vagueness(mention.found)):
        if not any(_same(mention.found, other) for other in distinct):
            distinct.append(mention.found)
    if len(distinct) == 1:
        return distinct[0]
    choices = {choice for found in distinct for choice in found.choices}
    expression = text[min(mention.start for mention in mentions) : max(mention.end for mention in mentions)]
    return Ambiguous("which_one", tuple(sorted(choices, key=lambda choice: choice.at)), expression)


def _vagueness(found: Moment | Ambiguous | Refused) -> tuple[int, timedelta]:
    if isinstance(found, Moment):
        return _FINER[found.precision], found.latest - found.earliest
    return 9, timedelta()


def _same(one: Moment | Ambiguous | Refused, other: Moment | Ambiguous | Refused) -> bool:
    """Return True if two results are compatible: a Friday, and that Friday at four."""
    if isinstance(one, Moment) and isinstance(other, Moment) and "minute" in (one.precision, other.precision):
        finer, vaguer = sorted((one, other), key=_vagueness)
        return vaguer.earliest <= finer.at <= vaguer.latest
    days = [{choice.at.date() for choice in found.choices} for found in (one, other)]
    return bool(days[0] & days[1]) or isinstance(one, Refused)


def _now_by_their_weekday(text: str, now: datetime) -> datetime | None:
    """Return now on the weekday that the message says it is, or None if that is the weekday here."""
    says = en.TODAY_IS.search(normalize(text).text)
    if says is None:
        return None
    days = (WEEKDAYS.index(says["one"] or says["other"]) - now.weekday() + 3) % 7 - 3
    return now + timedelta(days=days) if days else None


Side = Literal["past", "future", "either"]
"""Direction that was asked for."""
ANOTHER = timedelta(days=2)
"""Minimum distance at which a later moment is another treatment, not a better date of the first."""
_MOST_WRITTEN = 20
"""Maximum number of moments in the parse of a message."""
_TIMES = ("at", "earliest", "latest")
"""Times of a moment, as serialized."""
_OF_MENTION = ("role", "asked", "start", "end")


@dataclass(frozen=True)
class Treatment:
    """The known treatment; empty if nothing is known.

    ``doubt`` is the last statement if it could not be resolved.
    """

    moment: Moment | None = None
    doubt: Ambiguous | Refused | None = None

    @property
    def is_known(self) -> bool:
        """True if there is a moment to compute with."""
        return self.moment is not None


def update_treatment(
    text: str, now: datetime, before: Treatment, asked: Side | None = None
) -> Treatment | None:
    """Return the treatment after a message, or None if the message does not mention it.

    An unresolved statement keeps the moment that was known before. An empty ``Treatment`` is a request to forget it.

    Args:
        text: the message.
        now: the current time in the person's zone.
        before: the treatment known before the message.
        asked: the direction that the person was asked about, if any.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    if (before.moment or before.doubt) and is_forget(text):
        return Treatment()
    found = _found(text, now, before, asked)
    if isinstance(found, Nothing):
        return None
    return Treatment(found) if isinstance(found, Moment) else Treatment(before.moment, found)


def supposed_treatment(text: str, now: datetime) -> Treatment | None:
    """Return the only session that a message considers: "if i'm done on 1 dec, retinol on the 6th?"; None for several.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    found = [mention.found for mention in find_moments(text, now) if mention.role == "treatment_future"]
    return Treatment(found[0]) if len(found) == 1 and isinstance(found[0], Moment) else None


def is_another(after: Treatment, before: Treatment, now: datetime, text: str) -> bool:
    """Return True if a future treatment was stated in addition to a past one: "my next session is on friday"."""
    if after.moment is None or before.moment is None or before.moment.at > now:
        return False
    comes = after.moment.latest >= now and after.moment.at - before.moment.at >= ANOTHER
    return comes and en.ANOTHER_SESSION.search(text) is not None


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
    """Serialize a treatment for a slot, as JSON.

    The zone is an IANA name, or None if it is not known. The person's wording is not stored.
    """
    known = (found for found in (treatment.moment, treatment.doubt) if found is not None)
    return {"zone": zone} | {name: value for found in known for name, value in _written(found, zone).items()}


def _written(found: Moment | Ambiguous | Refused | Mention, zone: str | None = None) -> dict[str, Any]:
    if isinstance(found, Mention):
        return {name: getattr(found, name) for name in _OF_MENTION} | _written(found.found)
    if isinstance(found, Moment):
        times = {name: getattr(found, name).isoformat() for name in _TIMES}
        return {**times, "precision": found.precision}
    choices = [{"zone": zone, **_written(choice)} for choice in found.choices]
    return {"doubt": {"reason": found.reason, "choices": choices}}


def read_treatment(value: Any, zone: str | None = None) -> Treatment:
    """Deserialize a treatment, with its moments in ``zone`` or else in the stored zone; never raises."""
    if not isinstance(value, Mapping):
        return Treatment()
    local = zone_of(str(zone or value.get("zone")))[0]
    try:
        return Treatment(_moment(value, local) if "at" in value else None, _doubt(value.get("doubt"), local))
    except (KeyError, TypeError, ValueError, OverflowError):
        return Treatment()


def _moment(value: Mapping[str, Any], zone: tzinfo | None) -> Moment:
    at, earliest, latest = (datetime.fromisoformat(value[name]).astimezone(zone) for name in _TIMES)
    return Moment(at, _one_of_these(value["precision"], Precision), "", earliest, latest)


def _doubt(value: Any, zone: tzinfo | None) -> Ambiguous | Refused | None:
    if not value:
        return None
    if value["reason"] in get_args(RefusedReason):
        return Refused(value["reason"], "")
    choices = tuple(_moment(choice, zone) for choice in value["choices"])
    return Ambiguous(_one_of_these(value["reason"], AmbiguousReason), choices, "")


def _one_of_these(value: Any, names: Any) -> Any:
    """Return a value that is one of the names of a literal type.

    Raises:
        ValueError: it is none of them.
    """
    if value not in get_args(names):
        raise ValueError(value)
    return value


def write_moments(text: str, now: datetime, known: Moment | None) -> list[dict[str, Any]]:
    """Search a message and serialize its moments for its parse, as JSON; the wording is not stored.

    There is one entry for the message alone, and one for it together with the known moment, if there is any. Empty
    for a message with so many moments that it isn't worth handing them over.
    """
    days = [None] if known is None else [None, known.at]
    searches = [(day, find_moments(text, now, None, day)) for day in days]
    if any(len(mentions) > _MOST_WRITTEN for _, mentions in searches):
        return []
    return [
        {"known": day and day.isoformat(), "mentions": [_written(each) for each in mentions]}
        for day, mentions in searches
    ]


def read_moments(value: Any, text: str, now: datetime, known: Moment | None) -> tuple[Mention, ...]:
    """Return the moments of a message from its parse, or search them if the parse does not have them.

    Args:
        value: what ``write_moments`` returned; anything else is ignored.
        text: the message.
        now: the current time in the person's zone.
        known: the moment known so far, to which "the day before" and "at 3" then refer.
    """
    at = known.at if known else None
    for search in value if isinstance(value, Sequence) else ():
        with suppress(KeyError, TypeError, ValueError, OverflowError):
            if (search["known"] and datetime.fromisoformat(search["known"])) == at:
                return tuple(_mention(each, now.tzinfo) for each in search["mentions"])
    return find_moments(text, now, None, at)


def _mention(value: Mapping[str, Any], zone: tzinfo | None) -> Mention:
    found = _doubt(value.get("doubt"), zone) or _moment(value, zone)
    role = _one_of_these(value["role"], Role)
    return Mention(found, role, bool(value["asked"]), int(value["start"]), int(value["end"]))
