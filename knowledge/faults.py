"""What is wrong with the content, said so that the person who wrote it can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong, at one place."""

    path: str
    problem: str
    got: object = None
    expected: object = None

    def __str__(self) -> str:
        details = [
            f"{name} {value}" for name, value in (("got", self.got), ("expected", self.expected)) if value
        ]
        return f"{self.path}: {self.problem}" + (f" ({' / '.join(details)})" if details else "")


class ContentError(ValueError):
    """The content cannot be loaded; carries every fault that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
