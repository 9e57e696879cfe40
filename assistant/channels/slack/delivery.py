"""Delivery of answers and notices, and the context shared by all listeners."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from assistant.channels.slack.blocks.answer import Part, parts_of
from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.posts import Post, posts_of, sentence
from assistant.channels.slack.blocks.text import mrkdwn
from assistant.channels.slack.calendar_urls import CalendarUrls
from assistant.channels.slack.client import WebApi
from assistant.channels.slack.conversation_client import ConversationClient
from assistant.channels.slack.people import People
from assistant.channels.slack.texts import TEXTS
from assistant.core.protocol import Message
from assistant.server.messages import apology
from assistant.server.storage.slack_ids import ConversationRef
from assistant.server.traffic.deduplication import Deduplicator


@dataclass(frozen=True)
class Job:
    """A unit of work for one payload."""

    name: str
    """For the log."""
    lane: str
    keys: tuple[str, ...]
    """Deduplication keys."""
    work: Callable[[], Awaitable[None]]
    place: ConversationRef
    """Receives the apology if the job fails."""
    applies: Callable[[], bool] = lambda: True
    """Checked before deduplication; a rejected event does not use up its key."""


@dataclass(frozen=True)
class Delivery:
    """Shared parts of one Slack channel, and the posting of answers."""

    web: WebApi
    people: People
    talk: ConversationClient
    seen: Deduplicator
    calendars: CalendarUrls

    async def deliver(self, place: ConversationRef, turn: str, answer: Sequence[Message]) -> None:
        """Post an answer where it was asked for; personal parts are visible to the person only."""
        parts = parts_of(answer)
        if place.kind == "dm":
            await self._post(place, self._posts(place, turn, parts))
        elif place.kind == "thread":
            alone = [part for part in parts if place.is_private or part.is_personal]
            await self._post(place, self._posts(place, turn, [p for p in parts if p not in alone]))
            await self.tell_alone(place, self._posts(place, turn, alone, has_feedback=False))
        elif place.kind == "command":
            await self.tell_alone(place, self.private_posts(place, turn, parts, can_share=True))

    async def tell(self, place: ConversationRef, *posts: Post) -> None:
        """Post a notice of the channel's own; in a channel, only this person sees it."""
        if place.kind == "dm":
            await self._post(place, posts)
        else:
            await self.tell_alone(place, posts)

    async def apologise(self, place: ConversationRef) -> None:
        """Post the fixed message for a failure."""
        await self.tell(place, sentence(mrkdwn(apology()["text"])))

    async def tell_alone(self, place: ConversationRef, posts: Sequence[Post]) -> None:
        """Post ephemerally, for this person only. Does nothing in App Home, which has no messages."""
        for post in posts:
            if place.kind == "command" and place.response_url:
                body = {"response_type": "ephemeral", "replace_original": False, **post.fields()}
                await self.web.respond(place.response_url, body)
            elif place.kind == "thread":
                await self.web.post_to_one(place.channel, place.user, place.thread, post)

    def private_posts(
        self, place: ConversationRef, turn: str, parts: Sequence[Part], can_share: bool
    ) -> list[Post]:
        """Return ephemeral posts of an answer, with a share button if nothing in it is personal."""
        posts = self._posts(place, turn, parts, has_feedback=False)
        if can_share and posts and not any(part.is_personal for part in parts):
            posts[-1] = Post(posts[-1].text, (*posts[-1].blocks, _share_button(place, turn)))
        return posts

    async def _post(self, place: ConversationRef, posts: Sequence[Post]) -> None:
        for post in posts:
            await self.web.post(place.channel, place.thread, post)

    def _posts(
        self, place: ConversationRef, turn: str, parts: Sequence[Part], has_feedback: bool = True
    ) -> list[Post]:
        if not parts:
            return []
        return posts_of(parts, Ids(place, turn), self.calendars.address(place, self.talk.store), has_feedback)


def _share_button(place: ConversationRef, turn: str) -> dict[str, Any]:
    button = ButtonElement(text=TEXTS["share"], action_id="share", value=turn)
    return ActionsBlock(block_id=Ids(place, turn).make("share", 0), elements=[button]).to_dict()
