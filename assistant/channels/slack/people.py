"""What Slack knows about a person: the time zone, and the channel of their direct messages."""

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
    """Values for an hour, the latest ten thousand."""

    def __init__(
        self, seconds: float = _HOUR, size: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` is in seconds and only has to move forward."""
        self._seconds, self._size, self._clock = seconds, size, clock
        self._values: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def get(self, key: str) -> str | None:
        """The value, if it is not too old."""
        until, value = self._values.get(key, (0.0, ""))
        return value if until > self._clock() else None

    def put(self, key: str, value: str) -> None:
        """Keeps it."""
        self._values[key] = (self._clock() + self._seconds, value)
        self._values.move_to_end(key)
        while len(self._values) > self._size:
            self._values.popitem(last=False)

    def forget(self, key: str) -> None:
        """As if it had never been there."""
        self._values.pop(key, None)


class People:
    """Asks Slack, and remembers for an hour."""

    def __init__(self, web: WebApi) -> None:
        """`web` is asked at most once an hour for each person."""
        self._web = web
        self._zones = Remembered()
        self._channels = Remembered()

    async def zone(self, user: str) -> str | None:
        """An IANA name; none where Slack doesn't say one that this machine knows."""
        known = self._zones.get(user)
        if known is None:
            known = await self._asked_zone(user)
            self._zones.put(user, known)
        return known or None

    async def direct_channel(self, user: str) -> str:
        """Id of the channel of direct messages between the person and the assistant."""
        known = self._channels.get(user)
        if known is None:
            opened = await self._web.call("conversations_open", users=user)
            known = str(opened["channel"]["id"])
            self._channels.put(user, known)
        return known

    def note_direct_channel(self, user: str, channel: str) -> None:
        """Slack has named it by the way."""
        self._channels.put(user, channel)

    def forget(self, user: str) -> None:
        """Forgets what was remembered of a person."""
        self._zones.forget(user)
        self._channels.forget(user)

    async def _asked_zone(self, user: str) -> str:
        try:
            answer = await self._web.call("users_info", user=user)
        except (SlackApiError, NotDeliveredError):
            _log.warning("Slack does not tell a time zone: is the scope users:read there?")
            return ""
        zone = (answer.get("user") or {}).get("tz")
        return zone if zone in _ZONES else ""
