"""The timeline in Slack: the card's steps, the next change, and three groups of what holds now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    SectionBlock,
)

from assistant.channels.slack.blocks.buttons import Ids
from assistant.channels.slack.blocks.text import Phone, clip, filled, mrkdwn, phones_of, shorten, slack_date
from assistant.channels.slack.settings import TEXTS
from assistant.core.protocol import Message

_TEXTS = TEXTS["timeline"]
_MAX_SECTION = 2900


@dataclass(frozen=True)
class Step:
    """One step of the timeline. Times are time-zone aware."""

    title: str
    detail: str
    starts_at: datetime | None
    ends_at: datetime | None
    phones: Sequence[Phone] = ()
    """The timeline's phone numbers."""
    group: str = "other"
    """`avoid`, `do` or `normal`; `other` in timelines of earlier versions."""
    over: str | None = None
    """Sentence for when the step ends, if that is worth a reminder."""

    def state(self, now: datetime) -> str:
        """Return `past`, `now` or `upcoming`. The card's own state was computed when the card was made."""
        if self.ends_at is not None and self.ends_at <= now:
            return "past"
        return "upcoming" if self.starts_at is not None and self.starts_at > now else "now"


@dataclass(frozen=True)
class Timeline:
    """A person's timeline."""

    treated_at: datetime | None
    steps: tuple[Step, ...]

    def begins_with_treatment(self, step: Step) -> bool:
        """Return whether the step begins at the moment of the treatment, of which nobody has to be reminded."""
        return step.starts_at is not None and step.starts_at == self.treated_at


@dataclass(frozen=True, order=True)
class Change:
    """A moment at which something begins or is over."""

    at: datetime
    text: str


def timeline_in(message: Mapping[str, Any]) -> Timeline | None:
    """Parse the timeline card of a message, if it has one."""
    card = message.get("custom") or {}
    if card.get("type") != "timeline":
        return None
    steps = tuple(_step(step, phones_of(message)) for step in card.get("steps") or [])
    return Timeline(_moment(card, "treated_at"), steps)


def last_timeline(messages: Sequence[Message]) -> Timeline | None:
    """Return the latest timeline in a conversation's history."""
    return next((t for m in reversed(messages) if (t := timeline_in(m)) is not None), None)


def timeline_blocks(
    timeline: Timeline, ids: Ids, part: int, calendar: str | None, now: datetime
) -> list[Block]:
    """Return the summary as sections, and buttons for reminders and the calendar; `calendar` is its URL, if any."""
    texts = summary(timeline, now)
    lines: list[Block] = [SectionBlock(text=MarkdownTextObject(text=text)) for text in texts]
    if lines:
        first, block_id = MarkdownTextObject(text=texts[0]), ids.make("timeline", part)
        lines[0] = SectionBlock(text=first, block_id=block_id, accessory=_menu())
    remind = ButtonElement(text=_TEXTS["remind"], action_id="remind", value="remind")
    buttons = [remind, _calendar_button(calendar)]
    return [*lines, ActionsBlock(block_id=ids.make("timeline_actions", part), elements=buttons)]


def summary(timeline: Timeline, now: datetime) -> list[str]:
    """Return mrkdwn texts: the next change first, then a group each of what to leave off, do and expect now."""
    return [
        shorten(text, _MAX_SECTION) for text in (_next_change(timeline, now), *_groups(timeline, now)) if text
    ]


def all_steps(timeline: Timeline, now: datetime) -> str:
    """Return every step with its times and explanation as mrkdwn; readers see the times in their own zone."""
    return "\n\n".join(_step_text(step, now) for step in timeline.steps)


def changes(timeline: Timeline, now: datetime) -> list[Change]:
    """Return what begins or ends after `now`, the earliest first."""
    begins = [Change(s.starts_at, mrkdwn(s.title)) for s in timeline.steps if s.starts_at is not None]
    ends = [Change(s.ends_at, mrkdwn(s.over)) for s in timeline.steps if s.ends_at is not None and s.over]
    return sorted(change for change in (*begins, *ends) if change.at > now)


def _next_change(timeline: Timeline, now: datetime) -> str:
    coming = changes(timeline, now)
    if not coming:
        return ""
    texts = "; ".join(change.text for change in coming if change.at == coming[0].at)
    return filled(_TEXTS["next"], when=slack_date(coming[0].at), changes=texts)


def _groups(timeline: Timeline, now: datetime) -> Iterator[str]:
    current = [step for step in timeline.steps if step.state(now) == "now"]
    for group, heading in _TEXTS["groups"].items():
        steps = [step for step in current if step.group == group]
        if steps:
            yield "\n".join([mrkdwn(heading), *_lines(steps)])


def _lines(steps: Sequence[Step]) -> Iterator[str]:
    """Yield a line for the steps of each end, the earliest first, and one for all without an end."""
    for ends_at in sorted({step.ends_at for step in steps if step.ends_at is not None}):
        yield filled(_TEXTS["ending"], titles=_titles(steps, ends_at), ends=slack_date(ends_at))
    if any(step.ends_at is None for step in steps):
        yield filled(_TEXTS["endless"], titles=_titles(steps, None))


def _titles(steps: Sequence[Step], ends_at: datetime | None) -> str:
    return " · ".join(mrkdwn(step.title) for step in steps if step.ends_at == ends_at)


def _step_text(step: Step, now: datetime) -> str:
    when = _span(step)
    head = f"{_TEXTS['states'][step.state(now)]} *{mrkdwn(step.title)}*" + (f" ({when})" if when else "")
    return f"{head}\n{mrkdwn(step.detail, step.phones)}"


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


def _calendar_button(url: str | None) -> ButtonElement:
    if url is not None:
        return ButtonElement(text=_TEXTS["calendar_link"], action_id="link", url=url)
    return ButtonElement(text=_TEXTS["calendar_file"], action_id="calendar", value="calendar")


def _step(given: Mapping[str, Any], phones: Sequence[Phone]) -> Step:
    return Step(
        title=str(given["title"]),
        detail=str(given.get("detail") or ""),
        starts_at=_moment(given, "starts_at"),
        ends_at=_moment(given, "ends_at"),
        phones=tuple(phones),
        group=str(given.get("group") or "other"),
        over=given.get("over"),
    )


def _moment(given: Mapping[str, Any], key: str) -> datetime | None:
    text = given.get(key)
    return datetime.fromisoformat(str(text).replace("Z", "+00:00")) if text else None
