"""The parts of a message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MOST_PARTS = 4


class Kind(Enum):
    """How sure it is that a part is a question of its own."""

    CLEAR = "begins or ends as a question"
    POINTING = "a question about something said before"
    SHARED = "begins with the words of the part before"
    LISTED = "a few words among others of their kind"
    ASIDE = "a question about what was told before it, without that"
    TOLD = "tells something, asks nothing"


@dataclass(frozen=True)
class Part:
    """Some of a message's tokens, in order."""

    tokens: tuple[int, ...]
    kind: Kind
