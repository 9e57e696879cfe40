"""Block ids, and the buttons of an answer: rows of five, then selects; replaced by the chosen title once used."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    StaticSelectElement,
)

from assistant.channels.slack.blocks.text import clip, filled, quoted
from assistant.channels.slack.settings import TEXTS
from assistant.server.storage.slack_ids import ConversationRef

ROW = 5
ROWS = 2
OPTIONS = 100
TITLE = 75
VALUE = 150
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class BlockId:
    """`use/part/token/turn/nonce`; the nonce is new on each update of a message, as Slack requires."""

    use: str
    part: int
    token: str
    """The conversation's, without team, person and channel: Slack sends these with each action."""
    turn: str

    def fresh(self) -> str:
        """Encode the id with a new nonce."""
        return f"{self.use}/{self.part}/{self.token}/{self.turn}/{secrets.token_hex(4)}"

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

    ref: ConversationRef
    turn: str

    def make(self, use: str, part: int) -> str:
        """Return a new id for a block of that use and part."""
        return BlockId(use, part, self.ref.token, self.turn).fresh()


def choice_blocks(buttons: Sequence[Mapping[str, str]], block_id: Callable[[], str]) -> list[Block]:
    """Return blocks for all buttons: the first ten in rows, the rest in selects of up to a hundred."""
    numbered = list(enumerate(buttons))
    rows = [[_button(n, b) for n, b in row] for row in _chunks(numbered[: ROW * ROWS], ROW)]
    selects = [[_select(rest)] for rest in _chunks(numbered[ROW * ROWS :], OPTIONS)]
    lines: list[Sequence[InteractiveElement]] = [*rows, *selects]
    return [ActionsBlock(block_id=block_id(), elements=line) for line in lines]


def chosen_block(title: str) -> Block:
    """Return the block that replaces used buttons."""
    text = filled(TEXTS["chosen"], title=quoted(title))
    return ContextBlock(elements=[MarkdownTextObject(text=text, verbatim=True)])


def value_of(payload: str) -> str:
    """Return the value of a button: its payload, or a hash if the payload exceeds Slack's limit."""
    if len(payload) <= VALUE and not payload.startswith("#"):
        return payload
    return "#" + hashlib.sha256(payload.encode()).hexdigest()[:32]


def pressed(value: str, offered: Iterable[Mapping[str, str]]) -> Mapping[str, str] | None:
    """Return the offered button with this value, the latest if there are several."""
    found = [button for button in offered if value_of(button["payload"]) == value]
    return found[-1] if found else None


def without(
    blocks: Iterable[dict[str, Any]], is_used: Callable[[dict[str, Any]], bool], title: str
) -> list[Any]:
    """Return a message's blocks with the used ones replaced by the chosen title."""
    kept: list[Any] = []
    is_replaced = False
    for block in blocks:
        if not is_used(block):
            kept.append(block)
        elif not is_replaced:
            is_replaced = True
            kept.append(chosen_block(title).to_dict())
    return kept


def _button(number: int, button: Mapping[str, str]) -> ButtonElement:
    return ButtonElement(
        text=clip(button["title"], TITLE), action_id=f"press/{number}", value=value_of(button["payload"])
    )


def _select(rest: Sequence[tuple[int, Mapping[str, str]]]) -> StaticSelectElement:
    options = [Option(text=clip(b["title"], TITLE), value=value_of(b["payload"])) for _, b in rest]
    return StaticSelectElement(placeholder=TEXTS["more"], action_id=f"press/{rest[0][0]}", options=options)


def _chunks(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
