"""Whether an expression of time is about the person's own treatment or about something else."""

from __future__ import annotations

import re
from typing import Literal

from knowledge.when.clauses import Around
from knowledge.when.cues import cue, nearby, nearest_of, outside
from knowledge.when.event_cues import EVENT, SOMEBODY
from knowledge.when.spots import Spot
from knowledge.when.treatment_cues import IT, TREATMENT

About = Literal["treatment", "event", ""]

_NO_GAP = "".join(f"(?<!{word} )" for word in ("gap", "slot", "one", "appointment", "date", "time", "that"))
"""The only gap i could get is no question."""
_ASKING = cue(rf"""
    (?:can|could|may|might|should|shall|would|will) (?:i|we|it|this|that|they|she|he|my|the|a|an)
    (?:is|are) (?:it|they) (?:ok|okay|safe|fine|alright|too|bad|possible)|(?:ok|okay|alright|fine|safe) to|allowed
    {_NO_GAP}(?:i|we) (?:can|could) (?:still |maybe |also )?(?:do|have|get|go|make|take|book)
    could (?:i |we |they )?(?:still |maybe |also )?(?:get|go|have|do|book|squeeze|fit)
    what if|thinking (?:of|about)|considering|too (?:late|soon|early)
    is (?:a|an|another|my) (?:\w+ )?(?:session|appointment|treatment)
    if (?:i|its|it is|they|we|im)(?! (?:had|was|were|did|went|got))
""")
_WEIGHED = cue("too (?:late|soon|early|close)|possible|a good idea|long enough|allowed")
_AGAIN = cue("another|next|again|a (?:second|2nd|third|3rd)|my (?:second|2nd|third|3rd)")
_TAG = re.compile(
    r"^(?:[,.] |- )?(?:(?:is (?:it|that)|thats|would that be|will that be|that) )?"
    r"(?:ok|okay|k|yes|yeah|yea|yep|no|right|fine|alright|all good|good|safe|too \w+|possible|cool|allowed|"
    r"(?:a )?(?:bad|good) idea)(?: then| or no| or not)?"
    r"(?: (?:\?|!|\.))*$"
)
"""What makes a question of what stands before it: "another one today, ok?"."""
_I_DO = re.compile(r"^(?:(?:so|and|or|then) )*(?:i|we) (?:do|go|make|book|take|get)(?!\S)")
"""A question by its mark alone: "i do it on the 28?"."""
_SUPPOSED = cue(r"""
    (?:would|will|could|might)(?!\S).{0,200}(?<!\S)if
    (?:should|would|could)(?: ?have|ve) (?:had|been|got|gone)
""")
_UNTIL = re.compile(r"(?<!\S)(?:by|until|before)(?: the)?$")
_IDLE = """
    i im ive ill me my we u he she they it its itll this that the a an is was am are be been to of for at in on by from
    had have has did do got will day time sometime and or but so then if since uh um er hm hmm ah oh yes yeah yep no
    nope not hi hey hello oops whoops lol ok okay right well please pls thanks sorry wait think guess believe know
    remember cant dont meant mean maybe probably roughly approx about around sure just like only exactly actually
    ish s - , . ! ?
"""
_IDLE_WORDS = frozenset(_IDLE.split())


def says_little(text: str) -> bool:
    """Whether no word of a text tells more than a time."""
    return all(word in _IDLE_WORDS or word.isdigit() for word in text.split())


def names_treatment(clause: str) -> bool:
    """Whether a clause speaks of a treatment."""
    return TREATMENT.search(clause) is not None


def is_supposed(words: Around) -> bool:
    """Whether the past tense only supposes something: "would it be gone if i had it on the 12th"."""
    return _SUPPOSED.search(words.before) is not None


def is_asked(words: Around) -> bool:
    """Whether the expression's clause only weighs something up."""
    if _ASKING.search(words.before) or _WEIGHED.search(words.sentence_end):
        return True
    if words.is_question and _I_DO.search(words.before):
        return True
    return bool(_AGAIN.search(words.before) and _TAG.search(words.sentence_end))


def about(words: Around, spot: Spot, idle: bool) -> About:
    """What the expression is about, "" where nothing tells.

    Args:
        words: what stands around it.
        spot: the expression itself.
        idle: whether the message says nothing but times.
    """
    if spot.counts:
        return "treatment"
    after_a_treatment = words.after.startswith("after ") and names_treatment(words.after)
    if after_a_treatment or SOMEBODY.search(words.before) or _UNTIL.search(words.before):
        return "event"
    own = _nearer(words.before, words.after)
    if own:
        return own
    if idle or IT.search(words.before) or IT.search(words.after):
        return "event" if words.earlier and _nearer(words.earlier[0], "") == "event" else "treatment"
    if not says_little(f"{words.before} {words.after}"):
        return ""
    return _nearer(words.earlier[0], "") if words.earlier else _nearer("", (words.later or ("",))[0])


def _nearer(before: str, after: str) -> About:
    """What the nearest cue is for."""
    all_events, all_treatments = nearby(EVENT, before, after), nearby(TREATMENT, before, after)
    events, treatments = outside(all_events, all_treatments), outside(all_treatments, all_events)
    if not events and not treatments:
        return ""
    return "treatment" if nearest_of(treatments) <= nearest_of(events) else "event"
