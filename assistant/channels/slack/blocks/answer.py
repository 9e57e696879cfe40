"""Block Kit rendering of an answer, packed into as few posts as Slack's limits allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
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

from assistant.channels.slack.blocks.buttons import Ids, choice_blocks
from assistant.channels.slack.blocks.text import (
    cut,
    filled,
    message_mrkdwn,
    mrkdwn,
    phones_of,
    quoted,
    shorten,
)
from assistant.channels.slack.blocks.timeline import all_steps, timeline_blocks, timeline_in
from assistant.channels.slack.settings import TEXTS
from assistant.core.protocol import ANSWERED, ERROR, URGENT, Message

SECTION = 3000
BLOCKS = 50
CHARACTERS = 12_000  # undocumented: Slack rejects blocks with about 13,000 characters as too long
FALLBACK = 3_900
LISTED_SOURCES = 3
"""More sources than these are counted; the button for more lists them."""
PERSONAL_CARDS = frozenset({"timeline", "ask_date"})
COMPUTED = "computed"
"""Metadata key of a message that was made for this person alone."""


@dataclass(frozen=True)
class Part:
    """One of the assistant's messages and its index in the answer."""

    number: int
    message: Message
    is_shared: bool = False
    """Shared with people to whom the conversation does not belong, so it has no buttons."""

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
        is_computed = self.metadata.get(COMPUTED) and self.metadata.get("outcome") != ERROR
        return self.card in PERSONAL_CARDS or bool(is_computed)

    @property
    def has_more(self) -> bool:
        """Return whether `more_posts` shows anything that the answer itself does not."""
        hidden = self.metadata.get("details") or self.metadata.get("positions") or self.card == "timeline"
        has_hidden = bool(hidden) or not self.lists_sources
        return has_hidden and not self.is_shared

    @property
    def lists_sources(self) -> bool:
        """Return whether the answer itself names its sources, rather than their number."""
        return self.is_shared or len(self.metadata.get("sources") or []) <= LISTED_SOURCES


@dataclass(frozen=True)
class Post:
    """The content of one posting call; the text is the fallback for notifications."""

    text: str
    blocks: tuple[dict[str, Any], ...]

    def fields(self) -> dict[str, Any]:
        """Return the arguments by Slack's names."""
        return {"text": self.text, "blocks": list(self.blocks)}


def parts_of(answer: Sequence[Message]) -> list[Part]:
    """Number the messages of an answer from 0."""
    return [Part(number, message) for number, message in enumerate(answer)]


def shared_parts_of(answer: Sequence[Message]) -> list[Part]:
    """Number the messages of an answer that is shared in a channel."""
    return [Part(number, {**message, "buttons": []}, True) for number, message in enumerate(answer)]


def posts_of(parts: Sequence[Part], ids: Ids, calendar: str | None, has_feedback: bool = True) -> list[Post]:
    """Return the answer as one post, or as several if it exceeds Slack's limits."""
    fallback = "\n\n".join(message_mrkdwn(part.message) for part in parts if part.message["text"])
    blocks: list[Block] = []
    for part in parts:
        blocks += [DividerBlock()] if blocks else []
        blocks += _part_blocks(part, ids, calendar, has_feedback)
    return packed(blocks, fallback)


def more_posts(part: Part) -> list[Post]:
    """Return what is shown on demand: details, what each side says, all steps of a timeline, all sources."""
    metadata, phones = part.metadata, phones_of(part.message)
    timeline = timeline_in(part.message)
    texts = [
        mrkdwn(str(metadata.get("details") or ""), phones),
        _positions(metadata.get("positions") or []),
        "" if timeline is None else all_steps(timeline, datetime.now(timezone.utc)),
        "\n".join(_source_lines(metadata.get("sources") or [])),
    ]
    shown = [text for text in texts if text]
    return packed([block for text in shown for block in text_blocks(text)], "\n\n".join(shown))


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


def text_blocks(text: str) -> list[Block]:
    """Return sections with the text, which must be mrkdwn."""
    return [SectionBlock(text=MarkdownTextObject(text=piece)) for piece in cut(text, SECTION)]


def _characters(shape: Any) -> int:
    """Count all characters of a block, including ids and values."""
    if isinstance(shape, dict):
        return sum(map(_characters, shape.values()))
    if isinstance(shape, list):
        return sum(map(_characters, shape))
    return len(shape) if isinstance(shape, str) else 0


def _part_blocks(part: Part, ids: Ids, calendar: str | None, has_feedback: bool) -> Iterator[Block]:
    number, metadata = part.number, part.metadata
    if metadata.get("outcome") == URGENT:
        yield HeaderBlock(text=TEXTS["urgent"])
    yield from _content(part, ids, calendar)
    notes = [MarkdownTextObject(text=text, verbatim=True) for text in _notes(part)]
    if notes:
        yield ContextBlock(elements=notes)
    yield from choice_blocks(part.message.get("buttons") or [], lambda: ids.make("press", number))
    if part.has_more:
        yield _more_button(part, ids)
    if part.card == "ask_date":
        yield date_block(ids, number)
    if has_feedback and metadata.get("outcome") == ANSWERED:
        yield _feedback(ids, number)


def _content(part: Part, ids: Ids, calendar: str | None) -> Iterator[Block]:
    timeline = timeline_in(part.message)
    if timeline is None:
        yield from text_blocks(message_mrkdwn(part.message))
        return
    phones = phones_of(part.message)
    opening, closing = _around_lists(part.message["text"])
    yield from text_blocks(mrkdwn(opening, phones))
    yield from timeline_blocks(timeline, ids, part.number, calendar, datetime.now(timezone.utc))
    yield from text_blocks(mrkdwn(closing, phones))


def date_block(ids: Ids, number: int) -> Block:
    """Return a date-time picker without an initial value, which would make a wrong date one tap away."""
    picker = DateTimePickerElement(action_id="treated_at")
    return ActionsBlock(block_id=ids.make("date", number), elements=[picker])


def _around_lists(text: str) -> tuple[str, str]:
    """Return a timeline's text without what the blocks say: its lists and bold headings.

    The first part is the first paragraph, the second what else is left.
    """
    first, *others = text.split("\n\n")
    opening = first.partition("\n- ")[0]
    closing = [other for other in others if "\n- " not in f"\n{other}" and not _is_heading(other)]
    return "" if _is_heading(opening) else opening, "\n\n".join(closing)


def _is_heading(paragraph: str) -> bool:
    return paragraph.startswith("**") and paragraph.endswith("**") and paragraph.count("**") == 2


def _notes(part: Part) -> Iterator[str]:
    """Yield the small print: what the answer rests on, that sources differ, and the sources."""
    metadata = part.metadata
    basis = TEXTS["basis"].get(metadata.get("basis"))
    if basis:
        yield mrkdwn(basis)
    if metadata.get("disagreement"):
        yield mrkdwn(TEXTS["disagreement"])
    sources = metadata.get("sources") or []
    if sources and part.lists_sources:
        yield shorten(" · ".join(_source_lines(sources)), SECTION)
    elif sources:
        yield filled(TEXTS["many_sources"], count=str(len({_key(source) for source in sources})))


def _key(source: dict[str, Any]) -> str:
    """Return what tells articles apart: sections of one article have one title."""
    return str(source.get("title") or source.get("id"))


def _source_lines(sources: Sequence[dict[str, Any]]) -> list[str]:
    """Return the sources with the numbers by which a text cites them."""
    return [f"[{number}] {_source_line(source)}" for number, source in enumerate(sources, 1)]


def _source_line(source: dict[str, Any]) -> str:
    title, section = (quoted(str(source.get(key) or "")) for key in ("title", "section"))
    return f"_{title}_, {section}" if section else f"_{title}_"


def _positions(positions: Sequence[dict[str, Any]]) -> str:
    """Return what each side says, with the numbers of its sources."""
    if not positions:
        return ""
    lines = [
        f"• {mrkdwn(str(each.get('text') or ''))} {''.join(f'[{n}]' for n in each.get('sources') or [])}".rstrip()
        for each in positions
    ]
    return "\n".join([mrkdwn(TEXTS["positions"]), *lines])


def _more_button(part: Part, ids: Ids) -> Block:
    has_text = part.metadata.get("details") or part.metadata.get("positions") or part.card
    title = TEXTS["show_more"]["text" if has_text else "sources"]
    button = ButtonElement(text=title, action_id="more", value=f"{ids.turn}|{part.number}")
    return ActionsBlock(block_id=ids.make("more", part.number), elements=[button])


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
