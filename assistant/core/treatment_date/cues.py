"""Context of a time expression: its own clause, the other clauses, and cues for events and other people."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from assistant.core.timex.cues import cue
from assistant.core.timex.expressions import TimeExpression

_BREAK = re.compile(
    r"(?<!\S)(?:[.,;:!?()]|-|and|but|(?<!more )(?<!less )then|so|because|cause|cos|coz|while|whilst|although|though|"
    r"plus|also|anyway)(?!\S)|"
    r"(?<!\S)(?=(?:can|could|should|shall|(?<!\d )may) (?:i|we)(?!\S)|is it (?:ok|okay|safe|fine|alright|too)(?!\S))"
)
"""Boundaries of clauses.

A question begins a clause even without a conjunction: "had it monday can i swim today".
"""
_SENTENCE = frozenset(".!?;")


@dataclass(frozen=True)
class Around:
    """The clause of an expression, without the expression itself, and the other clauses, nearest first."""

    before: str
    after: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    sentence_end: str
    """Text up to the end of the sentence or the next expression, even beyond the clause."""
    is_question: bool
    """The sentence ends with a question mark."""


def around(text: str, spot: TimeExpression, all_spots: list[TimeExpression]) -> Around:
    """Return the context of one of the expressions in a text."""
    breaks = _breaks(text, all_spots)
    starts = [0, *(found.end() for found in breaks if found.end() <= spot.start)]
    ends = [*(found.start() for found in breaks if found.start() >= spot.end), len(text)]
    marks = [found.start() for found in breaks if found.start() >= spot.end and found.group() in _SENTENCE]
    stops = marks + [other.start for other in all_spots if other.start >= spot.end]
    start, end = _own_part(text, spot, all_spots, starts[-1], ends[0])
    return Around(
        before=text[start : spot.start].strip(),
        after=text[spot.end : end].strip(),
        earlier=tuple(_between(text, starts)[::-1]),
        later=tuple(_between(text, ends)),
        is_question=text[min([*marks, len(text)]) :].startswith("?"),
        sentence_end=text[spot.end : min([*stops, len(text)])].strip(),
    )


def clause_of(text: str, spot: TimeExpression, all_spots: list[TimeExpression]) -> tuple[int, int]:
    """Return the span of the clause around an expression, other expressions included."""
    breaks = _breaks(text, all_spots)
    start = max((found.end() for found in breaks if found.end() <= spot.start), default=0)
    return start, min((found.start() for found in breaks if found.start() >= spot.end), default=len(text))


def _breaks(text: str, all_spots: list[TimeExpression]) -> list[re.Match[str]]:
    breaks = [found for found in _BREAK.finditer(text) if not _is_inside(found.start(), all_spots)]
    return _without_idle_questions(breaks, text, all_spots)


def _is_inside(place: int, all_spots: list[TimeExpression]) -> bool:
    """Return True if a position is inside one of the expressions, which are in text order."""
    number = bisect_right(all_spots, place, key=lambda spot: spot.start)
    return number > 0 and place < all_spots[number - 1].end


def _without_idle_questions(
    breaks: list[re.Match[str]], text: str, all_spots: list[TimeExpression]
) -> list[re.Match[str]]:
    """Drop boundaries before a question that opens with a time.

    In "yesterday i had it, today can i swim" the question is about today.
    """
    kept: list[re.Match[str]] = []
    for found in breaks:
        start = kept[-1].end() if kept else 0
        opening = any(text[start : other.start].strip() == "" == text[other.end : found.start()].strip()
                      for other in all_spots if start <= other.start and other.end <= found.start())  # fmt: skip
        if found.group() or not opening:
            kept.append(found)
    return kept


def _own_part(
    text: str, spot: TimeExpression, all_spots: list[TimeExpression], start: int, end: int
) -> tuple[int, int]:
    """Return the part of a clause that belongs to an expression: all of it, unless times and topics alternate.

    In "yesterday microneedling today sauna" the words after each expression belong to it.
    """
    inside = [other for other in all_spots if start <= other.start and other.end <= end]
    if len(inside) < 2 or text[start : inside[0].start].strip():
        return start, end
    following = [other.start for other in inside if other.start >= spot.end]
    return spot.start, min([*following, end])


def _between(text: str, edges: list[int]) -> list[str]:
    """Return the text between each two edges, if there is any."""
    parts = (text[start:end].strip() for start, end in pairwise(edges))
    return [part for part in parts if part]


_OTHER_PLACES = (
    r"dentists?|doctors?|gp|hair\w*|nails?|lash|brow|optician\w*|vets?|hospital|work|job|physio|barbers?|botox|filler|"
    "laser|lip|eyebrow|tattoo"
)
_OTHER_PARTS = r"nails?|lash\w*|brows?|eyebrows?|hair|cataracts?|ears?|teeth|tooth|lips?|roots|microblading"

EVENT = cue(rf"""
    (?:{_OTHER_PLACES})(?: s)? (?:appointment|session|slot|treatment)
    (?:{_OTHER_PARTS}) (?:were |was |all )?done|(?:{_OTHER_PLACES}|{_OTHER_PARTS})(?: \w+)? booked(?: in)?
    weddings?|married|marry|bride|party|parties|birthday|bday|holidays?|hols|vacation|beach|interview|prom|photo\w*|shoot
    reunion|graduation|christening|engagement|hen do|hen|stag|festival|concert|gig|ball|event|date night|dinner|funeral
    flight|fly|flying|flew|trip|travel\w*|work|works|new job|meeting|zoom|presentation|exams?|school|uni|shift|payday
    (?:ice|jade|face|quartz|cold|lint) roll\w*|headshots?|marriage|marries|marrying|nye
    gym|sauna|swim\w*|pool|sunbed|tan|tanning|play\w*|train\w*|run|running|marathon|yoga|night out|out
    go(?:ing|es)? (?:back )?to|back to|back (?:on|at|in|up)|come back|moved to a|open|close|closed|shut|sale|offer
    sunburn\w*|burnt|botox|fillers?|laser|peel|surgery|operation|tattoo|piercing|gp|dentist
    vaccin\w*|vacine|jab|covid|booster|flu
    threading|waxing|waxed|haircut|nails|lashes|brows|chemo\w*|period|born|pregnant|baby|gave birth|acne|acne since
    accutane|roaccutane|isotretinoin|retin\w*|tret\w*|antibiotics|pill|tablets?|meds|medication|ibuprofen|advil
    paracetamol|nurofen|aspirin|makeup|make up|foundation|powder|spf|sunscreen|cream|serum|moisturi\w+|wear
    took|taken|taking|takes?|used?|using|stopped|stop|shaved?|shaving|washed|wash|drank|drinks?|drinking|wine|alcohol
    noticed|started|starts|began|woke|wake|itch\w*|rash|appeared|came up|broke out
    turns?|(?:turn|turning) \d+|weather|sunny|rain\w*|hot water
    how (?:many|often)|twice|once|times?|per|results?|see (?:a |any )?(?:results|difference|change)
    look like|looks like|brings?|finish|ready|warms?|heals?
""")

_NAMED = (
    "friend|mate|mum|mom|dad|sister|brother|cousin|colleague|husband|wife|daughter|son|partner|boyfriend|girlfriend|"
    "boss|neighbour|neighbor|other half|fella|missus|hubby|bf|gf|flatmate|roommate|client|aunt|auntie|bestie"
)
SOMEBODY = re.compile(
    rf"(?<!\S)(?:(?:my|her|his|a) (?:\w+ )?(?:{_NAMED})(?: s)?|hers|theirs|yours|"
    r"(?:had|has|got|having|getting) (?:his|her|their)|someone|somebody|everyone|people|"
    r"(?:3|2|some|a) (?:women|woman|girls?|guys?|lads?)|(?:she|he|they) (?:had|has|have|got|is|was)"
    r"(?! (?:left|free|open|available|offered|given|booked|me)(?!\S)))(?!\S)"
    r"(?!.{0,200}(?<!\S)(?:me|my face|mine|i|booked (?:this|it))(?!\S))"
)
"""Other people, unless the person is mentioned after them: "my friend did mine"."""
