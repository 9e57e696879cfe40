"""Every expression of time in a text, by all the patterns."""

from __future__ import annotations

from assistant.core.timex.en.calendar_patterns import CLOCK_WORDS, DATE_WORDS, DAY_WORDS
from assistant.core.timex.en.counted_patterns import COUNT_WORDS, MUTE_WORDS, TREATMENT_WORDS
from assistant.core.timex.en.week_patterns import WEEK_WORDS
from assistant.core.timex.expressions import TimeExpression, expressions

_PATTERNS = (*MUTE_WORDS, *COUNT_WORDS, *WEEK_WORDS, *TREATMENT_WORDS, *DAY_WORDS, *DATE_WORDS, *CLOCK_WORDS)


def match(text: str) -> list[TimeExpression]:
    """The spots of a Reading's text in their order, those that only look like time among them."""
    return expressions(text, _PATTERNS)
