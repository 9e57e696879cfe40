"""Distinction between elapsed time and a question about any such day, in "day 4" or "3 days after"."""

from __future__ import annotations

import re

from assistant.core.timex.cues import cue
from assistant.core.timex.en.treatment_cues import TREATMENT
from assistant.core.timex.expressions import TimeExpression
from assistant.core.treatment_date.cues import Around

_ANY_SUCH_DAY = cue("""
    can|could|may|might|should|shall|would|will|when|how|what|whats|which|do|does|is it|are|if|until|till|by|before
    normal|usually|typically|best|worst|around|about|between|peaks?|starts?|begins?|for|^is$
""")
_TOLD_BEFORE = cue("""
    had|did|was|were|went|got|took|came|used|saw|felt|looked|peeled|started|stopped|flaked|fell|popped|popd|finished
    gave|kissed|touched|rubbed|hit|scratched|sneezed|hurts? more|falls|put|wore|washed|shaved|swam|drank
    friend|cousin|sister|mate
""")
_PERSONALLY = cue("im|i am|am i|ill be|i will be|ive|i have (?:been|had)|now|today|here")
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
_ARTICLE = re.compile(r"^(?:the|my|a|having|getting|doing) ")
_ASKED_RIGHT_AFTER = re.compile(r"(?:[^\s\W]+ ){1,4}(?:can|could|may|should|shall|will|is it|do|does) ")
"""A question without a comma before it: "2 hours after needling can i shower" asks about any such hour."""
_QUESTION = cue("""
    can|could|may|might|should|shall|would|will|when|how|what|whats|which|do|does|is it|if|until|normal|usually
    typically|best|worst|^(?:are|is)
""")
_STILL = cue("still|im|i am|my \\w+ (?:is|are)|its|yet")
_LASTED = cue("stayed|lasted|lasts?|longer|took|than|gone|again|every|was|were|had|did|got|used|for")
_FEW = 5
_THEN = re.compile(
    r"(?<!\S)(?:happened|happend|came|got|went|did|had|was|were|put|wore|saw|felt|"
    r"(?!needled|rolled|tired|swelled|still)\w{3,}ed)(?!\S)"
)
"""An event at that distance, no matter when that was: "after 2 days of needling i washed my face"."""
_OWN = cue("i|im|my|me|mine|ive")
_OF = (" of", " from", " since", " post")
_GENERALLY = cue("people|you|u|one|skin (?:peels|flakes|heals)|goes|go|fades?|disappears?|lasts?|going|who")

_PLANNED = cue(r"""
    wedding|party|trip|holidays?|vacation|flight|fly\w*|beach|festival|holi|interview|prom|shoot|photos?|reunion|concert
    date|event|gig|meeting|work|back at|gym|sauna|swim\w*|run\w*|marathon|race|outside|plans?|going|gonna|will|planning
    thinking|want|wanna|if
""")
"""A plan for the future, so that "two days after my session" counts to the plan and not to now."""
_OF_OTHERS = cue("she|he|they|you|people|her|his|friend|sister|mum|mate|cousin|somebody|someone")


def tells_own_day(words: Around, spot: TimeExpression, text: str) -> bool:
    """Return True if an expression states the time since the person's own treatment.

    It does after "i am" or with "now", adjacent to words about the state of the skin, and at the start of a message;
    "day 4" also in a clause of its own.

    Args:
        words: the context of the expression.
        spot: an expression with ``counts``.
        text: the normalized text.
    """
    if _OF_ANOTHER.search(words.after) or _OF_OTHERS.search(words.after):
        return False
    expression = text[spot.start : spot.end]
    if spot.counts == "until":
        return _PERSONALLY.search(words.before) is not None or not _ANY_SUCH_DAY.search(words.before)
    if spot.counts == "bare":
        return _next_to_how_it_is(words)
    if expression.startswith("after "):
        return _still_is(words, expression)
    return _tells(words, spot, expression)


def _tells(words: Around, spot: TimeExpression, expression: str) -> bool:
    if spot.counts == "after" and _TOLD_BEFORE.search(words.before):
        return False
    if _PERSONALLY.search(words.before) or _RIGHT_NOW.search(f"{expression} {words.after}"):
        return True
    if _IT_IS.search(words.before) and (spot.counts == "day" or not words.earlier):
        return True
    if _ANY_SUCH_DAY.search(words.before) or _TOLD_BEFORE.search(words.before):
        return False
    return _stands_alone(words, spot) or _HOW_IT_IS.search(_near(words)) is not None


def is_guessed(words: Around, expression: str) -> bool:
    """Return True if it may just as well ask about any such day: "foundation after 2 days of needling ok?"."""
    own = f"{words.before} {words.after} {words.sentence_end}"
    told = _OWN.search(own) or _HOW_IT_IS.search(own)
    return expression.startswith("after ") and expression.endswith(_OF) and told is None


def _stands_alone(words: Around, spot: TimeExpression) -> bool:
    if words.before or _ASKED_RIGHT_AFTER.match(words.sentence_end):
        return False
    if not words.after:
        return spot.counts == "day" or not words.earlier
    counted_to = (_QUESTION, _TOLD_BEFORE, _PLANNED)
    elsewhere = any(words_of.search(clause) for clause in words.earlier for words_of in counted_to)
    return not elsewhere and TREATMENT.match(_ARTICLE.sub("", words.after)) is not None


def _next_to_how_it_is(words: Around) -> bool:
    """Return True for a bare amount in a clause of its own, adjacent to one about the state of the skin."""
    if (
        words.before
        or words.after
        or any(_QUESTION.search(clause) or _LASTED.search(clause) for clause in words.earlier)
    ):
        return False
    beside = [clause for clause in (*words.earlier[:1], *words.later[:1]) if len(clause.split()) <= _FEW]
    return any(_HOW_IT_IS.search(clause) and not _LASTED.search(clause) for clause in beside)


def _still_is(words: Around, expression: str) -> bool:
    """Return True if "after 4 days" states the time since the treatment.

    The skin is still in that state, or the treatment is named.
    """
    if any(
        _QUESTION.search(part) or _TOLD_BEFORE.search(part) for part in (words.before, *words.earlier[:1])
    ):
        return False
    if _GENERALLY.search(words.before) or _THEN.search(words.after):
        return False
    return expression.endswith(_OF) or (
        _STILL.search(words.before) is not None and _HOW_IT_IS.search(words.before) is not None
    )


def _near(words: Around) -> str:
    """Return the words of the clause, or of the one before if it has none."""
    own = f"{words.before} {words.after}".strip()
    return own or (words.earlier or ("",))[0]
