"""The words around an expression: its own clause, and those before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.when.spots import Spot

_BREAK = re.compile(
    r"(?<!\S)(?:[.,;:!?()]|-|and|but|(?<!more )(?<!less )then|so|because|cause|cos|coz|while|whilst|although|though|"
    r"plus|also|anyway)(?!\S)|"
    r"(?<!\S)(?=(?:can|could|should|shall|(?<!\d )may) (?:i|we)(?!\S)|is it (?:ok|okay|safe|fine|alright|too)(?!\S))"
)
"""What parts two clauses; a question begins one without any word between them: "had it monday can i swim today"."""
_SENTENCE = frozenset(".!?;")


@dataclass(frozen=True)
class Around:
    """A spot's clause, without the spot itself, and the other clauses, nearest first."""

    before: str
    after: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    sentence_end: str
    """What follows up to the end of the sentence or the next expression, past the clause's end too."""


def around(text: str, spot: Spot, all_spots: list[Spot]) -> Around:
    """The surroundings of one of the spots of a text."""
    breaks = [
        found
        for found in _BREAK.finditer(text)
        if not any(other.start <= found.start() < other.end for other in all_spots)
    ]
    starts = [0, *(found.end() for found in breaks if found.end() <= spot.start)]
    ends = [*(found.start() for found in breaks if found.start() >= spot.end), len(text)]
    stops = [found.start() for found in breaks if found.start() >= spot.end and found.group() in _SENTENCE]
    stops += [other.start for other in all_spots if other.start >= spot.end]
    start, end = _own_part(text, spot, all_spots, starts[-1], ends[0])
    return Around(
        before=text[start : spot.start].strip(),
        after=text[spot.end : end].strip(),
        earlier=tuple(_between(text, starts)[::-1]),
        later=tuple(_between(text, ends)),
        sentence_end=text[spot.end : min([*stops, len(text)])].strip(),
    )


def _own_part(text: str, spot: Spot, all_spots: list[Spot], start: int, end: int) -> tuple[int, int]:
    """The part of a clause that goes with a spot: all of it, unless times and things take turns in it.

    In "yesterday microneedling today sauna" the words after each spot go with it.
    """
    inside = [other for other in all_spots if start <= other.start and other.end <= end]
    if len(inside) < 2 or text[start : inside[0].start].strip():
        return start, end
    following = [other.start for other in inside if other.start >= spot.end]
    return spot.start, min([*following, end])


def _between(text: str, edges: list[int]) -> list[str]:
    """What stands between each two edges, where that is anything."""
    parts = (text[start:end].strip() for start, end in pairwise(edges))
    return [part for part in parts if part]
