"""Commands to the channel itself, typed or as buttons: help, reminders, calendar file, data deletion."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, ConfirmObject

from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.posts import Post, sentence
from assistant.channels.slack.blocks.text import filled, mrkdwn
from assistant.channels.slack.delivery import Delivery
from assistant.channels.slack.reminders import Reminders
from assistant.channels.slack.texts import TEXTS
from assistant.server.storage.slack_ids import ConversationRef


@dataclass(frozen=True)
class Commands:
    """Runs commands and posts their results."""

    desk: Delivery
    reminders: Reminders

    async def fulfil(self, wish: str, place: ConversationRef, turn: str) -> None:
        """Run a command: a key of `phrases`, or a value of the timeline's menu."""
        if wish == "calendar":
            said = await self._send_calendar(place)
        elif wish == "remind":
            said = await self.reminders.set(place)
        elif wish == "reminders_list":
            said = await self.reminders.overview(place, turn)
        elif wish == "reminders_cancel":
            said = await self.reminders.cancel(place)
        elif wish == "delete_data":
            said = _ask_before_deleting(place, turn)
        else:
            said = sentence(filled(TEXTS["help"], command=TEXTS["command"]))
        await self.desk.tell(place, said)

    async def _send_calendar(self, place: ConversationRef) -> Post:
        """Send the calendar file as a direct message, as files cannot be ephemeral."""
        content = await self.desk.talk.calendar(place)
        if content is None:
            return sentence(mrkdwn(TEXTS["timeline"]["calendar_none"]))
        channel = place.channel
        if place.kind != "dm":
            channel = await self.desk.people.direct_channel(place.user)
        name = TEXTS["timeline"]["calendar_name"]
        await self.desk.web.call("files_upload_v2", channel=channel, content=content, filename=name)
        return sentence(mrkdwn(TEXTS["timeline"]["calendar_sent"]))


def delete_button() -> ButtonElement:
    """Return the button that deletes all data, with a confirmation dialog."""
    texts = TEXTS["home"]
    confirm = ConfirmObject(
        title=texts["delete_title"],
        text=texts["delete_text"],
        confirm=texts["delete_confirm"],
        deny=texts["delete_deny"],
        style="danger",
    )
    return ButtonElement(
        text=texts["delete"], action_id="delete_data", value="all", style="danger", confirm=confirm
    )


def _ask_before_deleting(place: ConversationRef, turn: str) -> Post:
    button = ActionsBlock(block_id=Ids(place, turn).make("data", 0), elements=[delete_button()])
    return sentence(mrkdwn(TEXTS["home"]["about_data"]), button)
