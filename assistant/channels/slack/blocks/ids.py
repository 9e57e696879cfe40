"""Block ids: they encode the use of a block, the place of its answer and the turn it belongs to."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from assistant.server.storage.slack_ids import ConversationRef


@dataclass(frozen=True)
class BlockId:
    """`use/part/mark/turn/nonce`; the nonce is new on each update of a message, as Slack requires."""

    use: str
    part: int
    mark: str
    turn: str

    def fresh(self) -> str:
        """Encode the id with a new nonce."""
        return f"{self.use}/{self.part}/{self.mark}/{self.turn}/{secrets.token_hex(4)}"

    @classmethod
    def read(cls, text: str) -> BlockId | None:
        """Decode an id made by `fresh`; None for any other."""
        fields = text.split("/")
        if len(fields) != 5 or not fields[1].isdecimal():
            return None
        return cls(fields[0], int(fields[1]), fields[2], fields[3])


@dataclass(frozen=True)
class Ids:
    """Creates the block ids of one answer."""

    place: ConversationRef
    turn: str

    def make(self, use: str, part: int) -> str:
        """Return a new id for a block of that use and part."""
        return BlockId(use, part, self.place.mark, self.turn).fresh()
