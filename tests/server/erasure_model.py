"""A model of conversations that are written, read and erased at the same time by two replicas and an operator.

The replicas share a database and no locks, as when Redis loses them.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from assistant.channels.requests import (
    ButtonPress,
    ErasedError,
    NotAnsweredError,
    NotOfferedError,
    TypedMessage,
)
from assistant.server.admin import commands
from assistant.server.storage.calendar_links import CalendarLinks
from assistant.server.storage.feedback import Feedback
from assistant.server.storage.retention import delete_older
from assistant.server.storage.tables import PERSONAL
from assistant.server.storage.tracker_store import ConversationStore
from tests.server.halting_processor import HaltingProcessor, InlineExecutor, service_of

LINKS = CalendarLinks(b"key" * 12)
DELETE = "delete my data"
DAY = 86_400.0
REPLICAS = st.sampled_from([0, 1])
REFUSALS = (ErasedError, NotOfferedError, NotAnsweredError)


@dataclass
class Words:
    """A person's text, in a message or a comment; the word is in all that is stored about it."""

    conversation: str
    word: str
    began: int
    task: asyncio.Task[Any] | None = None
    is_stored: bool = False
    """Known to be, and not to be deleted since."""


@dataclass
class Deletion:
    """Asked for at one moment; once it is done, nothing of before the asking may be left."""

    concerns: Callable[[str], bool]
    asked: int
    task: asyncio.Task[Any] | None = None
    done: int | None = None


@dataclass
class Link:
    """To a calendar."""

    conversation: str
    signed: str
    made: int


class Conversations(RuleBasedStateMachine):
    """Words of before a deletion are nowhere once it is done; all others stay."""

    known = Bundle("known")
    under_way = Bundle("under_way")

    def __init__(self, new_store: Callable[[], ConversationStore]) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.loop.set_default_executor(InlineExecutor())
        self.stores = [new_store(), new_store()]
        self.processors = [HaltingProcessor(store) for store in self.stores]
        self.services = [service_of(*both) for both in zip(self.stores, self.processors, strict=True)]
        self.run_id = uuid.uuid4().hex[:12]
        self.now = 0
        self.words: list[Words] = []
        self.deletions: list[Deletion] = []
        self.links: list[Link] = []

    # --- What people and operators do

    @rule(target=known, channel=st.sampled_from(["website", "slack"]))
    def somebody_comes(self, channel: str) -> str:
        now = self._tick()
        return f"website-{self.run_id}-{now}" if channel == "website" else f"slack-T1-C{now}-17-{self.member}"

    @rule(target=under_way, conversation=known, replica=REPLICAS, presses=st.booleans())
    def a_message_comes(self, conversation: str, replica: int, presses: bool) -> Words:
        offered = [each.word for each in self.words if each.conversation == conversation]
        words = self._new_words(conversation)
        self.processors[replica].halts[words.word] = asyncio.Semaphore(0)
        service, common = self.services[replica], (conversation, words.word, words.word)
        if presses and offered:
            words.task = self._start(service.press(ButtonPress(*common, f"/more_{offered[-1]}")))
        else:
            words.task = self._start(service.say(TypedMessage(*common, f"does it hurt {words.word}")))
        self._settle()
        return words

    @rule(words=under_way)
    def it_gets_one_step_further(self, words: Words) -> None:
        self._release(words, 1)

    @rule(words=consumes(under_way))
    def it_is_answered(self, words: Words) -> None:
        self._release(words, 2)

    @rule(conversation=known, replica=REPLICAS)
    def it_is_deleted_in_words(self, conversation: str, replica: int) -> None:
        order = TypedMessage(conversation, f"order-{self.now}", None, DELETE)
        self._delete(conversation, self.services[replica].say(order))

    @rule(conversation=known, replica=REPLICAS, for_good=st.booleans())
    def it_is_deleted_by_a_button(self, conversation: str, replica: int, for_good: bool) -> None:
        later = datetime.now(timezone.utc) + timedelta(days=30)
        until = later if for_good and conversation.startswith("website") else None
        self._delete(conversation, self.services[replica].erase(conversation, until))

    @rule(conversation=known)
    def the_operator_erases_it(self, conversation: str) -> None:
        if commands.conversations_of(self.stores[0], conversation):
            self._delete_at_once(conversation.__eq__, self.stores[0], conversation)

    @rule()
    def the_operator_erases_a_member_of_slack(self) -> None:
        member = self.member
        self._delete_at_once(lambda it: it.endswith(f"-{member}"), self.stores[1], member)

    @rule(conversation=known, replica=REPLICAS)
    def an_answer_is_rated(self, conversation: str, replica: int) -> None:
        answered = [each.word for each in self.words if each.conversation == conversation and each.is_stored]
        comment = self._new_words(conversation)
        rating = Feedback((answered[-1] if answered else "none", 0), True, comment.word)
        comment.task = self._start(self.services[replica].rate(conversation, rating))
        if not comment.task.done():
            comment.task.cancel()  # a turn of its conversation is under way
        self._settle()

    @rule(conversation=known, replica=REPLICAS)
    def it_is_taken_along(self, conversation: str, replica: int) -> None:
        try:
            pages = self.loop.run_until_complete(self.services[replica].export_pages(conversation))
        except ErasedError:
            return
        exported = str([list(value) for value in pages.values()])
        others = [each.word for each in self.words if each.conversation != conversation]
        assert not [word for word in (*self._forbidden(), *others) if word in exported]

    @rule(conversation=known)
    def a_link_to_its_calendar_is_made(self, conversation: str) -> None:
        if not self.stores[0].is_erased(conversation):
            made, version = self._tick(), self.stores[0].erasure(conversation)
            path = LINKS.path(conversation, datetime.now(timezone.utc).date(), version)
            self.links.append(Link(conversation, path.rpartition("/")[2].removesuffix(".ics"), made))

    @rule(conversation=known)
    def it_grows_old(self, conversation: str) -> None:
        self._forget_words(conversation.__eq__)
        with self.stores[0].engine.begin() as connection:
            for table in PERSONAL:
                of_it = sa.update(table).where(table.c.sender_id == conversation)
                connection.execute(of_it.values(timestamp=table.c.timestamp - 31 * DAY))
        delete_older(self.stores[0], 30)

    # --- What has to hold

    @invariant()
    def nothing_of_before_a_deletion_is_left(self) -> None:
        stored = self._stored()
        assert not [word for word in self._forbidden() if word in stored]

    @invariant()
    def everything_else_is_kept(self) -> None:
        stored = self._stored()
        assert not [each.word for each in self.words if each.is_stored and each.word not in stored]

    @invariant()
    def links_live_until_the_next_deletion(self) -> None:
        for link in self.links:
            read = LINKS.read(link.signed, datetime.now(timezone.utc).date())
            assert read is not None
            state = self.stores[1].erasure_state(link.conversation)
            is_dead = state.is_final or state.version > read[1]
            concerned = [each for each in self.deletions if each.concerns(link.conversation)]
            assert is_dead or not self._was_deleted(link.conversation, link.made)
            assert not is_dead or any(each.done and each.done > link.made for each in concerned)

    def teardown(self) -> None:
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(_until_quiet())
        self.loop.close()
        for store in self.stores:
            store.engine.dispose()

    # --- How it is run

    @property
    def member(self) -> str:
        return f"U{self.run_id.upper()}"

    def _tick(self) -> int:
        self.now += 1
        return self.now

    def _new_words(self, conversation: str) -> Words:
        began = self._tick()
        words = Words(conversation, f"word-{self.run_id}-{began}-", began)
        self.words.append(words)
        return words

    def _start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = self.loop.create_task(work)
        self.loop.run_until_complete(_until_quiet())
        return task

    def _release(self, words: Words, steps: int) -> None:
        for processor in self.processors:
            for _ in range(steps if words.word in processor.halts else 0):
                processor.halts[words.word].release()
        self._settle()

    def _delete(self, conversation: str, work: Coroutine[Any, Any, Any]) -> None:
        deletion = Deletion(conversation.__eq__, self._tick())
        self.deletions.append(deletion)
        self._forget_words(deletion.concerns)
        deletion.task = self._start(work)
        self._settle()

    def _delete_at_once(self, concerns: Callable[[str], bool], store: ConversationStore, given: str) -> None:
        asked = self._tick()
        self._forget_words(concerns)
        commands.erase_person(store, given)
        self.deletions.append(Deletion(concerns, asked, done=self._tick()))

    def _forget_words(self, concerns: Callable[[str], bool]) -> None:
        for each in self.words:
            each.is_stored = each.is_stored and not concerns(each.conversation)

    def _settle(self) -> None:
        self.loop.run_until_complete(_until_quiet())
        for words in self.words:
            if words.task is not None and words.task.done():
                words.is_stored = _succeeded(words.task) and self._is_undisturbed(words)
                words.task = None
        for deletion in self.deletions:
            if deletion.task is not None and deletion.task.done():
                deletion.done = self._tick() if _succeeded(deletion.task) else None
                deletion.task = None

    def _is_undisturbed(self, words: Words) -> bool:
        """Return whether every deletion of its conversation was over before it began."""
        concerned = [each for each in self.deletions if each.concerns(words.conversation)]
        return all(each.done is not None and each.done < words.began for each in concerned)

    def _was_deleted(self, conversation: str, since: int) -> bool:
        return any(
            each.done and each.asked > since and each.concerns(conversation) for each in self.deletions
        )

    def _forbidden(self) -> list[str]:
        return [each.word for each in self.words if self._was_deleted(each.conversation, each.began)]

    def _stored(self) -> str:
        with self.stores[1].engine.connect() as connection:
            return str([self._rows(connection, table) for table in PERSONAL])

    def _rows(self, connection: sa.engine.Connection, table: sa.Table) -> list[Any]:
        ids = (f"%{self.run_id}%", f"%{self.run_id.upper()}%")
        ours = sa.or_(*(table.c.sender_id.like(each) for each in ids))
        return list(connection.execute(table.select().where(ours)))


def _succeeded(task: asyncio.Task[Any]) -> bool:
    error = None if task.cancelled() else task.exception()
    assert error is None or isinstance(error, REFUSALS), repr(error)
    return error is None and not task.cancelled()


async def _until_quiet() -> None:
    for _ in range(60):
        await asyncio.sleep(0)
