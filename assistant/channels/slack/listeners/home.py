"""The App Home tab: its view, the modal for the treatment date, and their listeners."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
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

from assistant.channels.slack.blocks.answer import Post, text_blocks
from assistant.channels.slack.blocks.buttons import Ids
from assistant.channels.slack.blocks.text import filled, help_text, message_mrkdwn, mrkdwn
from assistant.channels.slack.blocks.timeline import Timeline, last_timeline, summary
from assistant.channels.slack.delivery import Delivery, refusal
from assistant.channels.slack.listeners.actions import picked
from assistant.channels.slack.listeners.commands import delete_button, erase_person
from assistant.channels.slack.middleware import Job, JobQueue, team_of
from assistant.channels.slack.reminders import Reminder, Reminders, reminder_blocks
from assistant.channels.slack.settings import TEXTS
from assistant.core.protocol import Message
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.traffic.retries import NotDeliveredError

_log = structlog.get_logger("assistant.channels.slack.listeners.home")

Body = Mapping[str, Any]
Handler = Callable[[ConversationRef, Body], Awaitable[None]]

MODAL = "set_date"
PICKER = "treated_at"
TRIGGER_LIFE = 3.0  # seconds for which Slack accepts a trigger_id
LISTED_REMINDERS = 4
_TEXTS = TEXTS["home"]


@dataclass(frozen=True)
class HomeListeners:
    """Adds jobs for events and actions in the tab."""

    delivery: Delivery
    reminders: Reminders
    jobs: JobQueue

    def register(self, app: AsyncApp) -> None:
        """Register with Bolt. The actions' matcher leaves those in messages to `ActionListeners`."""
        handlers: dict[str, Handler] = {
            "remind": lambda ref, _: self._do(ref, self.reminders.set(ref)),
            "reminder_cancel": lambda ref, body: self._do(ref, self.reminders.cancel(ref, _value_of(body))),
            "reminders_cancel": lambda ref, _: self._do(ref, self.reminders.cancel(ref)),
            "delete_data": lambda ref, _: self._delete(ref),
        }
        app.event("app_home_opened")(self.on_opened)
        app.action("set_date", matchers=[is_in_home])(self.on_set_date)
        app.view(MODAL)(self.on_modal)
        for name, handler in handlers.items():
            app.action(name, matchers=[is_in_home])(self._listener(name, handler))
        app.action(re.compile(""), matchers=[is_in_view])(leave_alone)

    async def on_opened(self, body: Body, event: Body, context: AsyncBoltContext) -> None:
        """Publish the view, each time the tab is opened."""
        if event.get("tab", "home") != "home" or not event.get("user"):
            return
        ref = ConversationRef(team_of(context), event["user"], "home")
        if str(event.get("channel", "")).startswith("D"):
            self.delivery.people.note_direct_channel(ref.user, event["channel"])
        self._add("home opened", ref, f"event:{body.get('event_id')}", lambda: self.show(ref))

    async def on_set_date(self, body: Body, context: AsyncBoltContext) -> None:
        """Open the modal, ahead of everything else of this person: the trigger lasts three seconds."""
        ref = ConversationRef(team_of(context), body["user"]["id"], "home")
        self.jobs.add(
            Job(
                name="home set_date",
                queue_key=f"modal:{ref.user}",
                ids=(),
                run=lambda: self._open_modal(ref, str(body["trigger_id"])),
                ref=ref,
            )
        )

    async def on_modal(self, body: Body, context: AsyncBoltContext) -> None:
        """Set the date of the submitted modal."""
        view = body.get("view") or {}
        ref = ConversationRef(team_of(context), body["user"]["id"], "home")
        self._add(
            "home date", ref, f"view:{view.get('id')}:{view.get('hash')}", lambda: self._set_date(ref, view)
        )

    async def show(self, ref: ConversationRef, note: str = "") -> None:
        """Publish the current view; `note` is mrkdwn and appears at the top."""
        timeline = await self.delivery.conversations.timeline(ref)
        reminders = await self.reminders.scheduled(ref)
        view = home_view(timeline, reminders, Ids(ref, "home"), note)
        await self.delivery.web.call("views_publish", user_id=ref.user, view=view)

    def _listener(self, name: str, handler: Handler) -> Callable[..., Awaitable[None]]:
        async def on_action(body: Body, context: AsyncBoltContext) -> None:
            ref = ConversationRef(team_of(context), body["user"]["id"], "home")
            id_ = f"trigger:{body.get('trigger_id')}:{body['actions'][0].get('action_ts')}"
            self._add(f"home {name}", ref, id_, lambda: handler(ref, body))

        return on_action

    def _add(self, name: str, ref: ConversationRef, id_: str, run: Callable[[], Awaitable[None]]) -> None:
        self.jobs.add(Job(name=name, queue_key=f"home:{ref.user}", ids=(id_,), run=run, ref=ref))

    async def _open_modal(self, ref: ConversationRef, trigger: str) -> None:
        """Open the modal; if Slack does not in time, say in the tab how to go on."""
        try:
            await self.delivery.web.call(
                "views_open", within=TRIGGER_LIFE, trigger_id=trigger, view=date_modal()
            )
        except (SlackApiError, NotDeliveredError) as error:
            _log.warning("modal_not_opened", slack=refusal(error))
            await self.show(ref, mrkdwn(TEXTS["modal"]["expired"]))

    async def _set_date(self, ref: ConversationRef, view: Body) -> None:
        action = ((view.get("state") or {}).get("values") or {}).get(PICKER, {}).get(PICKER, {})
        moment = picked(action)
        if moment is None:
            return
        zone = await self.delivery.people.zone(ref.user)
        local = moment.astimezone(ZoneInfo(zone or "UTC"))
        answer = await self.delivery.conversations.pick(ref, str(view["id"]), local, zone)
        await self.reminders.follow(ref, answer)
        await self.show(ref, _note_of(answer))

    async def _do(self, ref: ConversationRef, command: Awaitable[Post]) -> None:
        post = await command
        await self.show(ref, post.text)

    async def _delete(self, ref: ConversationRef) -> None:
        await erase_person(self.delivery, self.reminders, ref)
        await self.show(ref, mrkdwn(_TEXTS["deleted"]))


async def is_in_home(body: Body) -> bool:
    """Match actions in the Home tab."""
    return (body.get("view") or {}).get("type") == "home"


async def is_in_view(body: Body) -> bool:
    """Match actions in any view."""
    return bool(body.get("view"))


async def leave_alone() -> None:
    """Ignore an action, such as a date chosen in the modal before it is submitted."""


def home_view(
    timeline: Timeline | None, reminders: Sequence[Reminder], ids: Ids, note: str
) -> dict[str, Any]:
    """Return the App Home view; `note` is mrkdwn and appears at the top."""
    blocks = [
        *text_blocks(note),
        HeaderBlock(text=_TEXTS["title"]),
        *text_blocks(help_text()),
        *_timeline_blocks(timeline, ids),
        *(_reminder_part(reminders, ids) if reminders else []),
        DividerBlock(),
        HeaderBlock(text=_TEXTS["data"]),
        *text_blocks(mrkdwn(_TEXTS["about_data"])),
        ActionsBlock(block_id=ids.make("data", 0), elements=[delete_button()]),
    ]
    view: dict[str, Any] = View(type="home", blocks=blocks).to_dict()
    return view


def date_modal() -> dict[str, Any]:
    """Return the modal for the treatment date; Slack does not allow a date-time picker in the tab itself."""
    texts = TEXTS["modal"]
    picker = InputBlock(
        block_id=PICKER, label=texts["label"], element=DateTimePickerElement(action_id=PICKER)
    )
    view: dict[str, Any] = View(
        type="modal",
        callback_id=MODAL,
        title=texts["title"],
        submit=texts["submit"],
        close=texts["close"],
        blocks=[picker],
    ).to_dict()
    return view


def _timeline_blocks(timeline: Timeline | None, ids: Ids) -> list[Block]:
    has_steps = timeline is not None and bool(timeline.steps)
    set_date = ButtonElement(text=_TEXTS["correct_date" if has_steps else "set_date"], action_id="set_date")
    remind = ButtonElement(text=TEXTS["timeline"]["remind"], action_id="remind", value="remind")
    texts = [] if timeline is None else summary(timeline, datetime.now(timezone.utc))
    return [
        DividerBlock(),
        HeaderBlock(text=_TEXTS["timeline"]),
        *text_blocks("\n\n".join(texts) or mrkdwn(_TEXTS["no_timeline"])),
        ActionsBlock(block_id=ids.make("timeline_actions", 0), elements=[set_date, remind][: 1 + has_steps]),
    ]


def _reminder_part(reminders: Sequence[Reminder], ids: Ids) -> list[Block]:
    shown, rest = reminders[:LISTED_REMINDERS], reminders[LISTED_REMINDERS:]
    more = text_blocks(filled(TEXTS["reminders"]["rest"], count=str(len(rest)))) if rest else []
    *lines, everything = reminder_blocks(shown, ids)
    return [DividerBlock(), HeaderBlock(text=_TEXTS["reminders"]), *lines, *more, everything]


def _value_of(body: Body) -> str:
    return str(body["actions"][0].get("value"))


def _note_of(answer: Sequence[Message]) -> str:
    """Return the reply to a date without its timeline, which the tab shows anyway."""
    return "\n\n".join(message_mrkdwn(message) for message in answer if last_timeline([message]) is None)
