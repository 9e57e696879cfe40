"""Whether a message holds one of the expressions that the wording names."""

from __future__ import annotations

import re
from collections.abc import Iterable


def says_one_of(cues: Iterable[str], text: str) -> bool:
    """Whether one of the cues stands in the text, whatever its case; they have small letters and no punctuation."""
    plain = " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))
    return any(f" {cue} " in f" {plain} " for cue in cues)
