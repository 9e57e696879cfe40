"""Views: the App Home tab and the modal for the treatment date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DateTimePickerElement,
    DividerBlock,
    HeaderBlock,
    InputBlock,
)
from slack_sdk.models.views import View

from assistant.channels.slack.blocks.answer import text_blocks
from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.text import filled, mrkdwn
from assistant.channels.slack.blocks.timeline import Timeline, step_text
from assistant.channels.slack.listeners.commands import delete_button
from assistant.channels.slack.reminders import Reminder, reminder_blocks
from assistant.channels.slack.texts import TEXTS

_TEXTS = TEXTS["home"]
MODAL = "set_date"
PICKER = "treated_at"
_MOST_BLOCKS = 100


def home_view(
    timeline: Timeline | None, reminders: Sequence[Reminder], ids: Ids, note: str
) -> dict[str, Any]:
    """Return the App Home view; `note` is mrkdwn and appears at the top."""
    shape: dict[str, Any] = View(type="home", blocks=_blocks(timeline, reminders, ids, note)).to_dict()
    return shape


def date_modal() -> dict[str, Any]:
    """Return the modal for the treatment date; Slack does not allow a date-time picker in the tab itself."""
    texts = TEXTS["modal"]
    picker = InputBlock(
        block_id=PICKER, label=texts["label"], element=DateTimePickerElement(action_id=PICKER)
    )
    shape: dict[str, Any] = View(
        type="modal",
        callback_id=MODAL,
        title=texts["title"],
        submit=texts["submit"],
        close=texts["close"],
        blocks=[picker],
    ).to_dict()
    return shape


def _blocks(timeline: Timeline | None, reminders: Sequence[Reminder], ids: Ids, note: str) -> list[Block]:
    blocks = [
        *text_blocks(note),
        HeaderBlock(text=_TEXTS["title"]),
        *text_blocks(filled(TEXTS["help"], command=TEXTS["command"])),
        *_timeline_blocks(timeline, ids),
        *(_reminder_part(reminders, ids) if reminders else []),
        DividerBlock(),
        HeaderBlock(text=_TEXTS["data"]),
        *text_blocks(mrkdwn(_TEXTS["about_data"])),
        ActionsBlock(block_id=ids.make("data", 0), elements=[delete_button()]),
    ]
    return blocks[:_MOST_BLOCKS]


def _timeline_blocks(timeline: Timeline | None, ids: Ids) -> list[Block]:
    now = datetime.now(timezone.utc)
    has_steps = timeline is not None and bool(timeline.steps)
    set_date = ButtonElement(text=_TEXTS["correct_date" if has_steps else "set_date"], action_id="set_date")
    remind = ButtonElement(text=TEXTS["timeline"]["remind"], action_id="remind", value="remind")
    steps = [step_text(step, now)["text"] for step in (timeline.steps if timeline else ())]
    return [
        DividerBlock(),
        HeaderBlock(text=_TEXTS["timeline"]),
        *text_blocks("\n\n".join(steps) or mrkdwn(_TEXTS["no_timeline"])),
        ActionsBlock(block_id=ids.make("timeline_actions", 0), elements=[set_date, remind][: 1 + has_steps]),
    ]


def _reminder_part(reminders: Sequence[Reminder], ids: Ids) -> list[Block]:
    return [DividerBlock(), HeaderBlock(text=_TEXTS["reminders"]), *reminder_blocks(reminders, ids)]
