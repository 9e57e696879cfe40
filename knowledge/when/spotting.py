"""Every expression of time in a text, by all the patterns."""

from __future__ import annotations

from knowledge.when.clock_words import CLOCK_WORDS
from knowledge.when.count_words import COUNT_WORDS
from knowledge.when.date_words import DATE_WORDS
from knowledge.when.day_words import DAY_WORDS
from knowledge.when.mute_words import MUTE_WORDS
from knowledge.when.spots import Spot, spots
from knowledge.when.treatment_words import TREATMENT_WORDS
from knowledge.when.week_words import WEEK_WORDS

_PATTERNS = (*MUTE_WORDS, *COUNT_WORDS, *WEEK_WORDS, *TREATMENT_WORDS, *DAY_WORDS, *DATE_WORDS, *CLOCK_WORDS)


def spotted(text: str) -> list[Spot]:
    """The spots of a Reading's text in their order, those that only look like time among them."""
    return spots(text, _PATTERNS)
