"""Classification of a time expression as the person's own treatment or something else."""

from __future__ import annotations

import re
from typing import Literal

from assistant.core.timex.cues import cue, nearby, nearest_of, outside
from assistant.core.timex.en.treatment_cues import IT, TREATMENT
from assistant.core.timex.expressions import TimeExpression
from assistant.core.timex.types import Lean
from assistant.core.treatment_date.cues import EVENT, SOMEBODY, Around

About = Literal["treatment", "event", ""]

_NO_GAP = "".join(f"(?<!{word} )" for word in ("gap", "slot", "one", "appointment", "date", "time", "that"))
"""Excludes "the only gap i could get", which is not a question."""
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
"""Turns the words before it into a question: "another one today, ok?"."""
_I_DO = re.compile(r"^(?:(?:so|and|or|then) )*(?:i|we) (?:do|go|make|book|take|get)(?!\S)")
"""A question only because of its question mark: "i do it on the 28?"."""
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
    """Return True if a text consists of filler words and digits only."""
    return all(word in _IDLE_WORDS or word.isdigit() for word in text.split())


def names_treatment(clause: str) -> bool:
    """Return True if a clause mentions a treatment."""
    return TREATMENT.search(clause) is not None


def is_supposed(words: Around) -> bool:
    """Return True if the past tense is hypothetical: "would it be gone if i had it on the 12th"."""
    return _SUPPOSED.search(words.before) is not None


def is_asked(words: Around) -> bool:
    """Return True if the clause of an expression asks about it rather than states it."""
    if _ASKING.search(words.before) or _WEIGHED.search(words.sentence_end):
        return True
    if words.is_question and _I_DO.search(words.before):
        return True
    return bool(_AGAIN.search(words.before) and _TAG.search(words.sentence_end))


def about(words: Around, spot: TimeExpression, idle: bool) -> About:
    """Return the subject of an expression, "" if there is no cue.

    Args:
        words: the context of the expression.
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
    """Return the subject indicated by the nearest cue."""
    all_events, all_treatments = nearby(EVENT, before, after), nearby(TREATMENT, before, after)
    events, treatments = outside(all_events, all_treatments), outside(all_treatments, all_events)
    if not events and not treatments:
        return ""
    return "treatment" if nearest_of(treatments) <= nearest_of(events) else "event"


_IT = r"(?:it|mine|this|that|1|one|them|(?:my|the|a|an|his|her) \w+(?: \w+)?|\w+)"
_DONE = "done|treated|(?:micro ?)?needled|(?:derma ?)?rolled|penned"
_VISIT = "appointment|session|slot|booking|treatment|consultation|cancellation"

_NEEDLING = (
    r"(?:(?:a|the|my|another) )?(?:(?!done|had|been|got|just|already)\w+ )?(?:micro ?-? ?needl\w*|needling|skin ?pen|"
    r"derma ?\w+|dr ?pen|prp|facial|treatment|session|appointment)"
)

_FUTURE = cue(rf"""
    if (?:i|we|they|she) (?:get|have|do) {_IT} (?:{_DONE})
    (?:having|(?<!did )(?<!do )have|haves|getting|get|gets|gettin|be|being|gonna have|to have|to get) {_IT} (?:{_DONE})
    (?:get|getting|be|being|gonna be) (?:{_DONE}|rolled|dr penned|penned)|have yet to|not been yet|havent been
    will|ill|itll|theyll|shell|well be|shall|gonna|going(?! (?:really|so|heavy))|goin|having|getting|gettin
    (?<!the )booked|booking|due|seeing|scheduled|reserved|arranged|planned|planning|rescheduled
    can (?:fit|see|squeeze|do|take) me|moved|changed to|brought forward|pushed
    i go|we go|go in|hoping|want|wanted|wanna|would like|id like|meant to|supposed to|gets|starts
    i get(?: (?:{_DONE}))?(?! (?:so|red|cold))
    (?:have|ive|have got|ive got|weve got|has) (?:an?|my|the|another)(?: \w+)? (?:{_VISIT})
    got (?:an?|my|another)(?: \w+)? (?:appointment|slot|booking|consultation)|see you|my turn|countdown
    (?:ive|weve|have|has|theyve) got(?! (?:it|mine|my \w+) (?:done|treated)| (?:{_DONE}))
    (?:itching|dying|tempted|keen|ready|plan|about|thinking) to
    coming up|(?:is|are|s) coming|thats coming|(?<!should )(?<!could )(?<!must )(?<!might )(?:i|we) have {_NEEDLING}
    im (?:back )?in(?! (?:pain|agony|trouble))|(?<!was )(?<!were )(?<!been )(?<!went )in for
    put me down|(?:in|on) (?:the|my) (?:calendar|diary)|pencilled in
    (?:gave|give|given|giving) me(?: (?:a|the|an|date|of|appointment|slot|on|for))*$|not till|not until
    if (?:its|it is|im|i am|i get|i have|i do|i go|they do|she does|we do)(?: (?:it|done|treated|needled|had))?
""")
_PAST = cue("""
    had|did|was|were|went|been|done|doen|treated|needled|rolled|felt|looked|finished|left|came|received|recieved|underwent
    made|stamped|dermarolled|microneedled|penned|have had|ive had|hd|saw|took|got|since|started|began|used|ago|raw from
    has happened|happened|passed|ended|completed|concluded|wrapped up|(?:got|is|was|its|all) over|happend
    woke|noticed|appeared
""")
_IS_NEXT_TO = re.compile(
    r"(?<!\S)(?:is|its|are|it is|s|theyre|isnt till)"
    r"(?: (?:on|at|in|for|not|until|the|a|only|just|actually|booked|this))*$"
)
_IS_AFTER = re.compile(
    r"^(?:is|s)(?: (?:my|the|when|for|our))(?!\S)(?! (?:i|we|you|they|she|he) (?:had|got|went|did|was|were|came)(?!\S))"
)
_WEAK_FUTURE = cue("""
    appointment|slot|booking|consultation|upcoming
    (?:my |the )?next (?:1|one|session|go|round|treatment|needling|time)
    another (?:1|one|session|go|round|treatment|needling)
""")
_IS_BEHIND = re.compile(r"(?<!\S)(?:from|since)(?: (?:my|the|last))*$")
_WEAK_PAST = cue("(?:last|previous) (?:1|one|session|appointment|treatment|visit|go)")


def lean_of(words: Around) -> tuple[Lean, bool]:
    """Return the direction implied by the words, and whether words adjacent to the expression state it.

    Adjacent are words in its own clause, or in the one before if its own is empty. Clauses farther off count if they
    mention a treatment.
    """
    own = _in_clause(words.before, words.after)
    if own:
        return own, True
    weak = _weak(f"{words.before} {words.after}")
    if weak:
        return weak, False
    if words.earlier and not (words.before or words.after):
        next_to = _in_clause(words.earlier[0], "")
        if next_to:
            return next_to, True
    return _farther_off(words), False


def _farther_off(words: Around) -> Lean:
    clauses = (clause for clause in (*words.earlier, *words.later) if names_treatment(clause))
    return next((lean for clause in clauses if (lean := _in_clause(clause, ""))), None)


def _in_clause(before: str, after: str) -> Lean:
    if _IS_BEHIND.search(before) and names_treatment(after):
        return "past"
    if _IS_NEXT_TO.search(before) or _IS_AFTER.search(after):
        return "future"
    future = nearby(_FUTURE, before, after)
    past = outside(nearby(_PAST, before, after), future)
    past = [(distance, span) for distance, span in past if span not in [other for _, other in future]]
    if not future and not past:
        return None
    return "past" if nearest_of(past) <= nearest_of(future) else "future"


def _weak(clause: str) -> Lean:
    if _WEAK_PAST.search(clause):
        return "past"
    return "future" if _WEAK_FUTURE.search(clause) else None
