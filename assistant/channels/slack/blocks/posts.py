"""Whole posts: an answer's blocks in as few posts as Slack's limits allow, each with a text for notifications."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from assistant.channels.slack.blocks.answer import Part, answer_blocks, text_blocks
from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.text import message_mrkdwn, shorten

BLOCKS = 50
CHARACTERS = 12_000  # not documented: Slack refuses blocks with some 13,000 characters as too long
FALLBACK = 3_900


@dataclass(frozen=True)
class Post:
    """What one call posts."""

    text: str
    blocks: tuple[dict[str, Any], ...]

    def fields(self) -> dict[str, Any]:
        """As Slack's methods name them."""
        return {"text": self.text, "blocks": list(self.blocks)}


def posts_of(parts: Sequence[Part], ids: Ids, calendar: str | None, has_feedback: bool = True) -> list[Post]:
    """One post, or more where the answer is too long for one."""
    fallback = "\n\n".join(message_mrkdwn(part.message) for part in parts if part.message["text"])
    return packed(answer_blocks(parts, ids, calendar, has_feedback), fallback)


def sentence(text: str, *more: Block) -> Post:
    """A post of the channel's own; `text` is in Slack's notation."""
    return packed([*text_blocks(text), *more], text)[0]


def packed(blocks: Iterable[Block], fallback: str) -> list[Post]:
    """The blocks in order, as many in a post as fit."""
    posts: list[list[dict[str, Any]]] = [[]]
    room = CHARACTERS
    for block in blocks:
        shape = block.to_dict()  # checks Slack's limits for this block
        size = _characters(shape)
        if posts[-1] and (len(posts[-1]) == BLOCKS or size > room):
            posts.append([])
            room = CHARACTERS
        posts[-1].append(shape)
        room -= size
    text = shorten(fallback, FALLBACK)
    return [Post(text, tuple(post)) for post in posts if post]


def _characters(shape: Any) -> int:
    """All text in a block, its ids and values included."""
    if isinstance(shape, dict):
        return sum(map(_characters, shape.values()))
    if isinstance(shape, list):
        return sum(map(_characters, shape))
    return len(shape) if isinstance(shape, str) else 0
