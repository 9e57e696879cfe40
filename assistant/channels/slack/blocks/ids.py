"""Ids of blocks: what an answer's block is for, where the answer belongs, and which turn it is the answer to."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from assistant.server.storage.slack_ids import ConversationRef


@dataclass(frozen=True)
class BlockId:
    """`use/part/mark/turn/nonce`; the nonce makes it fresh, as Slack wants it in each edition of a message."""

    use: str
    part: int
    mark: str
    turn: str

    def fresh(self) -> str:
        """The id as text."""
        return f"{self.use}/{self.part}/{self.mark}/{self.turn}/{secrets.token_hex(4)}"

    @classmethod
    def read(cls, text: str) -> BlockId | None:
        """The id that `fresh` made, or none if it did not make this one."""
        fields = text.split("/")
        if len(fields) != 5 or not fields[1].isdecimal():
            return None
        return cls(fields[0], int(fields[1]), fields[2], fields[3])


@dataclass(frozen=True)
class Ids:
    """Makes the ids of one answer's blocks."""

    place: ConversationRef
    turn: str

    def make(self, use: str, part: int) -> str:
        """A fresh id."""
        return BlockId(use, part, self.place.mark, self.turn).fresh()
