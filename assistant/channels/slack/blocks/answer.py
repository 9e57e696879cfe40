"""Block Kit rendering of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ContextActionsBlock,
    ContextBlock,
    DateTimePickerElement,
    DividerBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    HeaderBlock,
    MarkdownTextObject,
    SectionBlock,
)

from assistant.channels.slack.blocks.buttons import choice_blocks
from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.text import cut, message_mrkdwn, mrkdwn, phones_of
from assistant.channels.slack.blocks.timeline import timeline_blocks, timeline_in
from assistant.channels.slack.conversation_client import COMPUTED
from assistant.channels.slack.texts import TEXTS
from assistant.core.protocol import Message

SECTION = 3000
PERSONAL_CARDS = frozenset({"timeline", "ask_date"})


@dataclass(frozen=True)
class Part:
    """One of the assistant's messages and its index in the answer."""

    number: int
    message: Message

    @property
    def metadata(self) -> dict[str, Any]:
        """The message's metadata, as the API defines them."""
        return self.message.get("metadata") or {}

    @property
    def card(self) -> str | None:
        """The type of the message's card, if it has one."""
        kind = (self.message.get("custom") or {}).get("type")
        return None if kind is None else str(kind)

    @property
    def is_personal(self) -> bool:
        """Return whether the part depends on, or asks for, this person's treatment date."""
        is_computed = self.metadata.get(COMPUTED) and self.metadata.get("outcome") != "error"
        return self.card in PERSONAL_CARDS or bool(is_computed)


def parts_of(answer: Sequence[Message]) -> list[Part]:
    """Number the messages of an answer from 0."""
    return [Part(number, message) for number, message in enumerate(answer)]


def answer_blocks(parts: Sequence[Part], ids: Ids, calendar: str | None, has_feedback: bool) -> list[Block]:
    """Return the blocks of all parts, separated by dividers."""
    blocks: list[Block] = []
    for part in parts:
        if blocks:
            blocks.append(DividerBlock())
        blocks.extend(_part_blocks(part, ids, calendar, has_feedback))
    return blocks


def text_blocks(text: str) -> list[Block]:
    """Return sections with the text, which must be mrkdwn."""
    return [SectionBlock(text=MarkdownTextObject(text=piece)) for piece in cut(text, SECTION)]


def _part_blocks(part: Part, ids: Ids, calendar: str | None, has_feedback: bool) -> Iterable[Block]:
    number, metadata = part.number, part.metadata
    if metadata.get("outcome") == "urgent":
        yield HeaderBlock(text=TEXTS["urgent"])
    timeline = timeline_in(part.message)
    if timeline is None:
        yield from text_blocks(message_mrkdwn(part.message))
    else:
        opening, closing = _around_lists(part.message["text"])
        yield from text_blocks(mrkdwn(opening, phones_of(part.message)))
        yield from timeline_blocks(timeline, ids, number, calendar, datetime.now(timezone.utc))
        yield from text_blocks(mrkdwn(closing, phones_of(part.message)))
    if metadata.get("disagreement"):
        yield _context(TEXTS["disagreement"])
    yield from _sources(metadata.get("sources") or [])
    yield from choice_blocks(part.message.get("buttons") or [], lambda: ids.make("press", number))
    if part.card == "ask_date":
        yield date_block(ids, number)
    if has_feedback and metadata.get("outcome") == "answered":
        yield _feedback(ids, number)


def date_block(ids: Ids, number: int) -> Block:
    """Return a date-time picker without an initial value, which would make a wrong date one tap away."""
    picker = DateTimePickerElement(action_id="treated_at")
    return ActionsBlock(block_id=ids.make("date", number), elements=[picker])


def _around_lists(text: str) -> tuple[str, str]:
    """Return a timeline's text without its lists, which repeat the blocks: first paragraph and remaining ones."""
    first, *others = text.split("\n\n")
    opening = first.partition("\n- ")[0]
    return opening, "\n\n".join(other for other in others if "\n- " not in f"\n{other}")


def _context(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text, verbatim=True)])


def _sources(sources: Sequence[dict[str, Any]]) -> Iterable[Block]:
    if not sources:
        return
    lines = [mrkdwn(TEXTS["sources"]), *(f"• {source_line(source)}" for source in sources)]
    for piece in cut("\n".join(lines), SECTION):
        yield _context(piece)


def source_line(source: dict[str, Any]) -> str:
    """Format a source as title and section."""
    title, section = (mrkdwn(str(source.get(key) or "")) for key in ("title", "section"))
    return f"_{title}_, {section}" if section else f"_{title}_"


def _feedback(ids: Ids, number: int) -> Block:
    texts = TEXTS["feedback"]
    up, down = (
        FeedbackButtonObject(
            text=texts[way], accessibility_label=texts[f"{way}_label"], value=f"{way}|{ids.turn}|{number}"
        )
        for way in ("up", "down")
    )
    buttons = FeedbackButtonsElement(action_id="feedback", positive_button=up, negative_button=down)
    return ContextActionsBlock(block_id=ids.make("feedback", number), elements=[buttons])
