"""Matching of a text against all patterns."""

from __future__ import annotations

from functools import lru_cache

from assistant.core.timex.en.calendar_patterns import CLOCK_WORDS, DATE_WORDS, DAY_WORDS
from assistant.core.timex.en.counted_patterns import COUNT_WORDS, MUTE_WORDS, TREATMENT_WORDS
from assistant.core.timex.en.week_patterns import WEEK_WORDS
from assistant.core.timex.expressions import TimeExpression, expressions

_PATTERNS = (*MUTE_WORDS, *COUNT_WORDS, *WEEK_WORDS, *TREATMENT_WORDS, *DAY_WORDS, *DATE_WORDS, *CLOCK_WORDS)


@lru_cache(maxsize=16)
def match(text: str) -> tuple[TimeExpression, ...]:
    """Return the matches in a normalized text in order, including non-temporal ones.

    Several readers of a message need them, one after the other.
    """
    return tuple(expressions(text, _PATTERNS))
