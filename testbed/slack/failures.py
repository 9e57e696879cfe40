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
    """Outcomes of the next calls of each method, in one channel or in any."""

    planned: dict[str, list[int | str]] = field(default_factory=dict)
    retry_after: int = 1
    """Seconds that a 429 asks for."""

    default_outcome: Callable[[str], int] | None = None
    """Outcome of calls for which nothing is planned."""

    def plan(self, method: str, *kinds: int | str, channel: str = "") -> None:
        """The next calls of that method fail like this, one after the other; those in that channel, where one is named.

        200 is no failure; a word is an error of Slack's, such as `restricted_too_many`.
        """
        self.planned.setdefault(f"{method} {channel}".strip(), []).extend(kinds)

    def next(self, method: str, channel: str) -> int | str:
        """Return the outcome of this call: 200, one of the above, or an error of Slack's."""
        for name in (f"{method} {channel}", method):
            if self.planned.get(name):
                return self.planned[name].pop(0)
        return self.default_outcome(method) if self.default_outcome else 200

    def are_over(self, channel: str) -> bool:
        """Return whether everything that was planned for that channel has happened."""
        return not any(kinds for name, kinds in self.planned.items() if name.endswith(f" {channel}"))
