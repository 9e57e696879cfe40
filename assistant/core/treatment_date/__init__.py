"""Date of a person's treatment, found in their messages. Pure: the time and the zone are passed in."""

from assistant.core.timex.types import (
    Ambiguous,
    Direction,
    Found,
    Mention,
    Moment,
    Nothing,
    Refused,
    arrival,
    zone_of,
)
from assistant.core.treatment_date.corrections import is_correction, is_forget
from assistant.core.treatment_date.mentions import find_moments, says_only_a_time
from assistant.core.treatment_date.relations import Event, event_of
from assistant.core.treatment_date.session_days import day_of_treatment, next_morning, time_asked
from assistant.core.treatment_date.treatment import (
    Side,
    Treatment,
    find_moment,
    is_another,
    read_moments,
    read_treatment,
    update_treatment,
    write_moments,
    write_treatment,
)

__all__ = [
    "Ambiguous",
    "Direction",
    "Event",
    "Found",
    "Mention",
    "Moment",
    "Nothing",
    "Refused",
    "Side",
    "Treatment",
    "arrival",
    "day_of_treatment",
    "event_of",
    "find_moment",
    "find_moments",
    "is_another",
    "is_correction",
    "is_forget",
    "next_morning",
    "read_moments",
    "read_treatment",
    "says_only_a_time",
    "time_asked",
    "update_treatment",
    "write_moments",
    "write_treatment",
    "zone_of",
]
