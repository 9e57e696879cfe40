"""The App Home tab: what the assistant can do, the person's timeline and reminders, and their data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

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

from channels.messages import Message
from channels.slack.answer_blocks import text_blocks
from channels.slack.block_ids import Ids
from channels.slack.desk import Desk, Job
from channels.slack.erasing import erase_person
from channels.slack.mrkdwn import filled, mrkdwn
from channels.slack.places import Place
from channels.slack.predicates import Payload, team_of
from channels.slack.presses import picked, said_by_picking
from channels.slack.reminders import Reminder, Reminders, reminder_blocks
from channels.slack.texts import TEXTS
from channels.slack.timelines import Timeline, last_timeline, step_text
from channels.slack.wishes import delete_button

_TEXTS = TEXTS["home"]
_MODAL = "set_date"
_PICKER = "treated_at"
_MOST_BLOCKS = 100


@dataclass(frozen=True)
class Home:
    """Turns what happens in the tab into jobs."""

    desk: Desk
    reminders: Reminders

    def from_event(self, body: Payload) -> Job | None:
        """Somebody opens the tab."""
        event = body["event"]
        if event.get("tab", "home") != "home" or not event.get("user"):
            return None
        place = Place(team_of(body), event["user"], "home")
        if str(event.get("channel", "")).startswith("D"):
            self.desk.people.note_direct_channel(place.user, event["channel"])
        return self._job("home opened", place, f"event:{body.get('event_id')}", lambda: self.show(place))

    def from_action(self, body: Payload) -> Job | None:
        """Something in the tab is pressed."""
        if (body.get("view") or {}).get("type") != "home" or not body.get("actions"):
            return None
        place, action = Place(team_of(body), body["user"]["id"], "home"), body["actions"][0]
        works = {
            "set_date": lambda: self._open_modal(str(body["trigger_id"])),
            "remind": lambda: self._do(place, self.reminders.set(place)),
            "reminder_cancel": lambda: self._do(
                place, self.reminders.cancel(place, str(action.get("value")))
            ),
            "reminders_cancel": lambda: self._do(place, self.reminders.cancel(place)),
            "delete_data": lambda: self._delete(place),
        }
        name = str(action.get("action_id"))
        work = works.get(name)
        key = f"trigger:{body.get('trigger_id')}:{action.get('action_ts')}"
        return self._job(f"home {name}", place, key, work) if work is not None else None

    def from_modal(self, body: Payload) -> Job | None:
        """The date in the modal is saved."""
        view = body.get("view") or {}
        if view.get("callback_id") != _MODAL:
            return None
        place = Place(team_of(body), body["user"]["id"], "home")
        key = f"view:{view.get('id')}:{view.get('hash')}"
        return self._job("home date", place, key, lambda: self._set_date(place, view))

    def _job(self, name: str, place: Place, key: str, work: Any) -> Job:
        return Job(name=name, lane=f"home:{place.user}", keys=(key,), work=work)

    async def show(self, place: Place, note: str = "") -> None:
        """Publishes the tab as it is now; `note` is in Slack's notation and stands on top."""
        timeline = last_timeline(self.desk.talk.history(place))
        reminders = await self.reminders.scheduled(place)
        view = View(type="home", blocks=_blocks(timeline, reminders, Ids(place, "home"), note))
        await self.desk.web.call("views_publish", user_id=place.user, view=view.to_dict())

    async def _open_modal(self, trigger: str) -> None:
        await self.desk.web.call("views_open", trigger_id=trigger, view=_modal().to_dict())

    async def _set_date(self, place: Place, view: Payload) -> None:
        action = ((view.get("state") or {}).get("values") or {}).get(_PICKER, {}).get(_PICKER, {})
        moment = picked(action)
        if moment is None:
            return
        zone = await self.desk.people.zone(place.user)
        text = said_by_picking(moment.astimezone(ZoneInfo(zone or "UTC")))
        answer = await self.desk.talk.say(place, str(view["id"]), text, zone)
        await self.reminders.follow(place, answer)
        await self.show(place, _told(answer))

    async def _do(self, place: Place, doing: Any) -> None:
        said = await doing
        await self.show(place, said.text)

    async def _delete(self, place: Place) -> None:
        await erase_person(self.desk, self.reminders, place)
        await self.show(place, mrkdwn(_TEXTS["deleted"]))


def _told(answer: Sequence[Message]) -> str:
    """What is said to a date; a timeline shows itself."""
    return "\n\n".join(mrkdwn(said["text"]) for said in answer if last_timeline([said]) is None)


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


def _modal() -> View:
    texts = TEXTS["modal"]
    picker = InputBlock(
        block_id=_PICKER, label=texts["label"], element=DateTimePickerElement(action_id=_PICKER)
    )
    return View(
        type="modal",
        callback_id=_MODAL,
        title=texts["title"],
        submit=texts["submit"],
        close=texts["close"],
        blocks=[picker],
    )
