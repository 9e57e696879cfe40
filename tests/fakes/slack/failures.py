"""Planned failures of calls."""

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
    """What the next calls of each method come to, in one channel or in any."""

    planned: dict[str, list[int]] = field(default_factory=dict)
    retry_after: int = 1
    """Seconds that a 429 asks for."""

    weather: Callable[[str], int] | None = None
    """How calls end for which nothing is planned."""

    def plan(self, method: str, *kinds: int, channel: str = "") -> None:
        """The next calls of that method fail like this, one after the other; those in that channel, where one is named.

        200 is no failure.
        """
        self.planned.setdefault(f"{method} {channel}".strip(), []).extend(kinds)

    def next(self, method: str, channel: str) -> int:
        """How this call ends: 200, or one of the above."""
        for name in (f"{method} {channel}", method):
            if self.planned.get(name):
                return self.planned[name].pop(0)
        return self.weather(method) if self.weather else 200

    def are_over(self, channel: str) -> bool:
        """Whether everything that was planned for that channel has happened."""
        return not any(kinds for name, kinds in self.planned.items() if name.endswith(f" {channel}"))
