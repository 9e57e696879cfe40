"""When somebody was or will be treated, from what they write. Pure: the clock and the zone are handed in."""

from knowledge.when.corrections import is_correction, is_forget
from knowledge.when.found import Ambiguous, Found, Lean, Mention, Moment, Nothing, Refused
from knowledge.when.mentions import find_moments
from knowledge.when.moments import find_moment
from knowledge.when.zones import zone_of

__all__ = [
    "Ambiguous",
    "Found",
    "Lean",
    "Mention",
    "Moment",
    "Nothing",
    "Refused",
    "find_moment",
    "find_moments",
    "is_correction",
    "is_forget",
    "zone_of",
]
