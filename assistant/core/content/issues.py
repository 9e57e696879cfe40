"""Content issues, worded so that the author can fix them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_WORD = re.compile(r"[a-z0-9]{3,}")
_STEM = 4  # letters of a stem: "washing" matches "wash"
_HINTS = 3


@dataclass(frozen=True, order=True)
class Issue:
    """One issue at one place of the content."""

    path: str
    problem: str
    got: object = None
    expected: object = None
    line: int = 0
    """Counted from 1; 0 if the problem states its place."""

    def __str__(self) -> str:
        details = [
            f"{name} {value}" for name, value in (("got", self.got), ("expected", self.expected)) if value
        ]
        place = f"{self.path}, line {self.line}" if self.line else self.path
        return f"{place}: {self.problem}" + (f" ({' / '.join(details)})" if details else "")


class ContentError(ValueError):
    """Raised if content cannot be loaded; holds all issues found."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = list(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))


def nearest(wrong: str, known: Collection[str]) -> str | None:
    """Return the known names that may have been meant, as a question: the closest by spelling, else by shared words."""
    hints = get_close_matches(wrong, known, n=1) or _alike(wrong, known)
    return f"{listed(hints)}?" if hints else None


def _alike(wrong: str, known: Collection[str]) -> list[str]:
    """Return the names that share the most words with the wrong one."""
    shared = {name: len(_stems(name) & _stems(wrong)) for name in sorted(known)}
    most = max(shared.values(), default=0)
    return [name for name, count in shared.items() if count == most > 0][:_HINTS]


def listed(names: Iterable[str]) -> str:
    """Return names as an enumeration: "must, should or may"."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _stems(name: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(name.lower())}
