"""What is wrong with the content, said so that the person who wrote it can mend it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_WORD = re.compile(r"[a-z0-9]{3,}")
_STEM = 4  # letters by which "washing" is like "wash"
_HINTS = 3


@dataclass(frozen=True, order=True)
class Issue:
    """One thing that is wrong, at one place."""

    path: str
    problem: str
    got: object = None
    expected: object = None
    line: int = 0
    """Counted from 1; 0 where the problem names its place."""

    def __str__(self) -> str:
        details = [
            f"{name} {value}" for name, value in (("got", self.got), ("expected", self.expected)) if value
        ]
        place = f"{self.path}, line {self.line}" if self.line else self.path
        return f"{place}: {self.problem}" + (f" ({' / '.join(details)})" if details else "")


class ContentError(ValueError):
    """The content cannot be loaded; carries every fault that was found."""

    def __init__(self, faults: Iterable[Issue]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def nearest(wrong: str, known: Collection[str]) -> str | None:
    """The known names that were perhaps meant, as a question; by spelling, or else by a word that they share."""
    hints = get_close_matches(wrong, known, n=1) or _alike(wrong, known)
    return f"{listed(hints)}?" if hints else None


def _alike(wrong: str, known: Collection[str]) -> list[str]:
    """The names that share most words with the wrong one."""
    shared = {name: len(_stems(name) & _stems(wrong)) for name in sorted(known)}
    most = max(shared.values(), default=0)
    return [name for name, count in shared.items() if count == most > 0][:_HINTS]


def listed(names: Iterable[str]) -> str:
    """ "must, should or may" """
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _stems(name: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(name.lower())}
