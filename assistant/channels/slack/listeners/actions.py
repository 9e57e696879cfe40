"""Listeners for block actions in messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import structlog
from slack_sdk.errors import SlackApiError

from assistant.channels.slack.block_action import BlockAction, block_action_in, picked
from assistant.channels.slack.blocks.answer import parts_of
from assistant.channels.slack.blocks.buttons import pressed, without
from assistant.channels.slack.blocks.posts import Post, sentence
from assistant.channels.slack.blocks.text import filled, mrkdwn, quoted
from assistant.channels.slack.deletion import erase_person
from assistant.channels.slack.delivery import Delivery, Job
from assistant.channels.slack.listeners.commands import Commands
from assistant.channels.slack.payloads import Payload, is_ephemeral
from assistant.channels.slack.reminders import Reminders
from assistant.channels.slack.retry import NotDeliveredError, refusal
from assistant.channels.slack.texts import TEXTS
from assistant.server.observability.log_redaction import cause
from assistant.server.storage.slack_ids import ConversationRef


async def share(desk: Delivery, place: ConversationRef, turn: str) -> None:
    """Post that turn's answer to the channel. Its buttons and ratings stay with the person who asked."""
    parts = parts_of([{**m, "buttons": []} for m in desk.talk.answer_of(place, turn)])
    if not parts or place.response_url is None or any(part.is_personal for part in parts):
        await desk.tell(place, sentence(mrkdwn(TEXTS["expired"])))
        return
    posts = desk.private_posts(place, turn, parts, can_share=False)
    opening = sentence(
        filled(TEXTS["shared"], user=f"<@{place.user}>", question=_question(desk, place, turn))
    )
    for post in _opened(opening, posts):
        body = {"response_type": "in_channel", "replace_original": False, **post.fields()}
        await desk.web.respond(place.response_url, body)
    for post in posts:
        await desk.web.respond(place.response_url, {"replace_original": True, **post.fields()})


def _opened(opening: Post, posts: list[Post]) -> list[Post]:
    """Prepend the opening to the first post."""
    first, *others = posts
    return [Post(f"{opening.text}\n{first.text}", (*opening.blocks, *first.blocks)), *others]


def _question(desk: Delivery, place: ConversationRef, turn: str) -> str:
    asked = [said for said in desk.talk.history(place) if said["role"] == "user" and said.get("id") == turn]
    return quoted(asked[-1]["text"]) if asked else ""


_log = structlog.get_logger("assistant.channels.slack.listeners.actions")


@dataclass(frozen=True)
class ActionListeners:
    """Creates jobs from block actions."""

    desk: Delivery
    wishes: Commands
    reminders: Reminders

    def from_interaction(self, body: Payload) -> Job | None:
        """Return the job for a `block_actions` payload, or None for links and unknown elements."""
        press = block_action_in(body)
        handle = None if press is None else self._handler(press)
        if press is None or handle is None:
            return None
        name = str(press.action.get("action_id")).partition("/")[0]
        return Job(
            name=f"press {name}",
            lane=press.place.channel,
            keys=_keys(press),
            work=lambda: handle(press),
            place=press.place,
        )

    def _handler(self, press: BlockAction) -> Callable[[BlockAction], Awaitable[None]] | None:
        handlers: dict[str, Callable[[BlockAction], Awaitable[None]]] = {
            "press": self._choose,
            "treated_at": self._pick_date,
            "share": self._share,
            "feedback": self._rate,
            "delete_data": self._delete_data,
            "reminder_cancel": self._cancel_reminder,
            "menu": self._wish,
            "remind": self._wish,
            "calendar": self._wish,
            "reminders_cancel": self._cancel_reminders,
        }
        return handlers.get(str(press.action.get("action_id")).partition("/")[0])

    async def _choose(self, press: BlockAction) -> None:
        button = pressed(press.value, self.desk.talk.offered(press.place))
        if button is None:
            text = TEXTS["expired" if press.place.kind == "dm" else "not_yours"]
            await self.desk.tell(press.place, sentence(mrkdwn(text)))
            return
        used = [f"used:{press.place.conversation}:{press.block.turn}:{press.block.part}"]
        if not await self.desk.seen.claim(used):  # a second click, before the buttons were replaced
            return
        try:
            await self._take_up(press, button)
        except Exception:
            await self.desk.seen.release(used)
            raise

    async def _take_up(self, press: BlockAction, button: Mapping[str, str]) -> None:
        await self._replace(press, button["title"])
        zone = await self.desk.people.zone(press.place.user)
        answer = await self.desk.talk.press(press.place, press.turn, button["payload"], zone)
        await self.desk.deliver(press.place, press.turn, answer)
        await self.reminders.follow(press.place, answer)

    async def _pick_date(self, press: BlockAction) -> None:
        moment = picked(press.action)
        if moment is None:
            return
        zone = await self.desk.people.zone(press.place.user)
        local = moment.astimezone(ZoneInfo(zone or "UTC"))
        await self._replace(press, f"{local:%d %b %Y, %H:%M}")
        answer = await self.desk.talk.pick(press.place, press.turn, local, zone)
        await self.desk.deliver(press.place, press.turn, answer)
        await self.reminders.follow(press.place, answer)

    async def _share(self, press: BlockAction) -> None:
        await share(self.desk, press.place, press.value)

    async def _rate(self, press: BlockAction) -> None:
        way, turn, part = (*press.value.split("|"), "", "")[:3]
        number = int(part) if part.isdecimal() else -1
        is_kept = await self.desk.talk.keep_feedback(press.place, turn, number, way == "up")
        text = TEXTS["feedback"]["thanks" if is_kept else "not_yours"]
        await self.desk.tell_alone(replace(press.place, kind="thread"), [sentence(mrkdwn(text))])

    async def _delete_data(self, press: BlockAction) -> None:
        await self._replace(press, TEXTS["home"]["delete"])
        await erase_person(self.desk, self.reminders, press.place)
        await self.desk.tell(press.place, sentence(mrkdwn(TEXTS["home"]["deleted"])))

    async def _cancel_reminder(self, press: BlockAction) -> None:
        await self._replace(press, TEXTS["reminders"]["cancel"])
        await self.desk.tell(press.place, await self.reminders.cancel(press.place, press.value))

    async def _wish(self, press: BlockAction) -> None:
        await self.wishes.fulfil(press.value, press.place, press.turn)

    async def _cancel_reminders(self, press: BlockAction) -> None:
        await self._replace(press, TEXTS["reminders"]["cancel_all"])
        await self.wishes.fulfil("reminders_cancel", press.place, press.turn)

    async def _replace(self, press: BlockAction, title: str) -> None:
        """Replace used buttons by the choice. The person is answered even if that fails."""
        try:
            if is_ephemeral(press.interaction):
                await self._replace_alone(press, title)
            else:
                await self._replace_for_all(press, title)
        except (SlackApiError, NotDeliveredError) as error:
            _log.warning("buttons_not_replaced", slack=refusal(error), cause=cause(error))

    async def _replace_for_all(self, press: BlockAction, title: str) -> None:
        message = press.interaction["message"]
        blocks = without(message.get("blocks") or [], press.uses, title)
        text = message.get("text") or quoted(title)
        await self.desk.web.call(
            "chat_update", channel=press.place.channel, ts=message["ts"], text=text, blocks=blocks
        )

    async def _replace_alone(self, press: BlockAction, title: str) -> None:
        """Rebuild an ephemeral message, whose content Slack does not send."""
        url = press.interaction.get("response_url")
        if not url:
            return
        parts = parts_of(self.desk.talk.answer_of(press.place, press.block.turn))
        if press.block.mark.startswith("t"):  # the other parts were posted to all
            parts = [part for part in parts if part.is_personal]
        posts = self.desk.private_posts(press.place, press.block.turn, parts, can_share=False)
        shown = posts[0] if posts else sentence(filled(TEXTS["chosen"], title=quoted(title)))
        blocks = without(shown.blocks, press.uses, title)
        body = {"replace_original": True, **Post(shown.text, tuple(blocks)).fields()}
        await self.desk.web.respond(str(url), body)


def _keys(press: BlockAction) -> tuple[str, ...]:
    """Return the deduplication keys: one per action, and one per answer for sharing."""
    own = f"trigger:{press.interaction.get('trigger_id')}:{press.turn}"
    if press.action.get("action_id") == "share":
        return own, f"share:{press.place.conversation}:{press.value}"
    return (own,)
