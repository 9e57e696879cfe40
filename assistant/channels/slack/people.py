"""A person's data from Slack: time zone and direct message channel, cached for an hour."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from zoneinfo import available_timezones

import structlog
from slack_sdk.errors import SlackApiError

from assistant.channels.slack.client import WebApi
from assistant.channels.slack.retry import NotDeliveredError

_log = structlog.get_logger("assistant.channels.slack.people")

_ZONES = frozenset(available_timezones())
_HOUR = 3600.0


class Remembered:
    """Cache of up to 10,000 values, each for an hour."""

    def __init__(
        self, seconds: float = _HOUR, size: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` returns monotonic seconds."""
        self._seconds, self._size, self._clock = seconds, size, clock
        self._values: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def get(self, key: str) -> str | None:
        """Return the value unless it has expired."""
        until, value = self._values.get(key, (0.0, ""))
        return value if until > self._clock() else None

    def put(self, key: str, value: str) -> None:
        """Cache the value and evict the oldest ones over the limit."""
        self._values[key] = (self._clock() + self._seconds, value)
        self._values.move_to_end(key)
        while len(self._values) > self._size:
            self._values.popitem(last=False)

    def forget(self, key: str) -> None:
        """Remove the value."""
        self._values.pop(key, None)


class People:
    """Looks up people in Slack and caches the results."""

    def __init__(self, web: WebApi) -> None:
        """`web` is asked at most once an hour per person and kind of data."""
        self._web = web
        self._zones = Remembered()
        self._channels = Remembered()

    async def zone(self, user: str) -> str | None:
        """Return an IANA zone name, or None if Slack has none that is known here."""
        known = self._zones.get(user)
        if known is None:
            known = await self._asked_zone(user)
            self._zones.put(user, known)
        return known or None

    async def direct_channel(self, user: str) -> str:
        """Return the id of the direct message channel between the person and the assistant."""
        known = self._channels.get(user)
        if known is None:
            opened = await self._web.call("conversations_open", users=user)
            known = str(opened["channel"]["id"])
            self._channels.put(user, known)
        return known

    def note_direct_channel(self, user: str, channel: str) -> None:
        """Cache a channel id that Slack included in an event."""
        self._channels.put(user, channel)

    def forget(self, user: str) -> None:
        """Remove a person's cached data."""
        self._zones.forget(user)
        self._channels.forget(user)

    async def _asked_zone(self, user: str) -> str:
        try:
            answer = await self._web.call("users_info", user=user)
        except (SlackApiError, NotDeliveredError):
            _log.warning("Slack returned no time zone; check the scope users:read")
            return ""
        zone = (answer.get("user") or {}).get("tz")
        return zone if zone in _ZONES else ""
