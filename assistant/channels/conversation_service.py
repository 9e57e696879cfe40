"""Interface of channels to the assistant: the same checks in the same order for every message of every channel.

Under the conversation's lock: erased, already answered, rate limit, deletion request, offered button, turn.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from itertools import chain
from typing import TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockError

from assistant.channels.aftercare import form_date, picked_date
from assistant.channels.requests import (
    BusyError,
    ButtonPress,
    DatePick,
    ErasedError,
    IncomingRequest,
    NotAnsweredError,
    NotOfferedError,
    Reply,
    TooFastError,
    TypedMessage,
)
from assistant.core.aftercare.date_question import Picked
from assistant.core.content.texts import DATA
from assistant.core.dialogue.small_replies import ChoiceWords, chosen, load_small_replies, may_choose
from assistant.core.protocol import Message
from assistant.core.screening.questions import load_screening
from assistant.core.screening.replies import read_answer
from assistant.server.messages import REPLIES, CollectedOutput, as_plain_text
from assistant.server.rasa.turns import take_turn
from assistant.server.storage import feedback
from assistant.server.storage.data_requests import (
    Pages,
    delete_as_requested,
    export_pages,
    is_deletion_request,
)
from assistant.server.storage.erasure import ErasedMeanwhileError
from assistant.server.storage.feedback import Feedback
from assistant.server.storage.tracker_store import ConversationStore, store_of
from assistant.server.storage.transcript import (
    Event,
    answer_to,
    history_pages,
    message_of,
    newest_buttons,
    offered_title,
)
from assistant.server.traffic.queues import AdmissionQueue
from assistant.server.traffic.rate_limits import Limit

_Kind = TypeVar("_Kind", bound=IncomingRequest)


@dataclass(frozen=True)
class ConversationService:
    """All conversations of one channel. Every method raises a `RefusedError` where it refuses."""

    agent: Agent
    output: type[CollectedOutput]
    """Its name is the channel's."""
    messages: Limit | None = None
    """Keyed by conversation."""
    ratings: Limit | None = None
    """Keyed by conversation."""
    reads: Limit | None = None
    """Keyed by conversation."""
    exports: Limit | None = None
    """Keyed by conversation."""
    deletions: Limit | None = None
    """Keyed by conversation."""
    queue: AdmissionQueue | None = None
    address: str = ""
    """Key of the visitor in the queue."""
    deletes_on_request: bool = True
    """True if "delete my data" erases this conversation at once; a person may have several of them."""
    ceiling: int | None = None
    """Messages after which a conversation begins anew."""
    message_of: Callable[[Event], Message | None] = message_of
    """Function that renders a stored event."""

    @property
    def store(self) -> ConversationStore:
        """Store of the conversations."""
        return store_of(self.agent)

    async def say(self, message: TypedMessage) -> Reply:
        """Answer a text."""
        return await self._reply(message, self._answer_text)

    async def press(self, press: ButtonPress) -> Reply:
        """Answer a button."""
        return await self._reply(press, self._answer_button)

    async def pick(self, pick: DatePick) -> Reply:
        """Answer a picked date."""
        date = picked_date(pick.local.isoformat(timespec="minutes"), pick.timezone)
        return await self._reply(pick, lambda it: self._answer_date(it, date))

    async def rate(self, conversation: str, rating: Feedback) -> None:
        """Store the rating of one message of an answer."""
        message_id, part = rating.answer
        version = self.erasure_version(conversation)
        async with self._lock(conversation):
            self._refuse_erased(conversation)
            await _count(self.ratings, conversation)
            answer = await asyncio.to_thread(self.answer_to, conversation, message_id)
            if not 0 <= part < len(answer or []):
                raise NotAnsweredError
            with _erased_if_meanwhile(), self.store.writing(conversation, version) as connection:
                feedback.keep(connection, conversation, rating)

    async def erase(self, conversation: str, until: datetime | None = None) -> None:
        """Delete all stored data; with `until` the id is refused from now on."""
        await _count(self.deletions, conversation)
        async with self._lock(conversation):
            self._refuse_erased(conversation)
            await asyncio.to_thread(self.store.erase, conversation, until)

    def erasure_version(self, conversation: str) -> float:
        """Return the state to hand over with a message; raise `ErasedError` if the conversation was erased for good."""
        state = self.store.erasure_state(conversation)
        if state.is_final:
            raise ErasedError
        return state.version

    def history(self, conversation: str) -> list[Message]:
        """Return all messages, oldest first, with the ratings."""
        return list(chain.from_iterable(self._history_pages(conversation)))

    async def history_pages(self, conversation: str) -> Iterator[list[Message]]:
        """Return the same page by page; each is read in the thread that iterates."""
        await _count(self.reads, conversation)
        return self._history_pages(conversation)

    async def export_pages(self, conversation: str) -> dict[str, str | Pages]:
        """Return all stored data, page by page."""
        await _count(self.exports, conversation)
        self._refuse_erased(conversation)
        return export_pages(self.store, conversation)

    def _history_pages(self, conversation: str) -> Iterator[list[Message]]:
        self._refuse_erased(conversation)
        ratings = feedback.given(self.store.engine, conversation)
        return feedback.with_feedback(history_pages(self.store, conversation), ratings)

    def answer_to(self, conversation: str, message_id: str) -> list[Message] | None:
        """Return the answer to a message; None if it wasn't answered."""
        return answer_to(self.store, conversation, message_id, self.message_of)

    async def _reply(self, incoming: _Kind, answer: Callable[[_Kind], Awaitable[list[Message]]]) -> Reply:
        if incoming.erasure_version is None:
            incoming = replace(incoming, erasure_version=self.erasure_version(incoming.conversation))
        async with self._lock(incoming.conversation), self._place():
            with self.store.turn(incoming.conversation, incoming.id) as start:
                if start.is_erased:
                    raise ErasedError
                if start.is_answered:
                    return Reply(await self._repeat(incoming))
                await _count(self.messages, incoming.conversation, incoming.cost)
                is_full = self.ceiling is not None and start.length >= self.ceiling
                with _erased_if_meanwhile():
                    return Reply(await answer(replace(incoming, begins_anew=is_full)))

    async def _repeat(self, incoming: IncomingRequest) -> list[Message]:
        await _count(self.reads, incoming.conversation)
        return await asyncio.to_thread(self.answer_to, incoming.conversation, incoming.id) or []

    async def _answer_text(self, message: TypedMessage) -> list[Message]:
        if self.deletes_on_request and is_deletion_request(message.text):
            return await delete_as_requested(self.agent, self.output.name(), message.conversation)
        payload = await self._chosen(message)
        if payload is not None:
            return await self._take_turn(message, payload, title=message.text)
        return await self._take_turn(message, as_plain_text(message.text))

    async def _chosen(self, message: TypedMessage) -> str | None:
        """Return the payload of the button that the text chooses: by its title, its number, or a yes or no."""
        if not may_choose(message.text):
            return None
        buttons = await asyncio.to_thread(newest_buttons, self.store, message.conversation)
        number = chosen(message.text, [button["title"] for button in buttons], _choice_words())
        return None if number is None else str(buttons[number]["payload"])

    async def _answer_button(self, press: ButtonPress) -> list[Message]:
        date = form_date(press.payload, press.timezone)
        if date is not None:
            return await self._answer_date(press, date)
        title = await asyncio.to_thread(offered_title, self.store, press.conversation, press.payload)
        if title is None:
            raise NotOfferedError
        return await self._take_turn(press, press.payload, title=title)

    async def _answer_date(self, incoming: IncomingRequest, date: Picked) -> list[Message]:
        return await self._take_turn(incoming, date.payload, title=date.sentence)

    async def _take_turn(self, incoming: IncomingRequest, text: str, **metadata: str) -> list[Message]:
        message = UserMessage(
            text,
            self.output(),
            incoming.conversation,
            input_channel=self.output.name(),
            message_id=incoming.id,
            metadata={"timezone": incoming.timezone, **metadata},
        )
        message.erasure_version = incoming.erasure_version
        message.opening = REPLIES.new_conversation.message() if incoming.begins_anew else None
        return await take_turn(self.agent, message)

    @asynccontextmanager
    async def _lock(self, conversation: str) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self.agent.lock_store.lock(conversation))
            except LockError:
                raise BusyError from None
            yield

    def _place(self) -> AbstractAsyncContextManager[None]:
        return nullcontext() if self.queue is None else self.queue.place(self.address)

    def _refuse_erased(self, conversation: str) -> None:
        if self.store.is_erased(conversation):
            raise ErasedError


@contextmanager
def _erased_if_meanwhile() -> Iterator[None]:
    try:
        yield
    except ErasedMeanwhileError:
        raise ErasedError from None


@lru_cache(maxsize=1)
def _choice_words() -> ChoiceWords:
    return ChoiceWords(load_small_replies(DATA), partial(read_answer, words=load_screening(DATA).replies))


async def _count(limit: Limit | None, conversation: str, times: int = 1) -> None:
    wait = 0 if limit is None else await limit.hit(conversation, times)
    if wait:
        raise TooFastError(wait)
