"""Short-lived credentials: trigger ids for views, response URLs, Socket Mode tickets."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field

from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import Message

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSES = 5
"""So often an address can be responded to."""


@dataclass
class ResponseAddress:
    """A `response_url`: the address for responses to one interaction."""

    channel: str
    user: str
    original: Message | None
    """The message in which something was pressed."""
    uses: int = 0
    until: float = field(default_factory=lambda: time.monotonic() + RESPONSE_SECONDS)


@dataclass
class Tickets:
    """All that are out."""

    triggers: dict[str, float] = field(default_factory=dict)
    used_triggers: set[str] = field(default_factory=set)
    responses: dict[str, ResponseAddress] = field(default_factory=dict)
    sockets: set[str] = field(default_factory=set)
    spoils: str | None = None
    """Fate of the next trigger: `expired` or `used` by the time it arrives."""
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def new_trigger(self) -> str:
        """Good for three seconds, once."""
        trigger = f"{int(time.time())}.{next(self._numbers)}.f00d"
        life = 0.0 if self.spoils == "expired" else TRIGGER_SECONDS
        self.triggers[trigger] = time.monotonic() + life
        if self.spoils == "used":
            self.used_triggers.add(trigger)
        self.spoils = None
        return trigger

    def use_trigger(self, trigger: str) -> None:
        """Raises as views.open does."""
        if trigger not in self.triggers:
            raise RefusalError("invalid_trigger_id")
        if trigger in self.used_triggers:
            raise RefusalError("exchanged_trigger_id")
        if time.monotonic() > self.triggers[trigger]:
            raise RefusalError("expired_trigger_id")
        self.used_triggers.add(trigger)

    def new_response(self, channel: str, user: str, original: Message | None = None) -> str:
        """The last part of the address."""
        key = f"r{next(self._numbers)}"
        self.responses[key] = ResponseAddress(channel, user, original)
        return key

    def use_response(self, key: str) -> ResponseAddress:
        """Raises where it is not known, too old or used up."""
        address = self.responses.get(key)
        if address is None:
            raise RefusalError("no_such_response_url")
        if time.monotonic() > address.until:
            raise RefusalError("expired_url")
        if address.uses >= RESPONSES:
            raise RefusalError("used_url")
        address.uses += 1
        return address

    def new_socket(self) -> str:
        """For one connection."""
        ticket = f"s{next(self._numbers)}"
        self.sockets.add(ticket)
        return ticket
