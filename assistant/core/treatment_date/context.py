"""Context of a time expression, and its classification as the person's own treatment or something else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from assistant.core.timex.en import EVENT, IT, SOMEBODY, TREATMENT
from assistant.core.timex.expressions import TimeExpression, cue
from assistant.core.timex.types import Direction

_BREAK = re.compile(
    r"(?<!\S)(?:[.,;:!?()]|-|and|but|(?<!more )(?<!less )then|so|because|cause|cos|coz|while|whilst|although|though|"
    r"plus|also|anyway)(?!\S)|"
    r"(?<!\S)(?=(?:can|could|should|shall|(?<!\d )may) (?:i|we)(?!\S)|is it (?:ok|okay|safe|fine|alright|too)(?!\S))"
)
"""Boundaries of clauses.

A question begins a clause even without a conjunction: "had it monday can i swim today".
"""
_COUNTED_FROM = re.compile(r" ?(?:since|after|post|from)(?!\S)")
"""Joins a count to the day from which it counts: "day 3 since my session on friday"."""
_SENTENCE = frozenset(".!?;")
_WINDOW: Final = 400
"""Characters before and after an expression that are searched for cues."""


@dataclass(frozen=True)
class Context:
    """The clause of an expression, without the expression itself, and the other clauses, nearest first."""

    before: str
    after: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    sentence_end: str
    """Text up to the end of the sentence or the next expression, even beyond the clause."""
    is_question: bool
    """The sentence ends with a question mark."""


@dataclass(frozen=True)
class Clauses:
    """The clauses of a text and its time expressions, found once so that each context takes constant time."""

    text: str
    exprs: Sequence[TimeExpression]
    """Expressions in text order, without overlaps."""

    @cached_property
    def _starts(self) -> list[int]:
        return [expr.start for expr in self.exprs]

    @cached_property
    def _ends(self) -> list[int]:
        return [expr.end for expr in self.exprs]

    @cached_property
    def _breaks(self) -> list[re.Match[str]]:
        """Boundaries outside expressions.

        One before a question that opens with a time is left out: in "yesterday i had it, today can i swim" the
        question is about today.
        """
        kept: list[re.Match[str]] = []
        for found in _BREAK.finditer(self.text):
            opens = found.group() or not self._is_opening(kept[-1].end() if kept else 0, found.start())
            if opens and not self._is_inside(found.start()):
                kept.append(found)
        return kept

    @cached_property
    def _break_starts(self) -> list[int]:
        return [found.start() for found in self._breaks]

    @cached_property
    def _break_ends(self) -> list[int]:
        return [found.end() for found in self._breaks]

    @cached_property
    def _marks(self) -> list[int]:
        """Positions at which a sentence ends."""
        return [found.start() for found in self._breaks if found.group() in _SENTENCE] + [len(self.text)]

    def _is_inside(self, place: int) -> bool:
        number = bisect_right(self._starts, place)
        return number > 0 and place < self._ends[number - 1]

    def _is_opening(self, start: int, end: int) -> bool:
        """Return True if a part of the text consists of one expression."""
        number = bisect_left(self._starts, start)
        if number == len(self.exprs) or self._ends[number] > end:
            return False
        expr = self.exprs[number]
        return not (self.text[start : expr.start].strip() or self.text[expr.end : end].strip())

    def clause(self, expr: TimeExpression) -> tuple[int, int]:
        """Return the span of the clause around an expression, other expressions included."""
        before, after = self._neighbours(expr)
        start = self._break_ends[before - 1] if before else 0
        return start, self._break_starts[after] if after < len(self._breaks) else len(self.text)

    def context(self, expr: TimeExpression) -> Context:
        """Return the context of one of the expressions, at most ``_WINDOW`` characters before and after it."""
        before, after = self._neighbours(expr)
        mark = self._marks[bisect_left(self._marks, expr.end)]
        start, end = self._own_part(expr, *self.clause(expr))
        return Context(
            before=_tail(
                self.text[max(start, expr.start - _WINDOW) : expr.start], start < expr.start - _WINDOW
            ),
            after=self.text[expr.end : min(end, expr.end + _WINDOW)].strip(),
            earlier=self._earlier(before, expr.start - _WINDOW),
            later=self._later(after, expr.end + _WINDOW),
            is_question=self.text.startswith("?", mark),
            sentence_end=self.text[expr.end : min(mark, self._next_start(expr))].strip(),
        )

    def _neighbours(self, expr: TimeExpression) -> tuple[int, int]:
        """Return the number of boundaries before an expression, and the index of the first one after it."""
        return bisect_right(self._break_ends, expr.start), bisect_left(self._break_starts, expr.end)

    def _next_start(self, expr: TimeExpression) -> int:
        number = bisect_left(self._starts, expr.end)
        return self._starts[number] if number < len(self._starts) else len(self.text)

    def _earlier(self, number: int, first: int) -> tuple[str, ...]:
        """Return the clauses before boundary ``number``, the nearest first, as far back as position ``first``."""
        parts: list[str] = []
        for index in range(number - 1, -1, -1):
            start = self._break_ends[index - 1] if index else 0
            parts.append(self.text[max(start, first) : self._break_ends[index]].strip())
            if start <= first:
                break
        return tuple(part for part in parts if part)

    def _later(self, number: int, last: int) -> tuple[str, ...]:
        """Return the clauses after boundary ``number``, as far as position ``last``."""
        parts: list[str] = []
        for index in range(number, len(self._breaks)):
            end = self._break_starts[index + 1] if index + 1 < len(self._breaks) else len(self.text)
            parts.append(self.text[self._break_starts[index] : min(end, last)].strip())
            if end >= last:
                break
        return tuple(part for part in parts if part)

    def _own_part(self, expr: TimeExpression, start: int, end: int) -> tuple[int, int]:
        """Return the part of a clause that belongs to an expression: all of it, unless times and topics alternate.

        In "yesterday microneedling today sauna" the words after each expression belong to it.
        """
        first, last = bisect_left(self._starts, start), bisect_right(self._ends, end)
        if last - first < 2 or self.text[start : self._starts[first]].strip():
            return start, end
        if _COUNTED_FROM.match(self.text, self._ends[first]):
            return start, end
        return expr.start, min(self._next_start(expr), end)


def _tail(text: str, cut: bool) -> str:
    """Return the whole words of a text whose beginning may be cut off."""
    return (text.partition(" ")[2] if cut else text).strip()


Near = tuple[int, tuple[int, int]]
"""Distance of a cue from the expression in characters, and its span."""
_AFTER_PENALTY = 6
"""Extra distance, in characters, for a cue that follows the expression."""


def nearby(pattern: re.Pattern[str], before: str, after: str) -> list[Near]:
    """Return the distance and span of every match before and after an expression."""
    behind = [(len(before) - found.end(), found.span()) for found in pattern.finditer(before)]
    shift = len(before) + 1
    ahead = [
        (found.start() + _AFTER_PENALTY, (found.start() + shift, found.end() + shift))
        for found in pattern.finditer(after)
    ]
    return behind + ahead


def outside(those: list[Near], others: list[Near]) -> list[Near]:
    """Drop matches that are part of a longer one in ``others``: "done" in "nails done"."""
    return [
        (distance, span)
        for distance, span in those
        if not any(other[0] <= span[0] and span[1] <= other[1] and other != span for _, other in others)
    ]


def nearest_of(those: list[Near]) -> int:
    """Return the smallest distance, or a very large one without any match."""
    return min((distance for distance, _ in those), default=10**6)


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
_ONCE_MORE = cue(
    "(?:go|going|do (?:it|mine)|have it|get it|roll|rolling|come|repeat(?: it)?) again|once more"
)
_VISIT = "appointment|session|slot|booking|treatment|consultation|cancellation"
_JUDGED = cue("too (?:late|soon|early|close)|possible|a good idea|long enough|allowed")
_STATED = re.compile(rf"^(?:my |the )?(?:{_VISIT}|needling) (?:is|s)(?: on| at| for)*$")
"""A session in a statement of its own: "session is thursday, did i leave it long enough"."""
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
_FILLER = """
    i im ive ill me my we u he she they it its itll this that the a an is was am are be been to of for at in on by from
    had have has did do got will day time sometime and or but so then if since uh um er hm hmm ah oh yes yeah yep no
    nope not hi hey hello oops whoops lol ok okay right well please pls thanks sorry wait think guess believe know
    remember cant dont meant mean maybe probably roughly approx about around sure just like only exactly actually
    ish s - , . ! ?
"""
_FILLER_WORDS = frozenset(_FILLER.split())


def is_filler(text: str) -> bool:
    """Return True if a text consists of filler words and digits only."""
    return all(word in _FILLER_WORDS or word.isdigit() for word in text.split())


def names_treatment(clause: str) -> bool:
    """Return True if a clause mentions a treatment."""
    return TREATMENT.search(clause) is not None


def is_supposed(context: Context) -> bool:
    """Return True if the past tense is hypothetical: "would it be gone if i had it on the 12th"."""
    return _SUPPOSED.search(context.before) is not None


def is_asked(context: Context) -> bool:
    """Return True if the clause of an expression asks about it rather than states it."""
    is_stated = not context.after and _STATED.search(context.before) is not None
    if _ASKING.search(context.before) or (_JUDGED.search(context.sentence_end) and not is_stated):
        return True
    if context.is_question and _I_DO.search(context.before):
        return True
    if context.is_question and _ONCE_MORE.search(context.before) and not _PAST.search(context.before):
        return True
    return bool(_AGAIN.search(context.before) and _TAG.search(context.sentence_end))


_BOOKED = re.compile(
    r"(?<!\S)(?:before|after|to|for|until|following|ahead of|of) (?:my|our) (?:\w+ )?"
    r"(?:session|appointment|treatment|needling|micro ?-? ?needling|derma ?\w+|skin ?pen|facial|procedure|slot|visit)"
    r"(?: (?:on|at|is|this|coming|for|the))*$"
)
_SINCE = re.compile(
    r"(?<!\S)(?:day \d+|(?:\d+|an?|full|couple of|few) (?:day|week|month)) since(?: (?:last|the|on))*$"
)


def is_booked(context: Context) -> bool:
    """Return True if a question presupposes the session: "can i shave before my appointment tomorrow"."""
    return _BOOKED.search(context.before) is not None


def _counts_from_it(context: Context) -> bool:
    """Return True for the day in "day 4 since monday", unless an event follows."""
    return _SINCE.search(context.before) is not None and not EVENT.search(context.after)


def about(context: Context, expr: TimeExpression, only_times: bool) -> About:
    """Return the subject of an expression, "" if there is no cue.

    Args:
        context: the context of the expression.
        expr: the expression itself.
        only_times: whether the message says nothing but times.
    """
    if expr.counts or _counts_from_it(context):
        return "treatment"
    after_a_treatment = context.after.startswith("after ") and names_treatment(context.after)
    if after_a_treatment or SOMEBODY.search(context.before) or _UNTIL.search(context.before):
        return "event"
    own = _nearer(context.before, context.after)
    if own:
        return own
    if only_times or IT.search(context.before) or IT.search(context.after):
        return "event" if context.earlier and _nearer(context.earlier[0], "") == "event" else "treatment"
    if not is_filler(f"{context.before} {context.after}"):
        return ""
    return _nearer(context.earlier[0], "") if context.earlier else _nearer("", (context.later or ("",))[0])


def _nearer(before: str, after: str) -> About:
    """Return the subject indicated by the nearest cue."""
    all_events, all_treatments = nearby(EVENT, before, after), nearby(TREATMENT, before, after)
    events, treatments = outside(all_events, all_treatments), outside(all_treatments, all_events)
    if not events and not treatments:
        return ""
    return "treatment" if nearest_of(treatments) <= nearest_of(events) else "event"


_IT = r"(?:it|mine|this|that|1|one|them|(?:my|the|a|an|his|her) \w+(?: \w+)?|\w+)"
_DONE = "done|treated|(?:micro ?)?needled|(?:derma ?)?rolled|penned"
_NEEDLING = (
    r"(?:(?:a|the|my|another) )?(?:(?!done|had|been|got|just|already)\w+ )?(?:micro ?-? ?needl\w*|needling|skin ?pen|"
    r"derma ?\w+|dr ?pen|prp|facial|treatment|session|appointment)"
)
_FUTURE = cue(rf"""
    if (?:i|we|they|she) (?:get|have|do) {_IT} (?:{_DONE})
    (?:having|(?<!did )(?<!do )have|haves|getting|get|gets|gettin|be|being|gonna have|to have|to get) {_IT} (?:{_DONE})
    (?:gets?|getting|be|being|gonna be) (?:{_DONE}|rolled|dr penned|penned)|have yet to|not been yet|havent been
    will|ill|itll|theyll|shell|well be|shall|gonna|going(?! (?:really|so|heavy))|goin|having|getting|gettin
    (?<!the )booked|booking|due|seeing|scheduled|reserved|arranged|planned|planning|rescheduled
    can (?:fit|see|squeeze|do|take) me|moved|changed to|brought forward|pushed
    (?:i|we) go|go in|(?:do|does) me|hoping|want|wanted|wanna|would like|id like|meant to|supposed to|gets|starts
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
    woke|noticed|appeared|shaved|exfoliated|scrubbed|stopped
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
_IS_PAST = re.compile(r"(?<!\S)(?:from|since)(?: (?:my|the|last))*$")
_WEAK_PAST = cue("(?:last|previous) (?:1|one|session|appointment|treatment|visit|go)")


def direction_of(context: Context) -> tuple[Direction, bool]:
    """Return the direction implied by the words, and whether words adjacent to the expression state it.

    Adjacent are words in its own clause, or in the one before if its own is empty. Clauses farther off count if they
    mention a treatment.
    """
    own = _in_clause(context.before, context.after)
    if own:
        return own, True
    weak = _weak(f"{context.before} {context.after}")
    if weak:
        return weak, False
    if context.earlier and not (context.before or context.after):
        next_to = _in_clause(context.earlier[0], "")
        if next_to:
            return next_to, True
    return _farther_off(context), False


_LOOKS_BACK = re.compile(r"(?:^|(?<=\s))(?:was|were|did) (?:that|this|it|they|i|we)(?!\S)")


def looks_back(context: Context) -> bool:
    """Return True for something that has been, also by the question after it: "scrub on the 1st, was that ok"."""
    asked_after = f"{context.sentence_end} {context.later[0] if context.later else ''}"
    return direction_of(context) == ("past", True) or _LOOKS_BACK.search(asked_after) is not None


def _farther_off(context: Context) -> Direction:
    clauses = (clause for clause in (*context.earlier, *context.later) if names_treatment(clause))
    return next((direction for clause in clauses if (direction := _in_clause(clause, ""))), None)


def _in_clause(before: str, after: str) -> Direction:
    if _IS_PAST.search(before) and names_treatment(after):
        return "past"
    if _IS_NEXT_TO.search(before) or _IS_AFTER.search(after):
        return "future"
    future = nearby(_FUTURE, before, after)
    past = outside(nearby(_PAST, before, after), future)
    past = [(distance, span) for distance, span in past if span not in [other for _, other in future]]
    if not future and not past:
        return None
    return "past" if nearest_of(past) <= nearest_of(future) else "future"


def _weak(clause: str) -> Direction:
    if _WEAK_PAST.search(clause):
        return "past"
    return "future" if _WEAK_FUTURE.search(clause) else None
