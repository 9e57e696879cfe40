"""Posts: packs an answer's blocks into as few posts as Slack's limits allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from assistant.channels.slack.blocks.answer import Part, answer_blocks, text_blocks
from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.text import message_mrkdwn, shorten

BLOCKS = 50
CHARACTERS = 12_000  # undocumented: Slack rejects blocks with about 13,000 characters as too long
FALLBACK = 3_900


@dataclass(frozen=True)
class Post:
    """The content of one posting call; the text is the fallback for notifications."""

    text: str
    blocks: tuple[dict[str, Any], ...]

    def fields(self) -> dict[str, Any]:
        """Return the arguments by Slack's names."""
        return {"text": self.text, "blocks": list(self.blocks)}


def posts_of(parts: Sequence[Part], ids: Ids, calendar: str | None, has_feedback: bool = True) -> list[Post]:
    """Return the answer as one post, or as several if it exceeds Slack's limits."""
    fallback = "\n\n".join(message_mrkdwn(part.message) for part in parts if part.message["text"])
    return packed(answer_blocks(parts, ids, calendar, has_feedback), fallback)


def sentence(text: str, *more: Block) -> Post:
    """Return a post with a text of the channel's own, in mrkdwn."""
    return packed([*text_blocks(text), *more], text)[0]


def packed(blocks: Iterable[Block], fallback: str) -> list[Post]:
    """Distribute the blocks over posts in order, as many in each as fit."""
    posts: list[list[dict[str, Any]]] = [[]]
    room = CHARACTERS
    for block in blocks:
        shape = block.to_dict()  # checks the block against Slack's limits
        size = _characters(shape)
        if posts[-1] and (len(posts[-1]) == BLOCKS or size > room):
            posts.append([])
            room = CHARACTERS
        posts[-1].append(shape)
        room -= size
    text = shorten(fallback, FALLBACK)
    return [Post(text, tuple(post)) for post in posts if post]


def _characters(shape: Any) -> int:
    """Count all characters of a block, including ids and values."""
    if isinstance(shape, dict):
        return sum(map(_characters, shape.values()))
    if isinstance(shape, list):
        return sum(map(_characters, shape))
    return len(shape) if isinstance(shape, str) else 0
