"""Days named by their distance from the session: "on the day", "the night before", "2 days after my session"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from assistant.core.timex.combination import match
from assistant.core.timex.expressions import alternatives, cue, time_within
from assistant.core.timex.normalized_text import normalize
from assistant.core.timex.types import Moment, later
from assistant.core.treatment_date import en
from assistant.core.treatment_date.corrections import is_correction
from assistant.core.treatment_date.mentions import find_moments, says_only_a_time
from assistant.core.treatment_date.treatment import Treatment

Span = tuple[datetime, datetime]
"""First and last moment."""

_SESSION = "(?:my |the )?(?:appointment|session|treatment|needling|procedure)"
_THAT_DAY = cue(rf"""
    that (?:same )?(?:day|morning|afternoon|evening)|(?:on|during) the day(?: itself| of)?|the day itself|the same day
    (?:on )?the (?:day|morning|afternoon) of(?! (?:the|my) wedding)
    (?:in )?the morning (?:before|of) (?:it|that)
    (?:right |just |straight )?before {_SESSION}
    before i (?:come|go|get)(?: in| there| over| to (?:the |my )?(?:clinic|appointment|session))
""")
_GOES_ON = alternatives(rf"""
    (?= (?:it|that|then|{_SESSION})(?!\S))|(?= [.,?!;)-])|$
    (?= (?:at|can|is|ok|okay|i|would|should|may|could|or|and|fine|alright|allowed|too)(?!\S))
""")
_AWAY = re.compile(
    r"(?<!\S)(?:(?:the|a|one|1|(?P<number>\d+)) )?(?P<unit>hour|day|night|evening|week|morning(?= after)) "
    rf"(?P<way>before|after)(?:{_GOES_ON})"
)
_PARTS = {"night": (17, 24), "evening": (17, 24), "morning": (5, 12)}
"""First and last hour of the parts of a day."""
_IN_THE_MORNING = re.compile(
    r"(?<!\S)(?:can|could|should|may|shall|do|will|would) (?:i|we) "
    r"[^.,;!?]*(?<!\S)in the morning(?! (?:of|before|after))"
)
_MINUTE = timedelta(minutes=1)


def day_of_treatment(text: str, treatment: Treatment, now: datetime) -> Span | None:
    """Return the time that a question names by the known treatment; the day itself is from midnight to the treatment.

    None for none, and for one that is over.
    """
    moment, plain = treatment.moment, normalize(text).text
    if moment is None:
        return None
    away = _AWAY.search(plain)
    if away is not None:
        first, last = _at_the_time(plain[away.end() :], *_at_distance(away, moment))
        return (max(first, now), last) if last >= now else None
    if not _THAT_DAY.search(plain):
        return None
    return _midnight(moment), moment.earliest


def _at_the_time(rest: str, first: datetime, last: datetime) -> Span:
    """Narrow a day to the time of day that follows its name: "the day after at 8 pm"."""
    expr = next((each for each in match(rest) if not each.non_temporal), None)
    if expr is None or expr.clock is None or expr.days or rest[: expr.start].strip():
        return first, last
    day = Moment(first, "day", "", first, last)
    at = time_within(expr.clock, day)
    return (first, last) if at is None else (at, at)


def time_asked(text: str, treatment: Treatment, now: datetime) -> Span | None:
    """Return the time that is all a message names after a known session: "and tomorrow at noon", "on day 6".

    None for none, and for a time that is over, because that may be the session's.
    """
    moment = treatment.moment
    if moment is None or moment.at > now or is_correction(text):
        return None
    day = en.ON_A_DAY.search(normalize(text).text)
    if day is not None:
        begins = _midnight(moment) + timedelta(days=int(day["number"]))
        return begins, begins + timedelta(days=1) - _MINUTE
    found = find_moments(text, now)
    if {mention.role for mention in found} != {"treatment_future"} or not says_only_a_time(text, now):
        return None
    choices = [choice for mention in found for choice in mention.found.choices]
    return (choices[0].earliest, choices[-1].latest) if choices else None


def next_morning(text: str, now: datetime) -> Span | None:
    """Return the coming morning if a question is about "in the morning"; None if it is about something else."""
    if not _IN_THE_MORNING.search(normalize(text).text):
        return None
    first, last = (timedelta(hours=hour) for hour in _PARTS["morning"])
    midnight = datetime.combine(now.date(), time(), tzinfo=now.tzinfo)
    day = midnight if midnight + first > now else midnight + timedelta(days=1)
    return day + first, day + last


def _at_distance(away: re.Match[str], moment: Moment) -> Span:
    sign = -1 if away["way"] == "before" else 1
    number = int(away["number"] or 1)
    if away["unit"] == "hour":
        shift = sign * timedelta(hours=number)
        return later(moment.earliest, shift), later(moment.latest, shift)
    days = sign * number * (7 if away["unit"] == "week" else 1)
    begins, ends = _PARTS.get(away["unit"], (0, 24))
    day = _midnight(moment) + timedelta(days=days)
    return day + timedelta(hours=begins), day + timedelta(hours=ends) - _MINUTE


def _midnight(moment: Moment) -> datetime:
    return datetime.combine(moment.at.date(), time(), tzinfo=moment.at.tzinfo)
