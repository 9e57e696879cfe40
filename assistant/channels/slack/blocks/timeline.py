"""The timeline card in Slack: parsing, step states and blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    Option,
    OverflowMenuElement,
    SectionBlock,
)

from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.text import Phone, clip, filled, mrkdwn, phones_of, shorten, slack_date
from assistant.channels.slack.texts import TEXTS
from assistant.core.protocol import Message

_TEXTS = TEXTS["timeline"]
_LONGEST = 2900


@dataclass(frozen=True)
class Step:
    """One step of the timeline. Times are time-zone aware."""

    title: str
    detail: str
    starts_at: datetime | None
    ends_at: datetime | None
    phones: Sequence[Phone] = ()
    """The timeline's phone numbers."""

    def state(self, now: datetime) -> str:
        """Return `past`, `now` or `upcoming`. The card's own state was computed when the card was made."""
        if self.ends_at is not None and self.ends_at <= now:
            return "past"
        return "upcoming" if self.starts_at is not None and self.starts_at > now else "now"


@dataclass(frozen=True)
class Timeline:
    """A person's timeline."""

    treated_at: str
    steps: tuple[Step, ...]


def timeline_in(message: Mapping[str, Any]) -> Timeline | None:
    """Parse the timeline card of a message, if it has one."""
    card = message.get("custom") or {}
    if card.get("type") != "timeline":
        return None
    steps = tuple(_step(step, phones_of(message)) for step in card.get("steps") or [])
    return Timeline(str(card.get("treated_at")), steps)


def last_timeline(messages: Sequence[Message]) -> Timeline | None:
    """Return the latest timeline in a conversation's history."""
    return next((t for m in reversed(messages) if (t := timeline_in(m)) is not None), None)


def timeline_blocks(
    timeline: Timeline, ids: Ids, part: int, calendar: str | None, now: datetime
) -> list[Block]:
    """Return a section per step, and buttons for reminders and the calendar; `calendar` is its URL, if any."""
    lines: list[Block] = [SectionBlock(text=step_text(step, now)) for step in timeline.steps]
    if lines:
        block_id = ids.make("timeline", part)
        lines[0] = SectionBlock(text=step_text(timeline.steps[0], now), block_id=block_id, accessory=_menu())
    remind = ButtonElement(text=_TEXTS["remind"], action_id="remind", value="remind")
    buttons = [remind, _calendar_button(calendar)]
    return [*lines, ActionsBlock(block_id=ids.make("timeline_actions", part), elements=buttons)]


def step_text(step: Step, now: datetime) -> Any:
    """Format a step as mrkdwn; readers see the times in their own zone."""
    when = _span(step)
    head = f"{_TEXTS['states'][step.state(now)]} *{mrkdwn(step.title)}*" + (f" ({when})" if when else "")
    text = shorten(f"{head}\n{mrkdwn(step.detail, step.phones)}", _LONGEST)
    return {"type": "mrkdwn", "text": text}


def _span(step: Step) -> str:
    starts = step.starts_at and slack_date(step.starts_at)
    ends = step.ends_at and slack_date(step.ends_at)
    if starts and ends:
        return filled(_TEXTS["between"], starts=starts, ends=ends)
    if starts:
        return filled(_TEXTS["from"], starts=starts)
    return filled(_TEXTS["until"], ends=ends) if ends else ""


def _menu() -> OverflowMenuElement:
    options = [Option(text=clip(text, 75), value=value) for value, text in _TEXTS["menu"].items()]
    return OverflowMenuElement(action_id="menu", options=options)


def _calendar_button(address: str | None) -> ButtonElement:
    if address is not None:
        return ButtonElement(text=_TEXTS["calendar_link"], action_id="link", url=address)
    return ButtonElement(text=_TEXTS["calendar_file"], action_id="calendar", value="calendar")


def _step(given: Mapping[str, Any], phones: Sequence[Phone]) -> Step:
    return Step(
        str(given["title"]),
        str(given.get("detail") or ""),
        _moment(given, "starts_at"),
        _moment(given, "ends_at"),
        tuple(phones),
    )


def _moment(given: Mapping[str, Any], key: str) -> datetime | None:
    text = given.get(key)
    return datetime.fromisoformat(str(text).replace("Z", "+00:00")) if text else None
