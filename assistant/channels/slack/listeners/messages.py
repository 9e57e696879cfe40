"""Listeners for messages: direct messages, mentions and replies in threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from assistant.channels.requests import TooFastError
from assistant.channels.slack.blocks.answer import sentence
from assistant.channels.slack.blocks.text import mentioned, mrkdwn, plain
from assistant.channels.slack.delivery import Delivery
from assistant.channels.slack.listeners.commands import Commands
from assistant.channels.slack.middleware import Job, JobQueue, team_of
from assistant.channels.slack.reminders import Reminders
from assistant.channels.slack.settings import TEXTS
from assistant.server.messages import is_too_long, too_long
from assistant.server.storage.slack_ids import ConversationRef

Event = Mapping[str, Any]

_SUBTYPES_OF_PEOPLE = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""The others are edits, deletions, joins, bots and the like."""


@dataclass(frozen=True)
class MessageListeners:
    """Adds jobs for messages to the assistant, and answers them."""

    delivery: Delivery
    commands: Commands
    reminders: Reminders
    jobs: JobQueue

    def register(self, app: AsyncApp) -> None:
        """Register with Bolt."""
        app.event("message")(self.on_message)
        app.event("app_mention")(self.on_message)

    async def on_message(self, body: Mapping[str, Any], event: Event, context: AsyncBoltContext) -> None:
        """Answer a message that a person wrote to the assistant."""
        bot_user = bot_user_of(body)
        if not is_from_person(event, bot_user):
            return
        ref = _ref_of(event, context)
        is_in_channel = ref.kind == "thread" and event["type"] == "message"
        if is_in_channel and (not is_reply(event) or is_for_somebody_else(event, bot_user)):
            return  # a mention also arrives as an `app_mention` event
        self.jobs.add(
            Job(
                name=f"event {event['type']}",
                queue_key=ref.channel,
                ids=(f"event:{body.get('event_id')}", f"message:{ref.channel}:{event['ts']}"),
                run=lambda: self._handle(ref, event),
                ref=ref,
                applies=lambda: self._is_for_us(ref, event, bot_user),
            )
        )

    async def answer(self, ref: ConversationRef, turn: str, text: str) -> None:
        """Run a command, or answer the text within the limits of length and rate."""
        command = await self.commands.command_in(text, ref)
        if command is not None:
            await self.commands.run(command, ref, turn)
        else:
            await self._answer_question(ref, turn, text)

    async def look_up(self, ref: ConversationRef, turn: str, text: str) -> None:
        """Answer a text that somebody else wrote, in which there are no commands."""
        if not text:
            await self.delivery.tell(ref, sentence(mrkdwn(TEXTS["no_words"])))
        else:
            await self._answer_question(ref, turn, text)

    async def _handle(self, ref: ConversationRef, event: Event) -> None:
        text = plain(event.get("text") or "")
        if ref.kind == "dm":
            self.delivery.people.note_direct_channel(ref.user, ref.channel)
        if not text and event.get("files"):
            await self.delivery.tell(ref, sentence(mrkdwn(TEXTS["no_words"])))
        else:
            await self.answer(ref, event["ts"], text)

    async def _answer_question(self, ref: ConversationRef, turn: str, text: str) -> None:
        if is_too_long(text):
            await self.delivery.tell(ref, sentence(mrkdwn(too_long()["text"])))
            return
        try:
            await self._deliver_answer(ref, turn, text)
        except TooFastError:
            await self.delivery.tell(ref, sentence(mrkdwn(TEXTS["too_fast"])))

    async def _deliver_answer(self, ref: ConversationRef, turn: str, text: str) -> None:
        zone = await self.delivery.people.zone(ref.user)
        answer = await self.delivery.conversations.say(ref, turn, text, zone)
        await self.delivery.deliver(ref, turn, answer)
        await self.reminders.follow(ref, answer)

    def _is_for_us(self, ref: ConversationRef, event: Event, bot_user: str | None) -> bool:
        if ref.kind == "dm" or event["type"] == "app_mention" or mentions_bot(event, bot_user):
            return True
        is_started_by_us = bot_user is not None and event.get("parent_user_id") == bot_user
        return is_started_by_us or self.delivery.conversations.takes_part(ref)


def _ref_of(event: Event, context: AsyncBoltContext) -> ConversationRef:
    team, user, channel = team_of(context), event["user"], event["channel"]
    hash((user, channel))  # raises TypeError if one is a list or an object
    if event.get("channel_type") == "im" or channel.startswith("D"):
        return ConversationRef(team, user, "dm", channel, event.get("thread_ts"))
    return ConversationRef(team, user, "thread", channel, event.get("thread_ts") or event["ts"])


def is_from_person(event: Event, bot_user: str | None) -> bool:
    """Return whether a person other than the assistant has just posted this; excludes bots, edits and notices."""
    return (
        event.get("subtype") in _SUBTYPES_OF_PEOPLE
        and bool(event.get("user"))
        and bool(event.get("ts"))
        and bool(event.get("channel"))
        and event["user"] not in (bot_user, "USLACKBOT")
        and not event.get("bot_id")
        and not event.get("bot_profile")
        and not event.get("hidden")
    )


def is_reply(event: Event) -> bool:
    """Return whether this is a reply in a thread, not the message that started it."""
    return event.get("thread_ts") not in (None, event.get("ts"))


def mentions_bot(event: Event, bot_user: str | None) -> bool:
    """Return whether the assistant is mentioned."""
    return bot_user is not None and bot_user in mentioned(event.get("text") or "")


def is_for_somebody_else(event: Event, bot_user: str | None) -> bool:
    """Return whether other people are mentioned, but not the assistant."""
    return bool(mentioned(event.get("text") or "")) and not mentions_bot(event, bot_user)


def bot_user_of(body: Mapping[str, Any]) -> str | None:
    """Return the assistant's user id, as stated in each event."""
    for authorization in body.get("authorizations") or []:
        if authorization.get("is_bot") and authorization.get("user_id"):
            return str(authorization["user_id"])
    return None
