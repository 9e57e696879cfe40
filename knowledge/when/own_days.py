"""Whether "day 4" and "3 days after" tell where somebody is, or ask about any such day."""

from __future__ import annotations

import re

from knowledge.when.clauses import Around
from knowledge.when.cues import cue
from knowledge.when.spots import Spot
from knowledge.when.treatment_cues import TREATMENT

_ANY_SUCH_DAY = cue("""
    can|could|may|might|should|shall|would|will|when|how|what|whats|which|do|does|is it|are|if|until|till|by|before
    normal|usually|typically|best|worst|around|about|between|peaks?|starts?|begins?|for
""")
_TOLD_BEFORE = cue("""
    had|did|was|were|went|got|took|came|used|saw|felt|looked|peeled|started|stopped|flaked|fell|popped|popd|finished
    gave|kissed|touched|rubbed|hit|scratched|sneezed|hurts? more|falls|put|wore|washed|shaved|swam|drank
    friend|cousin|sister|mate
""")
_PERSONALLY = cue("im|i am|am i|ive|i have (?:been|had)|now|today|here")
_RIGHT_NOW = cue("now|today|here")
_IT_IS = re.compile(r"(?<!\S)(?<!if )(?:its|it is)(?: (?:like|only|now|just|already|about))*$")
_HOW_IT_IS = cue(r"""
    still|flak\w*|peel\w*|pealing|red\w*|pink|swell\w*|sweling|swollen|puffy|itch\w*|sore|dry|tight|crust\w*|scab\w*|dots
    bump\w*|rash|bruis\w*|sting\w*|burn\w*|rough|shiny|oily|hot|bleed\w*|pain\w*|hurt\w*|throb\w*|ooz\w*|leak\w*|weep\w*
    pus|discharge|liquid|fluid|fever|temperature|chills|sweats|headache|dark\w*|worse|better|fine|great|yellow\w*|green
    patchy|wet|open|wound|specks?|marks?|lumps?|pimples?|zits?|tender|warm|tingl\w*|numb|crack\w*|scratch\w*|smell\w*
    looking|looks?|feels?|feeling|lobster|tomato|beetroot|dull|stiff|hard|spread\w*|blister\w*|raw|mine|with (?:a|the)
""")
_OF_ANOTHER = re.compile(
    r"^(?:the|my|your|a|her|his) (?:last|first|1st|2nd|previous|other|second|third|one|1)(?!\S)|"
    r"^(?:is|are|was|they|she|he|we|you|it|i)(?!\S)"
)


def tells_own_day(words: Around, spot: Spot, text: str) -> bool:
    """Whether a spot that counts from a treatment tells how long ago the person's own was.

    It does after "i am" or with "now", next to words for how the skin is, and at the start of a message; "day 4"
    also in a clause of its own.

    Args:
        words: what stands around the spot.
        spot: one with ``counts``.
        text: that of the Reading.
    """
    if _OF_ANOTHER.search(words.after):
        return False
    if spot.counts == "after" and _TOLD_BEFORE.search(words.before):
        return False
    if _PERSONALLY.search(words.before) or _RIGHT_NOW.search(f"{text[spot.start : spot.end]} {words.after}"):
        return True
    if _IT_IS.search(words.before) and (spot.counts == "day" or not words.earlier):
        return True
    if _ANY_SUCH_DAY.search(words.before) or _TOLD_BEFORE.search(words.before):
        return False
    return _stands_alone(words, spot) or _HOW_IT_IS.search(_near(words)) is not None


def _stands_alone(words: Around, spot: Spot) -> bool:
    if words.before:
        return False
    if not words.after:
        return spot.counts == "day" or not words.earlier
    return not words.earlier and TREATMENT.match(words.after) is not None


def _near(words: Around) -> str:
    """The clause's own words, or those of the clause before where it has none."""
    own = f"{words.before} {words.after}".strip()
    return own or (words.earlier or ("",))[0]
