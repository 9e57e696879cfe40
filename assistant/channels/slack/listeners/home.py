"""Listeners for the App Home tab: help, timeline, reminders and data deletion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from assistant.channels.slack.block_action import picked
from assistant.channels.slack.blocks.home import MODAL, PICKER, date_modal, home_view
from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.text import message_mrkdwn, mrkdwn
from assistant.channels.slack.blocks.timeline import last_timeline
from assistant.channels.slack.deletion import erase_person
from assistant.channels.slack.delivery import Delivery, Job
from assistant.channels.slack.payloads import Payload, team_of
from assistant.channels.slack.reminders import Reminders
from assistant.channels.slack.texts import TEXTS
from assistant.core.protocol import Message
from assistant.server.storage.slack_ids import ConversationRef

_TEXTS = TEXTS["home"]


@dataclass(frozen=True)
class HomeListeners:
    """Creates jobs from events and actions in the tab."""

    desk: Delivery
    reminders: Reminders

    def from_event(self, body: Payload) -> Job | None:
        """Return the job for an `app_home_opened` event."""
        event = body["event"]
        if event.get("tab", "home") != "home" or not event.get("user"):
            return None
        place = ConversationRef(team_of(body), event["user"], "home")
        if str(event.get("channel", "")).startswith("D"):
            self.desk.people.note_direct_channel(place.user, event["channel"])
        return self._job("home opened", place, f"event:{body.get('event_id')}", lambda: self.show(place))

    def from_action(self, body: Payload) -> Job | None:
        """Return the job for a block action in the tab."""
        if (body.get("view") or {}).get("type") != "home" or not body.get("actions"):
            return None
        place, action = ConversationRef(team_of(body), body["user"]["id"], "home"), body["actions"][0]
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
        """Return the job for the submitted date modal."""
        view = body.get("view") or {}
        if view.get("callback_id") != MODAL:
            return None
        place = ConversationRef(team_of(body), body["user"]["id"], "home")
        key = f"view:{view.get('id')}:{view.get('hash')}"
        return self._job("home date", place, key, lambda: self._set_date(place, view))

    def _job(self, name: str, place: ConversationRef, key: str, work: Any) -> Job:
        return Job(name=name, lane=f"home:{place.user}", keys=(key,), work=work, place=place)

    async def show(self, place: ConversationRef, note: str = "") -> None:
        """Publish the current view; `note` is mrkdwn and appears at the top."""
        timeline = await self.desk.talk.timeline(place)
        reminders = await self.reminders.scheduled(place)
        view = home_view(timeline, reminders, Ids(place, "home"), note)
        await self.desk.web.call("views_publish", user_id=place.user, view=view)

    async def _open_modal(self, trigger: str) -> None:
        await self.desk.web.call("views_open", trigger_id=trigger, view=date_modal())

    async def _set_date(self, place: ConversationRef, view: Payload) -> None:
        action = ((view.get("state") or {}).get("values") or {}).get(PICKER, {}).get(PICKER, {})
        moment = picked(action)
        if moment is None:
            return
        zone = await self.desk.people.zone(place.user)
        local = moment.astimezone(ZoneInfo(zone or "UTC"))
        answer = await self.desk.talk.pick(place, str(view["id"]), local, zone)
        await self.reminders.follow(place, answer)
        await self.show(place, _told(answer))

    async def _do(self, place: ConversationRef, doing: Any) -> None:
        said = await doing
        await self.show(place, said.text)

    async def _delete(self, place: ConversationRef) -> None:
        await erase_person(self.desk, self.reminders, place)
        await self.show(place, mrkdwn(_TEXTS["deleted"]))


def _told(answer: Sequence[Message]) -> str:
    """Return the reply to a date without its timeline, which the tab shows anyway."""
    return "\n\n".join(message_mrkdwn(said) for said in answer if last_timeline([said]) is None)
