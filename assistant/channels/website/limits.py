"""Limits of the website channel, by conversation and by address."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.server.traffic.rate_limits import InMemoryLimit, Limit, limit_of
from assistant.settings import Settings

_TALKING = 4  # conversations of one address that may go on at full pace
_READS = 2  # for each message that may be sent
_READS_AT_LEAST = 60  # a minute
_EXPORTS_AT_LEAST = 6  # a minute; one for five messages that may be sent


@dataclass(frozen=True)
class Limits:
    """Calls a minute. Messages and ratings are counted over all replicas, reads and deletions in each of them."""

    openings: Limit
    """By address."""
    messages: Limit
    """By conversation."""
    messages_of_address: Limit
    ratings: Limit
    """By conversation."""
    reads: Limit
    """History, calendar and repeated answers, by conversation."""
    exports: Limit
    """By conversation."""
    deletions: Limit
    """By conversation; counted apart, so that reading never hinders deleting."""

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Derive all limits from the two settings that there are."""
        messages, redis = settings.messages_per_minute, settings.redis_url
        reads = max(_READS_AT_LEAST, _READS * messages)
        return cls(
            openings=limit_of("sessions", settings.sessions_per_minute, redis),
            messages=limit_of("messages", messages, redis),
            messages_of_address=limit_of("address", _TALKING * messages, redis),
            ratings=limit_of("ratings", messages, redis),
            reads=InMemoryLimit(reads),
            exports=InMemoryLimit(max(_EXPORTS_AT_LEAST, messages // 5)),
            deletions=InMemoryLimit(reads),
        )


@dataclass(frozen=True)
class LimitOfBoth:
    """A limit by conversation and one by address."""

    by_conversation: Limit
    by_address: Limit
    address: str

    async def hit(self, key: str) -> int:
        """Count a hit of the conversation `key`; see `Limit.hit`."""
        return await self.by_conversation.hit(key) or await self.by_address.hit(self.address)
