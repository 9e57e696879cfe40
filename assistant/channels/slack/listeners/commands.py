"""Commands to the channel itself, typed or as buttons, and the listener for the slash command."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, ConfirmObject

from assistant.channels.slack.blocks.answer import Post, sentence
from assistant.channels.slack.blocks.buttons import Ids
from assistant.channels.slack.blocks.text import help_text, mrkdwn, plain
from assistant.channels.slack.delivery import Delivery
from assistant.channels.slack.middleware import Job, JobQueue, team_of
from assistant.channels.slack.reminders import Reminders
from assistant.channels.slack.settings import TEXTS
from assistant.server.storage.data_requests import is_deletion_request
from assistant.server.storage.slack_ids import BEGINNING, ConversationRef, ending_of

Answer = Callable[[ConversationRef, str, str], Awaitable[None]]
"""Answers a text: conversation, turn, text."""

STOP = "reminders_stop"
"""A command only of somebody who has reminders, a message like any other of everybody else."""


@dataclass(frozen=True)
class Commands:
    """Runs commands and posts their results."""

    delivery: Delivery
    reminders: Reminders

    async def command_in(self, text: str, ref: ConversationRef) -> str | None:
        """Return the command that makes up the whole text, for this person, or None."""
        command = command_in(text)
        if command != STOP:
            return command
        if self.delivery.conversations.is_in_check(ref):  # "stop" ends the check
            return None
        return "reminders_cancel" if await self.reminders.scheduled(ref) else None

    async def run(self, command: str, ref: ConversationRef, turn: str) -> None:
        """Run a command: a key of `commands`, or a value of the timeline's menu."""
        if command == "calendar":
            post = await self._send_calendar(ref)
        elif command == "remind":
            post = await self.reminders.set(ref)
        elif command == "reminders_list":
            post = await self.reminders.overview(ref, turn)
        elif command == "reminders_cancel":
            post = await self.reminders.cancel(ref)
        elif command == "delete_data":
            post = _ask_before_deleting(ref, turn)
        else:
            post = sentence(help_text())
        await self.delivery.tell(ref, post)

    async def _send_calendar(self, ref: ConversationRef) -> Post:
        """Send the calendar file as a direct message, as files cannot be ephemeral."""
        content = await self.delivery.conversations.calendar(ref)
        if content is None:
            return sentence(mrkdwn(TEXTS["timeline"]["calendar_none"]))
        channel = ref.channel
        if ref.kind != "dm":
            channel = await self.delivery.people.direct_channel(ref.user)
        name = TEXTS["timeline"]["calendar_name"]
        await self.delivery.web.call("files_upload_v2", channel=channel, content=content, filename=name)
        return sentence(mrkdwn(TEXTS["timeline"]["calendar_sent"]))


@dataclass(frozen=True)
class CommandListener:
    """Adds jobs for the slash command, whose answers are ephemeral."""

    answer: Answer
    jobs: JobQueue

    def register(self, app: AsyncApp) -> None:
        """Register for any name: that of the command is chosen in the app's manifest."""
        app.command(re.compile(""))(self.on_command)

    async def on_command(self, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
        """Answer the text after the command."""
        ref = ConversationRef(
            team_of(context),
            body["user_id"],
            "command",
            body["channel_id"],
            response_url=body["response_url"],
            is_private=True,
        )
        turn, text = str(body["trigger_id"]), plain(body.get("text") or "")
        self.jobs.add(
            Job(
                name="command",
                queue_key=ref.conversation,
                ids=(f"trigger:{turn}",),
                run=lambda: self.answer(ref, turn, text),
                ref=ref,
            )
        )


def command_in(text: str) -> str | None:
    """Return the command that makes up the whole text: a key of `commands`, `delete_data`, or None."""
    words = " ".join(map(_spelled, _WORD.findall(_APOSTROPHE.sub("", text.lower()))))
    if not words:
        return "help" if not text.strip(" ?!.\n") else None
    forms = list(_forms(words)) if len(words) <= _MAX_COMMAND else []
    found = (
        name for name, patterns in _PATTERNS.items() if any(p.fullmatch(f) for p in patterns for f in forms)
    )
    return next(found, "delete_data" if is_deletion_request(text) else None)


def _spelled(word: str) -> str:
    """Return the word, or the one of `spelling` that somebody meant."""
    if len(word) < _MIN_SPELLED or word in TEXTS["spelling"]:
        return word
    found = process.extractOne(word, TEXTS["spelling"], scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY)
    return word if found is None else str(found[0])


def _forms(words: str) -> Iterator[str]:
    """Yield the words, each followed by a space, with fewer and fewer polite ones at the end and the beginning."""
    left = f"{words} "
    yield left
    for polite in (_POLITE_END, _POLITE_BEGINNING):
        while (shorter := polite.sub("", left)) != left:
            left = shorter
            yield left


def _pattern(written: str) -> re.Pattern[str]:
    """Compile a pattern of a command to one that matches words, each followed by a space."""
    spelled_out = re.sub(
        "<([a-z]+)>", lambda found: TEXTS["words"][found[1]], re.sub(_ALONE, r"(\1)", written)
    )
    parts = re.findall(r"\[([^]]*)\]|\(([^)]*)\)|(\S+)", spelled_out)
    regex = "".join(
        rf"(?:(?:{left_out}) )?" if left_out else rf"(?:{needed or word}) "
        for left_out, needed, word in parts
    )
    return re.compile(regex)


_MAX_COMMAND = 120  # characters
_MIN_SPELLED = 6  # letters
_MIN_SIMILARITY = 85  # percent
_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile("['’‘`]")
_ALONE = r"(?<![(\[|])(<[a-z]+>)(?![)\]|])"  # a name that is not inside brackets
_POLITE_BEGINNING = re.compile(rf"^(?:{'|'.join(TEXTS['polite'])}) ")
_POLITE_END = re.compile(rf"(?<= )(?:{'|'.join(TEXTS['polite'])}) $")
_PATTERNS = {name: [_pattern(each) for each in patterns] for name, patterns in TEXTS["commands"].items()}


async def erase_person(delivery: Delivery, reminders: Reminders, ref: ConversationRef) -> None:
    """Delete all conversations and reminders of a person."""
    store = delivery.conversations.store
    for conversation in store.kept(BEGINNING, ending_of(ref.user)):
        await delivery.conversations.erase(conversation)
    await asyncio.to_thread(store.erase_member, ref.user)  # what began meanwhile
    await reminders.cancel(ref)
    delivery.people.forget(ref.user)


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


def _ask_before_deleting(ref: ConversationRef, turn: str) -> Post:
    button = ActionsBlock(block_id=Ids(ref, turn).make("data", 0), elements=[delete_button()])
    return sentence(mrkdwn(TEXTS["home"]["about_data"]), button)
