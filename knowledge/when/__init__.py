"""When somebody was or will be treated, from what they write. Pure: the clock and the zone are handed in."""

from knowledge.when.corrections import is_correction, is_forget
from knowledge.when.found import Ambiguous, Found, Lean, Mention, Moment, Nothing, Refused
from knowledge.when.mentions import find_moments, says_only_a_time
from knowledge.when.moments import find_moment
from knowledge.when.occasions import Event, find_event
from knowledge.when.own_day import day_of_treatment
from knowledge.when.treatment import Side, Treatment, is_another, read_treatment, told, write_treatment
from knowledge.when.zones import arrival, zone_of

__all__ = [
    "Ambiguous",
    "Event",
    "Found",
    "Lean",
    "Mention",
    "Moment",
    "Nothing",
    "Refused",
    "Side",
    "Treatment",
    "arrival",
    "day_of_treatment",
    "find_event",
    "find_moment",
    "find_moments",
    "is_another",
    "is_correction",
    "is_forget",
    "read_treatment",
    "says_only_a_time",
    "told",
    "write_treatment",
    "zone_of",
]
