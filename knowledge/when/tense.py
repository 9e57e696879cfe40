"""Whether the words around an expression speak of the past or of what is to come."""

from __future__ import annotations

import re

from knowledge.when.clauses import Around
from knowledge.when.cues import cue, nearby, nearest_of, outside
from knowledge.when.found import Lean
from knowledge.when.roles import names_treatment

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
    """The side of now that the words are on, and whether the words next to the expression say so.

    They are those of its own clause, or of the one before where it has none; clauses farther off count where they
    speak of a treatment.
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
