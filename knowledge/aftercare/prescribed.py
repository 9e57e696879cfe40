"""Whether a message says that a doctor prescribed what it asks about."""

from __future__ import annotations

from knowledge.aftercare.cues import says_one_of
from knowledge.aftercare.wording import AftercareWording


def says_prescribed(text: str, wording: AftercareWording) -> bool:
    """Whether one of the wording's cues stands in the text, whatever its case."""
    return says_one_of(wording.prescribed, text)
