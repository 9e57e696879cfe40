"""Journal of all traffic between Slack and the assistant."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """One call of the assistant, and what became of it."""

    method: str
    """Of the Web API, or `response_url`, or `upload`."""
    arguments: dict[str, Any]
    status: int
    """0 where the connection was cut."""
    answer: dict[str, Any]
    address: str = ""
    """The last part of the address, where that says more than the method."""
    at: float = field(default_factory=time.monotonic)

    @property
    def is_ok(self) -> bool:
        """True if Slack did what was asked."""
        return self.status == 200 and bool(self.answer.get("ok"))


@dataclass(frozen=True)
class Attempt:
    """One try to deliver something to the assistant."""

    headers: dict[str, str]
    status: int
    """0 where the connection was cut or nothing came within the three seconds."""
    body: str
    seconds: float
    """Until it was acknowledged."""


@dataclass
class Delivery:
    """Something that happened in Slack, on its way to the assistant."""

    kind: str
    """`event`, `interactive` or `command`."""
    payload: dict[str, Any]
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def is_acknowledged(self) -> bool:
        """True if the assistant acknowledged it in time."""
        return bool(self.attempts) and 200 <= self.attempts[-1].status < 300


@dataclass
class Journal:
    """Only grows; tests look at the parts that are theirs."""

    calls: list[Call] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """Faults that Slack would refuse or show wrongly: a test that ends with one has failed."""

    def of(self, method: str, **arguments: Any) -> list[Call]:
        """The calls of a method that Slack did, with these arguments."""
        return [
            call
            for call in self.calls
            if call.method == method
            and call.is_ok
            and all(call.arguments.get(name) == value for name, value in arguments.items())
        ]
