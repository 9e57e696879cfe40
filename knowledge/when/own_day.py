"""The day of the treatment itself, where a question names it: "can i shave that morning"."""

from __future__ import annotations

from datetime import datetime, time

from knowledge.when.cues import cue
from knowledge.when.reading import read
from knowledge.when.treatment import Treatment

_THAT_DAY = cue(r"""
    that (?:same )?(?:day|morning|afternoon|evening)|(?:on|during) the day(?: itself| of)?|the day itself|the same day
    (?:on )?the (?:day|morning|afternoon) of(?! (?:the|my) wedding)
    (?:in )?the morning (?:before|of) (?:it|that)
    (?:right |just |straight )?before (?:my |the )?(?:appointment|session|treatment)
""")


def day_of_treatment(text: str, treatment: Treatment) -> tuple[datetime, datetime] | None:
    """From the beginning of that day to the treatment, if a question names that day and the moment is known."""
    moment = treatment.moment
    if moment is None or not _THAT_DAY.search(read(text).text):
        return None
    return datetime.combine(moment.at.date(), time(), tzinfo=moment.at.tzinfo), moment.earliest
