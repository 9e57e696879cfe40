"""Listeners for block actions in messages: choices, dates, sharing, ratings, reminders and "More"."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from assistant.channels.slack.blocks.answer import Post, more_posts, parts_of, sentence, shared_parts_of
from assistant.channels.slack.blocks.buttons import BlockId, pressed, without
from assistant.channels.slack.blocks.text import filled, mrkdwn, quoted
from assistant.channels.slack.delivery import Delivery, refusal
from assistant.channels.slack.listeners.commands import Commands, erase_person
from assistant.channels.slack.middleware import Job, JobQueue, team_of
from assistant.channels.slack.reminders import Reminders
from assistant.channels.slack.settings import TEXTS
from assistant.core.protocol import Message
from assistant.server.observability.log_redaction import cause
from assistant.server.storage.slack_ids import ConversationRef, at_token
from assistant.server.traffic.retries import NotDeliveredError

_log = structlog.get_logger("assistant.channels.slack.listeners.actions")


@dataclass(frozen=True)
class BlockAction:
    """One use of one element of a message."""

    ref: ConversationRef
    block: BlockId
    action: Mapping[str, Any]
    body: Mapping[str, Any]

    @property
    def turn(self) -> str:
        """Id of the turn this action starts."""
        return str(self.action["action_ts"])

    @property
    def value(self) -> str:
        """The element's value, or that of the selected option."""
        option = self.action.get("selected_option") or {}
        return str(option.get("value") or self.action.get("value") or "")

    def uses(self, block: Mapping[str, Any]) -> bool:
        """Return whether a block offers the same choice. Cancelling all reminders also uses up the single ones."""
        found = BlockId.read(str(block.get("block_id", "")))
        if found is None or found.turn != self.block.turn:
            return False
        if self.block.use == "reminders":
            return found.use in ("reminder", "reminders")
        return (found.use, found.part) == (self.block.use, self.block.part)


Handler = Callable[[BlockAction], Awaitable[None]]


@dataclass(frozen=True)
class ActionListeners:
    """Adds jobs for block actions in messages."""

    delivery: Delivery
    commands: Commands
    reminders: Reminders
    jobs: JobQueue

    def register(self, app: AsyncApp) -> None:
        """Register a listener per kind of element. Links have none: the browser opens them."""
        handlers: dict[str, Handler] = {
            "press": self._choose,
            "treated_at": self._pick_date,
            "more": self._show_more,
            "share": self._share,
            "feedback": self._rate,
            "delete_data": self._delete_data,
            "reminder_cancel": self._cancel_reminder,
            "reminders_cancel": self._cancel_reminders,
            "menu": self._run_command,
            "remind": self._run_command,
            "calendar": self._run_command,
        }
        for name, handler in handlers.items():
            app.action(re.compile(rf"^{name}(/|$)"))(self._listener(name, handler))

    def _listener(self, name: str, handler: Handler) -> Callable[..., Awaitable[None]]:
        async def on_action(body: Mapping[str, Any], context: AsyncBoltContext) -> None:
            action = block_action_in(body, team_of(context))
            if action is not None:
                self.jobs.add(
                    Job(
                        name=f"press {name}",
                        queue_key=action.ref.channel,
                        ids=_ids_of(action),
                        run=lambda: handler(action),
                        ref=action.ref,
                    )
                )

        return on_action

    async def _choose(self, action: BlockAction) -> None:
        button = pressed(action.value, self.delivery.conversations.offered(action.ref))
        if button is None:
            text = TEXTS["expired" if action.ref.kind == "dm" else "not_yours"]
            await self.delivery.tell(action.ref, sentence(mrkdwn(text)))
            return
        used = [f"used:{action.ref.conversation}:{action.block.turn}:{action.block.part}"]
        if not await self.delivery.deduplicator.claim(
            used
        ):  # a second click, before the buttons were replaced
            return
        try:
            await self._answer_button(action, button)
        except Exception:
            await self.delivery.deduplicator.release(used)
            raise

    async def _answer_button(self, action: BlockAction, button: Mapping[str, str]) -> None:
        await self._replace(action, button["title"])
        zone = await self.delivery.people.zone(action.ref.user)
        answer = await self.delivery.conversations.press(action.ref, action.turn, button["payload"], zone)
        await self.delivery.deliver(action.ref, action.turn, answer)
        await self.reminders.follow(action.ref, answer)

    async def _pick_date(self, action: BlockAction) -> None:
        moment = picked(action.action)
        if moment is None:
            return
        zone = await self.delivery.people.zone(action.ref.user)
        local = moment.astimezone(ZoneInfo(zone or "UTC"))
        await self._replace(action, f"{local:%d %b %Y, %H:%M}")
        answer = await self.delivery.conversations.pick(action.ref, action.turn, local, zone)
        await self.delivery.deliver(action.ref, action.turn, answer)
        await self.reminders.follow(action.ref, answer)

    async def _show_more(self, action: BlockAction) -> None:
        """Post details: below the answer in a direct message, elsewhere for this person only."""
        found = self._message_of(action.ref, action.value)
        if found is None:
            text = TEXTS["expired" if action.ref.kind == "dm" else "not_yours"]
            await self.delivery.tell(action.ref, sentence(mrkdwn(text)))
            return
        ref = action.ref
        if ref.kind == "dm":
            ref = replace(ref, thread=ref.thread or str((action.body.get("message") or {}).get("ts")))
        await self.delivery.tell(ref, *more_posts(parts_of([found])[0]))

    def _message_of(self, ref: ConversationRef, value: str) -> Message | None:
        """Return the message that a value `turn|part` names, if this person got it."""
        turn, _, part = value.partition("|")
        messages = self.delivery.conversations.answer_of(ref, turn)
        is_known = part.isdecimal() and int(part) < len(messages)
        return messages[int(part)] if is_known else None

    async def _share(self, action: BlockAction) -> None:
        await share(self.delivery, action.ref, action.value)

    async def _rate(self, action: BlockAction) -> None:
        way, turn, part = (*action.value.split("|"), "", "")[:3]
        number = int(part) if part.isdecimal() else -1
        is_kept = await self.delivery.conversations.keep_feedback(action.ref, turn, number, way == "up")
        text = TEXTS["feedback"]["thanks" if is_kept else "not_yours"]
        await self.delivery.tell_privately(replace(action.ref, kind="thread"), [sentence(mrkdwn(text))])

    async def _delete_data(self, action: BlockAction) -> None:
        await self._replace(action, TEXTS["home"]["delete"])
        await erase_person(self.delivery, self.reminders, action.ref)
        await self.delivery.tell(action.ref, sentence(mrkdwn(TEXTS["home"]["deleted"])))

    async def _cancel_reminder(self, action: BlockAction) -> None:
        await self._replace(action, TEXTS["reminders"]["cancel"])
        await self.delivery.tell(action.ref, await self.reminders.cancel(action.ref, action.value))

    async def _cancel_reminders(self, action: BlockAction) -> None:
        await self._replace(action, TEXTS["reminders"]["cancel_all"])
        await self.commands.run("reminders_cancel", action.ref, action.turn)

    async def _run_command(self, action: BlockAction) -> None:
        await self.commands.run(action.value, action.ref, action.turn)

    async def _replace(self, action: BlockAction, title: str) -> None:
        """Replace used buttons by the choice. The person is answered even if that fails."""
        try:
            if is_ephemeral(action.body):
                await self._replace_ephemeral(action, title)
            else:
                await self._replace_message(action, title)
        except (SlackApiError, NotDeliveredError) as error:
            _log.warning("buttons_not_replaced", slack=refusal(error), cause=cause(error))

    async def _replace_message(self, action: BlockAction, title: str) -> None:
        message = action.body["message"]
        blocks = without(message.get("blocks") or [], action.uses, title)
        text = message.get("text") or quoted(title)
        await self.delivery.web.call(
            "chat_update", channel=action.ref.channel, ts=message["ts"], text=text, blocks=blocks
        )

    async def _replace_ephemeral(self, action: BlockAction, title: str) -> None:
        """Rebuild an ephemeral message, whose content Slack does not send."""
        url = action.body.get("response_url")
        if not url:
            return
        parts = parts_of(self.delivery.conversations.answer_of(action.ref, action.block.turn))
        if action.block.token.startswith("t"):  # the other parts were posted to all
            parts = [part for part in parts if part.is_personal]
        posts = self.delivery.private_posts(action.ref, action.block.turn, parts, can_share=False)
        shown = posts[0] if posts else sentence(filled(TEXTS["chosen"], title=quoted(title)))
        blocks = without(shown.blocks, action.uses, title)
        body = {"replace_original": True, **Post(shown.text, tuple(blocks)).fields()}
        await self.delivery.web.respond(str(url), body)


def block_action_in(body: Mapping[str, Any], team: str) -> BlockAction | None:
    """Parse the first action of a payload; Slack sends one. None without a valid block id or channel."""
    actions, channel = body.get("actions") or [], (body.get("channel") or {}).get("id")
    block = BlockId.read(str(actions[0].get("block_id"))) if actions else None
    if block is None or not channel:
        return None
    kind, thread = at_token(block.token)
    if kind == "dm":  # a direct message in a thread is answered in that thread
        thread = (body.get("message") or {}).get("thread_ts")
    ref = ConversationRef(
        team, body["user"]["id"], kind, channel, thread, body.get("response_url"), is_ephemeral(body)
    )
    hash((ref.user, ref.channel))  # raises TypeError if one is a list or an object
    return BlockAction(ref, block, dict(actions[0]), body)


def picked(action: Mapping[str, Any]) -> datetime | None:
    """Return the picked date and time in UTC, or None if the picker is empty."""
    seconds = action.get("selected_date_time")
    return None if seconds is None else datetime.fromtimestamp(int(seconds), timezone.utc)


def is_ephemeral(body: Mapping[str, Any]) -> bool:
    """Return whether the used element is in an ephemeral message."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


async def share(delivery: Delivery, ref: ConversationRef, turn: str) -> None:
    """Post that turn's answer to the channel. Its buttons and ratings stay with the person who asked."""
    parts = shared_parts_of(delivery.conversations.answer_of(ref, turn))
    if not parts or ref.response_url is None or any(part.is_personal for part in parts):
        await delivery.tell(ref, sentence(mrkdwn(TEXTS["expired"])))
        return
    posts = delivery.private_posts(ref, turn, parts, can_share=False)
    opening = sentence(
        filled(TEXTS["shared"], user=f"<@{ref.user}>", question=_question(delivery, ref, turn))
    )
    for post in _opened(opening, posts):
        body = {"response_type": "in_channel", "replace_original": False, **post.fields()}
        await delivery.web.respond(ref.response_url, body)
    for post in posts:
        await delivery.web.respond(ref.response_url, {"replace_original": True, **post.fields()})


def _opened(opening: Post, posts: list[Post]) -> list[Post]:
    """Prepend the opening to the first post."""
    first, *others = posts
    return [Post(f"{opening.text}\n{first.text}", (*opening.blocks, *first.blocks)), *others]


def _question(delivery: Delivery, ref: ConversationRef, turn: str) -> str:
    history = delivery.conversations.history(ref)
    asked = [message for message in history if message["role"] == "user" and message.get("id") == turn]
    return quoted(asked[-1]["text"]) if asked else ""


def _ids_of(action: BlockAction) -> tuple[str, ...]:
    """Return the deduplication keys: one per action, and one per answer for sharing."""
    own = f"trigger:{action.body.get('trigger_id')}:{action.turn}"
    if action.action.get("action_id") == "share":
        return own, f"share:{action.ref.conversation}:{action.value}"
    return (own,)
