"""Patterns for what looks like a time and is none: every monday, 24/7, day by day, from 9 to 5, today is thursday."""

from __future__ import annotations

import re

from knowledge.when.cues import alternatives
from knowledge.when.spots import Pattern, Spot, pattern
from knowledge.when.words import MONTHS, WEEKDAYS

_W = f"(?:{'|'.join(WEEKDAYS)})"
_M = f"(?:{'|'.join(MONTHS)})"
_MONTH = rf"(?:{_M}|(?:this|next|last) month)(?!\S)"
_PART = "(?:morning|afternoon|evening|night)"
_TH = "(?:st|nd|rd|th)"
_TO = "(?:to|until|-|through|thru)"
_DAY_OF_MONTH = rf"(?:the )?\d{{1,2}}{_TH}?"
_DATE = rf"(?:{_M} \d{{1,2}}{_TH}?|{_DAY_OF_MONTH}(?: (?:of )?{_M})?)"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?(?: (?:am|pm))?"
_SURE_CLOCK = r"(?:\d{1,2}[:.]\d{2} (?:am|pm)|\d{1,2}:\d{2}|\d{1,2} (?:am|pm))"
_AND_DAYS = "(?:to|until|-|through|and|or|vs|/)"
_ZONES = (
    "(?:gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|bst|ist|jst|aest|aedt|nzst|nzdt|eastern|pacific)"
)
_NAMED = "(?:black|good|easter|cyber|bank holiday|ash|shrove|pancake|palm|mothering|super)"
_FEAST = "(?:easter|eid|diwali|christmas|xmas|new year|pay ?day|bank holiday|thanksgiving|carnival)"
_OUR = "(?:my|the|our|your|his|her|their|a|that|this)"
_ITS = "(?:the|my|it|is|our|when|good|fine|appointment|session|slot|at)"
_NTH = "(?:first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))"

_EACH = "(?:every|each|most|any|all|some|other|how many|which|what|per|a few)"

_HABITS = alternatives(rf"""
    {_EACH} (?:other |single |1 |second |2nd |third )?(?:day|week|weekend|{_W}|{_PART})(?: {_PART})?(?: s)?
    \d{{1,2}} (?:{_W}|weekend)(?: s)? (?:an?|per|each|every|out of) (?:week|month|year|\d+)
    on {_W} s(?! {_ITS})(?: (?:and|or) {_W}(?: s)?)?|(?:on )?an? {_W}(?: {_PART})?
    good {_PART}|(?:the )?(?:{_PART}|day) (?:of|1)(?!\S)(?! the \d)
    (?:next|following|1st|2nd|3rd|4th|5th|6th|7th|first|second|third|same|whole|that) (?:day|{_PART})|last day
""")
_TODAY = alternatives(rf"""
    (?:today|tonight)(?: s| is| being| was)(?: a)? {_W}
    (?:its|it is) (?:a )?{_W} (?:today|now)|today (?:its|it is) {_W}
    now (?:its|it is) {_SURE_CLOCK}|(?:its|it is) {_SURE_CLOCK}(?= (?:now|already|here|and)(?!\S))
""")
_NUMBERS = alternatives(r"""
    (?<!on )24/7|50/50|\d{1,2}/10 (?:pain|for pain)|(?:pain (?:was |is )?(?:a |like )?)\d{1,2}/10
    \d/\d (?:an? |of |inch|mm|cup|way|price)\S*
""")
_DAYS_COUNTED = alternatives(rf"""
    day (?:- )?(?:by|to|in|after) (?:- )?day(?: after(?! tomorrow s?$))?|week (?:by|to|in|after) week
    day (?:\d+ )?(?:to|until|-|through|and|or|vs) day \d+|day \d+ {_AND_DAYS} (?:day )?\d+|day \d+-\d+
    day \d+ and then day \d+(?: and so on)?|day 1 of
    day \d+(?: , (?:day )?\d+)+(?:(?: ,)? (?:and|or) (?:day )?\d+)?
""")
_RANGES = alternatives(rf"""
    (?:between|from) {_CLOCK} (?:and|to|until|-) {_CLOCK}|\d{{1,2}}-\d{{1,2}} (?:am|pm)|{_SURE_CLOCK} {_TO} {_CLOCK}
    {_M} \d{{1,2}}{_TH}? {_TO} {_DATE}|(?:from )?{_DAY_OF_MONTH} {_TO} {_DAY_OF_MONTH} (?:of )?{_M}
    {_W} (?:to|until|-|through) {_W}(?: s)?
""")
_OTHER_DAYS = alternatives(rf"""
    (?:the )?week (?:of|commencing|beginning) (?:the )?(?:{_DAY_OF_MONTH}(?! (?:of )?{_M})|{_W})
    (?:the )?{_NTH} (?:week|weekend) (?:of|in) \S+|(?:the )?(?:{_NTH} (?:{_W}|day)|last day) (?:of|in) (?!{_MONTH})\S+
    (?:the )?(?:first|second|third|last) day (?:of|in) {_M}
    {_NAMED} {_W}
    {_W} (?:after|before)(?= (?:{_FEAST}|{_OUR})(?!\S))(?: {_FEAST})?
    (?:the )?{_W} (?:after|before)(?= [.,;!?]| and|$)|the {_W} (?:after|before)(?! (?:next|last)(?!\S))
""")
_ELSEWHERE = rf"(?:at )?{_CLOCK} {_ZONES}"


def _mute(found: re.Match[str]) -> Spot:
    return Spot(*found.span(), mute=True)


MUTE_WORDS: tuple[Pattern, ...] = tuple(
    pattern(text, _mute)
    for text in (_HABITS, _TODAY, _NUMBERS, _DAYS_COUNTED, _RANGES, _OTHER_DAYS, _ELSEWHERE)
)
