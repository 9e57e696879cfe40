"""Patterns for times of day: at 4, 3:15 pm, half past 4, noon, first thing, in the evening."""

from __future__ import annotations

import re

from assistant.core.timex.en import WEEKDAYS
from assistant.core.timex.expressions import PARTS, Clock, Half, Pattern, TimeExpression, pattern

_H = r"(?P<hour>\d{1,2})"
_HALF = r"(?: (?P<half>am|pm))"
_ISH = r"(?: ish)?"
_AT = r"(?P<at>at|at about|at around|at like|at roughly|at exactly|from|by|before|around|round|about|for|since) "
_DOTTED = r"(?P<hour>0\d|[1-9]|1\d|2[0-4])\.(?P<minute>[0-5]\d)"
"""Excludes 0.05, which is a strength or a needle length."""
_AT_HOUR = _AT.replace("|round|", "|")  # round 2 is a session
_STRONG = frozenset({"at", "at about", "at around", "at like", "at roughly", "at exactly"})
_COUNTED = (
    "second|minute|hour|day|night|week|fortnight|month|year|years|yo|mm|mil|cm|session|treatment|time|round|rounds|"
    "quid|pound|pounds|usd|dollar|dollars|euro|euros|percent|%|\\$|degree|degrees|people|clinic|clinics|place|places|"
    "different|layers|spots|patches|needles|in a row|of (?:my|the)|st|and a half|or \\d|to \\d|-|/"
)
_NOT_COUNTED = rf"(?! (?:{_COUNTED})(?!\S))"
_GOING_ON = (
    "[.,;:!?()-]|and|but|so|on|in|at|of|from|to|with|for|by|just|about|approx|maybe|think|exactly|roughly|sharp|only|oclock|"
    "today|tomorrow|tonight|yesterday|this|that|last|next|then|now|after|afterwards|before|until|or|than|where|which|"
    "i|im|ill|ive|it|its|itll|thatll|is|was|my|the|they|she|he|we|if|can|when|what|how|do|does|should|will|could|not|still|because|"
    f"ok|okay|yeah|yes|lol|thanks|please|pls|am|pm|{'|'.join(WEEKDAYS)}"
)
_GOES_ON = rf"(?= (?:{_GOING_ON})(?!\S)|$)"
"""Follows "at 4" if that is a time and not a count."""
_PARTS = "morning|lunchtime|afternoon|evening|night|teatime|bedtime"
_AFTER_PART = "(?:(?<= morning )|(?<= afternoon )|(?<= evening )|(?<= night ))"
"""Precedes the hour in "yesterday night 9"."""
_MINUTES = r"half|quarter|5|10|15|20|25|\d{1,2}(?= (?:minute )?past)"
_HALVES: dict[str | None, Half] = {"am": "am", "pm": "pm"}
_MINUTES_PAST = {"quarter": 15, "half": 30}


def _clock(found: re.Match[str], weak: bool = False) -> TimeExpression:
    named = found.groupdict()
    minute = int(named.get("minute") or 0)
    leading = found["hour"].startswith("0") and len(found["hour"]) == 2
    clock = Clock(int(found["hour"]), minute, _HALVES.get(named.get("half"), "24h" if leading else ""))
    return TimeExpression(*found.span(), clock=clock, weak=weak or (named.get("at") or "at") not in _STRONG)


def _weak(found: re.Match[str]) -> TimeExpression:
    return _clock(found, weak=True)


def _past(found: re.Match[str]) -> TimeExpression:
    """Build "half three", "quarter to nine" or "twenty past two"."""
    minutes = _MINUTES_PAST.get(found["minutes"]) or int(found["minutes"])
    hour = 12 if found["hour"] == "noon" else int(found["hour"])
    if found["side"] == "to":
        hour, minutes = (12 if hour == 1 else hour - 1), 60 - minutes
    if minutes > 59 or not 1 <= hour <= 12:
        return TimeExpression(*found.span(), non_temporal=True)
    sure = found["minutes"] in _MINUTES_PAST or found["at"] in _STRONG
    return TimeExpression(
        *found.span(), clock=Clock(hour, minutes, _HALVES.get(found["half"], "")), weak=not sure
    )


def _named(found: re.Match[str]) -> TimeExpression:
    clock = Clock(12, 0, "pm") if found["name"] == "noon" else Clock(0, 0, "midnight")
    return TimeExpression(*found.span(), clock=clock, weak=found["at"] not in _STRONG)


def _part(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), part=PARTS[found["part"]], weak=True)


def _first_thing(found: re.Match[str]) -> TimeExpression:
    return TimeExpression(*found.span(), part=PARTS["morning"], weak=True)


CLOCK_PATTERNS: tuple[Pattern, ...] = (
    pattern(rf"(?:{_AT})?{_H}{_HALF}{_ISH}", _clock),
    pattern(rf"(?:{_AT})?{_H}[:.](?P<minute>\d{{2}}){_HALF}{_ISH}", _clock),
    pattern(rf"(?:{_AT})?{_H}:(?P<minute>\d{{2}})(?: h| hour)?{_ISH}", _clock),
    pattern(rf"{_AT}{_DOTTED}{_NOT_COUNTED}(?: h)?", _clock),
    pattern(rf"{_DOTTED}{_NOT_COUNTED}", _weak),
    pattern(rf"{_AT_HOUR}(?P<hour>[1-9]|1[0-2]){_ISH}{_NOT_COUNTED}{_GOES_ON}", _clock),
    pattern(rf"{_AT}(?P<hour>1[3-9]|2[0-4]){_NOT_COUNTED}", _weak),
    pattern(rf"(?:{_AT})?{_H} (?:o )?oclock{_ISH}(?:{_HALF})?", _clock),
    pattern(rf"(?:{_AT})?{_H} h(?! ago)", _weak),
    pattern(rf"(?:{_AT}){_H}(?P<minute>[0-5]\d)(?: hour| h)?{_NOT_COUNTED}", _clock),
    pattern(rf"(?:{_AT})?{_H} (?P<minute>[0-5]\d){_HALF}", _clock),
    pattern(rf"{_AT}{_H} (?P<minute>[0-5]\d){_NOT_COUNTED}{_GOES_ON}", _clock),
    pattern(rf"(?:{_AT})?(?P<hour>[1-9]|1[0-2])(?P<minute>[0-5]\d){_HALF}", _clock),
    pattern(rf"{_AT}(?P<hour>[1-9])(?P<minute>[0-5]\d)(?= (?:in the|this|tonight))", _clock),
    pattern(rf"{_H} ish", _weak),
    pattern(rf"{_AFTER_PART}(?P<hour>[1-9]|1[0-2]){_ISH}{_NOT_COUNTED}{_GOES_ON}", _weak),
    pattern(
        rf"{_H}(?= (?:in the (?:morning|afternoon|evening|am|pm)|this (?:morning|afternoon|evening)|tonight|at night))",
        _weak,
    ),
    pattern(
        rf"(?:{_AT})?(?:a )?(?P<minutes>{_MINUTES})(?: minute)? (?P<side>past|to|after) (?P<hour>\d{{1,2}}|noon)"
        rf"(?: oclock)?{_NOT_COUNTED}(?:{_HALF})?",
        _past,
    ),
    pattern(rf"(?:{_AT})?(?P<minutes>half)(?P<side>) {_H}{_NOT_COUNTED}(?:{_HALF})?", _past),
    pattern(rf"(?:{_AT})?(?P<name>noon|midnight)", _named),
    pattern(
        r"(?:(?:early|late|mid|first thing|later) )?(?:in the |at |on the |the |that |over |around |about |by )?"
        rf"(?:(?:early|late|mid) )?(?P<part>{_PARTS})(?: time| ish)?",
        _part,
    ),
    pattern(r"(?:in the )?(?P<part>pm|am(?= (?:[.,;!?)-]|and)(?!\S)|$))", _part),
    pattern(r"first thing", _first_thing),
)
