"""Listeners for text: direct messages, mentions, thread replies, slash command and message shortcut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.channels.conversation_service import TooFastError
from assistant.channels.slack.blocks.posts import sentence
from assistant.channels.slack.blocks.text import cut, mrkdwn, plain
from assistant.channels.slack.delivery import Delivery, Job
from assistant.channels.slack.listeners.commands import Commands
from assistant.channels.slack.payloads import (
    Payload,
    bot_user_of,
    is_direct,
    is_for_somebody_else,
    is_reply,
    is_said_by_a_person,
    mentions_bot,
    team_of,
)
from assistant.channels.slack.reminders import Reminders
from assistant.channels.slack.texts import TEXTS, command_in
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.traffic.text_length import LONGEST, is_too_long, too_long

SHORTCUT = "ask_articles"


@dataclass(frozen=True)
class MessageListeners:
    """Creates jobs from messages."""

    desk: Delivery
    wishes: Commands
    reminders: Reminders

    def from_event(self, body: Payload) -> Job | None:
        """Return the job for a `message` or `app_mention` event, or None if it is not for the assistant."""
        event, bot_user = body["event"], bot_user_of(body)
        if not is_said_by_a_person(event, bot_user):
            return None
        place = _place_of(body)
        is_overheard = place.kind == "thread" and event["type"] == "message"
        if is_overheard and (not is_reply(event) or is_for_somebody_else(event, bot_user)):
            return None  # a mention also arrives as an `app_mention` event
        return Job(
            name=f"event {event['type']}",
            lane=place.channel,
            keys=(f"event:{body.get('event_id')}", f"message:{place.channel}:{event['ts']}"),
            work=lambda: self._hear(place, event),
            place=place,
            applies=lambda: self._is_for_us(place, event, bot_user),
        )

    def from_command(self, body: Payload) -> Job | None:
        """Return the job for the slash command; the answer is ephemeral."""
        place = ConversationRef(
            team_of(body),
            body["user_id"],
            "command",
            body["channel_id"],
            response_url=body["response_url"],
            is_private=True,
        )
        turn = str(body["trigger_id"])
        return Job(
            name="command",
            lane=place.conversation,
            keys=(f"trigger:{turn}",),
            work=lambda: self.ask(place, turn, plain(body.get("text") or "")),
            place=place,
        )

    def from_shortcut(self, body: Payload) -> Job | None:
        """Return the job for the shortcut that asks about a message; the answer is ephemeral."""
        if body.get("callback_id") != SHORTCUT:
            return None
        place = ConversationRef(
            team_of(body),
            body["user"]["id"],
            "command",
            body["channel"]["id"],
            response_url=body["response_url"],
            is_private=True,
        )
        turn = str(body["trigger_id"])
        words = cut(plain(body["message"].get("text") or ""), LONGEST)
        return Job(
            name="message shortcut",
            lane=place.conversation,
            keys=(f"trigger:{turn}",),
            work=lambda: self._look_up(place, turn, words[0] if words else ""),
            place=place,
        )

    async def ask(self, place: ConversationRef, turn: str, text: str) -> None:
        """Run a command, or answer the text within the limits of length and rate."""
        command = command_in(text)
        if command is not None:
            await self.wishes.fulfil(command, place, turn)
        else:
            await self._answer(place, turn, text)

    async def _hear(self, place: ConversationRef, event: dict[str, Any]) -> None:
        text = plain(event.get("text") or "")
        if place.kind == "dm":
            self.desk.people.note_direct_channel(place.user, place.channel)
        if not text and event.get("files"):
            await self.desk.tell(place, sentence(mrkdwn(TEXTS["no_words"])))
        else:
            await self.ask(place, event["ts"], text)

    async def _look_up(self, place: ConversationRef, turn: str, text: str) -> None:
        if not text:
            await self.desk.tell(place, sentence(mrkdwn(TEXTS["no_words"])))
        else:
            await self._answer(place, turn, text)

    async def _answer(self, place: ConversationRef, turn: str, text: str) -> None:
        if is_too_long(text):
            await self.desk.tell(place, sentence(mrkdwn(too_long()["text"])))
            return
        try:
            await self._deliver_answer(place, turn, text)
        except TooFastError:
            await self.desk.tell(place, sentence(mrkdwn(TEXTS["too_fast"])))

    async def _deliver_answer(self, place: ConversationRef, turn: str, text: str) -> None:
        zone = await self.desk.people.zone(place.user)
        answer = await self.desk.talk.say(place, turn, text, zone)
        await self.desk.deliver(place, turn, answer)
        await self.reminders.follow(place, answer)

    def _is_for_us(self, place: ConversationRef, event: dict[str, Any], bot_user: str | None) -> bool:
        if place.kind == "dm" or event["type"] == "app_mention" or mentions_bot(event, bot_user):
            return True
        started = bot_user is not None and event.get("parent_user_id") == bot_user
        return started or self.desk.talk.takes_part(place)


def _place_of(body: Payload) -> ConversationRef:
    event = body["event"]
    team, user, channel = team_of(body), event["user"], event["channel"]
    if is_direct(event) or channel.startswith("D"):
        return ConversationRef(team, user, "dm", channel, event.get("thread_ts"))
    return ConversationRef(team, user, "thread", channel, event.get("thread_ts") or event["ts"])
