"""Whether a message says that a doctor prescribed what it asks about."""

from __future__ import annotations

import re

from knowledge.aftercare.wording import AftercareWording


def says_prescribed(text: str, wording: AftercareWording) -> bool:
    """Whether one of the wording's cues stands in the text, whatever its case."""
    plain = " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))
    return any(f" {cue} " in f" {plain} " for cue in wording.prescribed)
