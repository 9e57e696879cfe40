"""Messages that correct a date given before, or want it deleted."""

from __future__ import annotations

import re

from assistant.core.timex.combination import match
from assistant.core.timex.expressions import alternatives, cue
from assistant.core.timex.normalized_text import normalize

_TAKES_BACK = re.compile(
    r"(?<!\S)(?:no wait|wait no|no (?:it|that|,|sorry|actually|not)|sorry|i mean|i meant|actually|make that|wait|"
    r"scratch that|correction|or rather|hang on|hold on|oops|whoops|my mistake)(?!\S)|(?<!\S)no$"
)
_OPENS_CORRECTION = re.compile(
    r"(?:(?:oh|oops|whoops|um|uh|ah|er|hm+|wait|hang on|hold on|hey|ok|and|but) (?:, )?)*"
    r"(?:no|nope|nah|sorry|oops|whoops|wait|hang on|hold on|actually|correction|wrong|my mistake|my bad|scratch that|"
    r"i meant|i mean|make that|or rather|apologies|typo|not|i lied|i was wrong)(?!\S)"
)
_NO_PAIN = re.compile(
    r"no(?!\S)(?! (?:[,.!-]|it|its|that|thats|i|ive|im|on|the|wait|sorry|actually|not|they|she|he|last|this|next|my|"
    r"was|make|a|at|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|\d\S*)(?!\S))"
)
"""A "no" that negates a noun: "no pain"."""
_SAYS_OTHERWISE = cue(r"""
    i meant|i mean|make that|scratch that|actually|not (?:on )?(?:the )?\S+ (?:but|,)|not \w+day|instead(?: of)?
    (?:was|is|its|it was) not|wasnt|isnt|(?:is|its|been|has been|have been) (?:now|moved|changed|rescheduled)
    it was the (?:day|night) before(?: that)?(?= [,.;]|$)
    (?:moved|changed|rescheduled|put back|brought forward|pushed back) (?:it |me |mine |my \w+ )?(?:to|till|until)
""")
_SAYS_WRONG = cue(r"""
    wrong (?:date|day|time)|(?:date|day|time) (?:is|was|s) (?:wrong|not right|incorrect)
    not (?:the|my) (?:right )?(?:date|day)
    (?:change|correct|fix|update) (?:my|the|that) (?:treatment |appointment )?(?:date|day|time|treatment|appointment)
""")
_ASKS = cue("can|could|may|should|is it|will|would|when|how|what|do i|does|am i")
_DATA = "dates?|times?|day|appointment|treatment|session|timeline|calendar|plan|reminders?"
_WHAT = alternatives(rf"""
    it|that|this|about (?:it|that|my \w+)
    (?:my|the|that|this|all my) (?:\w+ )?(?:{_DATA})
""")
_FORGETS = cue(rf"""
    (?:forget|delete|remove|clear|erase|wipe|cancel|drop|unset|undo|reset|get rid of) (?:{_WHAT})
    (?:stop|dont|do not|no longer) (?:keep|sav|stor|remember|us|track)(?:e|ing)? (?:{_WHAT})
    forget (?:i|what i) (?:said|told)(?!\S).*|take (?:my|the|that) date (?:out|off|away)
""")
_NOT_FORGETTING = cue("(?:dont|do not|never|wont|cant|didnt|did not|will not|to|i|always|often) forget")
_OF_SKIN_TOO = cue("(?:remove|clear|erase|get rid of) (?:it|that|this)")
_GOES_NOT_ON = re.compile(r"(?: (?:please|pls|thanks|now|ok|then|[.!]))*")


def takes_back(between: str) -> bool:
    """Return True if the words between two dates retract the first: "wednesday, no wait it was tuesday"."""
    return _TAKES_BACK.search(normalize(between).text) is not None


def is_correction(text: str) -> bool:
    """Return True if a message corrects a date or time given before: "no, thursday", "it was the day before".

    It contains words of correction and names a time, or it says that the date is wrong. A question ("sorry, can i
    swim tomorrow") is not a correction. Never raises.
    """
    plain = normalize(text).text
    if _SAYS_WRONG.search(plain):
        return True
    opens = _OPENS_CORRECTION.match(plain) is not None and _NO_PAIN.match(plain) is None
    otherwise = opens or _SAYS_OTHERWISE.search(plain) is not None
    return otherwise and not _ASKS.search(plain) and _names_a_time(plain)


def is_forget(text: str) -> bool:
    """Return True if a message asks to delete the known date: "forget it", "delete my date". Never raises."""
    plain = normalize(text).text
    found = _FORGETS.search(plain)
    if found is None or _NOT_FORGETTING.search(plain):
        return False
    if _OF_SKIN_TOO.search(found.group()):  # "remove it" with more words may mean make-up
        return found.start() == 0 and _GOES_NOT_ON.fullmatch(plain[found.end() :]) is not None
    return True


def _names_a_time(plain: str) -> bool:
    return any(
        expr.days or expr.clock or expr.instant or expr.shift
        for expr in match(plain)
        if not expr.non_temporal
    )
