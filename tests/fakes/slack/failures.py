"""Calls that fail on request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

TOO_MANY = 429
BROKEN = 500
CUT = 0
"""The connection ends before Slack has done anything."""
BROKEN_AFTERWARDS = -500
"""Slack does what was asked, and answers 500 all the same."""
CUT_AFTERWARDS = -1
"""Slack does what was asked, and the connection ends before its answer."""


@dataclass
class Failures:
    """What the next calls of each method come to; `*` stands for every method."""

    planned: dict[str, list[int]] = field(default_factory=dict)
    retry_after: int = 1
    """Seconds that a 429 asks for."""

    weather: Callable[[str], int] | None = None
    """How calls end for which nothing is planned."""

    def plan(self, method: str, *kinds: int) -> None:
        """The next calls of that method fail like this, one after the other; 200 is none."""
        self.planned.setdefault(method, []).extend(kinds)

    def next(self, method: str) -> int:
        """How this call ends: 200, or one of the above."""
        for name in (method, "*"):
            if self.planned.get(name):
                return self.planned[name].pop(0)
        return self.weather(method) if self.weather else 200
