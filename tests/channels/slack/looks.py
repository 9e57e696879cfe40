"""The visible parts of a post, for assertions."""

from __future__ import annotations

import re
from typing import Any

from testbed.slack import Message, titles
from testbed.slack.mrkdwn import written_in


def kinds(message: Message) -> list[str]:
    """The kinds of its blocks, in order."""
    return [block["type"] for block in message.blocks]


def words(message: Message) -> str:
    """All its texts in mrkdwn."""
    return "\n".join(written_in(message.blocks))


def sources(message: Message) -> list[str]:
    """The notes that name or count sources."""
    return [text for text in contexts(message) if re.match(r"\[1\] _|From \d+ articles", text)]


def contexts(message: Message) -> list[str]:
    """The texts of its context blocks."""
    blocks = [block for block in message.blocks if block["type"] == "context"]
    return [element["text"] for block in blocks for element in block["elements"]]


def words_of_view(view: dict[str, Any]) -> str:
    """Everything that a view says, titles included."""
    found: list[str] = []
    for block in view["blocks"]:
        found += list(written_in(block))
        if block["type"] == "header":
            found.append(block["text"]["text"])
    return "\n".join(found)


def choices(message: Message) -> list[str]:
    """The titles of what can be chosen, without the buttons that stay."""
    return titles([block for block in message.blocks if str(block.get("block_id")).startswith("press/")])
