"""One order of checks, one lock and one look at "erased", for every message of every channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock, Mock

import pytest
import sqlalchemy as sa
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockError
from rasa.shared.core.events import BotUttered

from assistant.channels import conversation_service
from assistant.channels.conversation_service import ConversationService
from assistant.channels.requests import (
    BusyError,
    ButtonPress,
    DatePick,
    ErasedError,
    NotAnsweredError,
    NotOfferedError,
    NotReadyError,
    TooFastError,
    TypedMessage,
    ready_agent_of,
)
from assistant.server.messages import WORD_JOINER, CollectedOutput
from assistant.server.storage.feedback import Feedback
from assistant.server.storage.tables import PROCESSED
from assistant.server.storage.tracker_store import ConversationStore
from assistant.server.traffic.locks import ConversationLocks
from assistant.server.traffic.rate_limits import InMemoryLimit
from tests.server.test_tracker_store import DOMAIN, live_through, turn

ID = "example-1"
HELLO = TypedMessage(ID, "new", None, "hello")
DELETE = TypedMessage(ID, "new", None, "delete my data")
NEVER_OFFERED = ButtonPress(ID, "new", None, "/pain")
LATER = datetime(2100, 1, 1, tzinfo=timezone.utc)


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[UserMessage]:
    """The messages that Rasa would have been given."""
    taken: list[UserMessage] = []

    async def take_turn(_agent: object, message: UserMessage) -> list[dict[str, str]]:
        taken.append(message)
        return [{"text": "hi"}]

    monkeypatch.setattr(conversation_service, "take_turn", take_turn)
    return taken


@pytest.fixture
def service(tmp_path: Path, turns: list[UserMessage]) -> Iterator[ConversationService]:
    """One message a minute."""
    store = ConversationStore(DOMAIN, db=str(tmp_path / "conversations.db"))
    agent = Mock(tracker_store=store, lock_store=ConversationLocks())
    yield ConversationService(agent, CollectedOutput, messages=InMemoryLimit(1), ratings=InMemoryLimit(1))
    store.engine.dispose()


async def test_a_message_takes_one_lock_and_two_statements(service: ConversationService) -> None:
    locks = Mock(wraps=service.agent.lock_store)
    service.agent.lock_store = locks
    asked: list[str] = []
    sa.event.listen(service.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert (
        await service.say(
            replace(HELLO, text="how long will my skin be red after this first session, and what helps")
        )
    ).messages == [{"text": "hi"}]
    locks.lock.assert_called_once_with(ID)
    assert len(asked) == 2  # the state at its arrival, and all else under the lock


async def test_a_message_of_a_conversation_erased_while_it_waited_is_refused(
    service: ConversationService, turns: list[UserMessage]
) -> None:
    version = service.erasure_version(ID)
    await service.erase(ID, until=LATER)
    with pytest.raises(ErasedError):
        await service.say(replace(HELLO, erasure_version=version))
    assert turns == []


async def test_erased_comes_before_already_answered(
    service: ConversationService, turns: list[UserMessage]
) -> None:
    await live_through(service.store, ID, [turn(1)])
    await service.erase(ID, until=LATER)
    with service.store.engine.begin() as connection:  # as if an answer had been left over
        connection.execute(PROCESSED.insert().values(sender_id=ID, message_id="m1", timestamp=1.0))
    for refused in (
        service.say(replace(HELLO, id="m1")),
        service.press(NEVER_OFFERED),
        service.rate(ID, Feedback(("m1", 0), True, None)),
        service.erase(ID),
    ):
        with pytest.raises(ErasedError):
            await refused
    assert turns == []


async def test_already_answered_comes_before_the_rate_limit(
    service: ConversationService, turns: list[UserMessage]
) -> None:
    await live_through(service.store, ID, [turn(1)])
    await service.say(HELLO)
    again = await service.say(replace(HELLO, id="m1"))
    assert [message["text"] for message in again.messages] == ["It does."]
    assert len(turns) == 1


@pytest.mark.parametrize("late", [DELETE, HELLO])
async def test_the_rate_limit_comes_before_everything_after_it(
    service: ConversationService, late: TypedMessage
) -> None:
    await live_through(service.store, ID, [turn(1)])
    await service.say(HELLO)
    with pytest.raises(TooFastError) as refused:
        await service.say(replace(late, id="late"))
    assert 1 <= (refused.value.retry_after or 0) <= 60
    with pytest.raises(TooFastError):
        await service.press(NEVER_OFFERED)
    assert service.history(ID) != []


async def test_a_deletion_request_is_no_turn(service: ConversationService, turns: list[UserMessage]) -> None:
    await live_through(service.store, ID, [turn(1)])
    (answer,) = (await service.say(DELETE)).messages
    assert answer["metadata"]["erased"] is True
    assert service.history(ID) == turns == []


async def test_a_channel_may_treat_deletion_requests_itself(
    service: ConversationService, turns: list[UserMessage]
) -> None:
    await replace(service, deletes_on_request=False).say(DELETE)
    assert [message.text for message in turns] == ["delete my data"]


async def test_only_offered_buttons_and_dates_become_turns(
    service: ConversationService, turns: list[UserMessage]
) -> None:
    service = replace(service, messages=None)
    with pytest.raises(NotOfferedError):
        await service.press(NEVER_OFFERED)
    form = '/timeline{"treated_at": "2026-11-29T15:00"}'
    await service.press(replace(NEVER_OFFERED, payload=form, timezone="Europe/Madrid"))
    await service.pick(DatePick(ID, "picked", "Europe/Madrid", datetime(2026, 11, 29, 15)))
    pressed, picked = turns
    assert pressed.text == picked.text != form
    assert pressed.metadata["title"] == picked.metadata["title"]


async def test_a_typed_slash_is_no_command(service: ConversationService, turns: list[UserMessage]) -> None:
    await service.say(replace(HELLO, text="/restart"))
    assert [message.text for message in turns] == [f"{WORD_JOINER}/restart"]


@pytest.mark.parametrize("part", [-1, 1])
async def test_only_what_was_answered_can_be_rated(service: ConversationService, part: int) -> None:
    service = replace(service, ratings=None)
    await live_through(service.store, ID, [turn(1)])
    with pytest.raises(NotAnsweredError):
        await service.rate(ID, Feedback(("m1", part), True, None))
    await service.rate(ID, Feedback(("m1", 0), True, None))
    assert service.history(ID)[1]["helpful"] is True


async def test_a_lock_that_is_refused_makes_the_conversation_busy(service: ConversationService) -> None:
    refused = MagicMock()
    refused.__aenter__.side_effect = LockError("busy")
    service.agent.lock_store = Mock(lock=Mock(return_value=refused))
    with pytest.raises(BusyError):
        await service.say(HELLO)


@pytest.mark.parametrize("context", [{}, {"agent": Mock(is_ready=lambda: False)}])
def test_without_a_model_nothing_is_ready(context: dict[str, object]) -> None:
    with pytest.raises(NotReadyError):
        ready_agent_of(Mock(ctx=SimpleNamespace(**context)))


@pytest.mark.parametrize("text", ["1", "the first one", "Yes", "yeah", "👍🏽"])
async def test_a_choice_in_words_is_the_button_under_the_last_message(
    service: ConversationService, turns: list[UserMessage], text: str
) -> None:
    await live_through(service.store, ID, [turn(1)])
    await service.say(replace(HELLO, text=text))
    assert [(message.text, message.metadata["title"]) for message in turns] == [("/yes", text)]


async def test_where_nothing_was_offered_a_number_is_only_a_number(
    service: ConversationService, turns: list[UserMessage]
) -> None:
    await service.say(replace(HELLO, text="1"))
    assert [message.text for message in turns] == ["1"]


async def test_buttons_of_an_earlier_message_are_not_chosen_in_words(
    service: ConversationService, turns: list[UserMessage]
) -> None:
    plain = [BotUttered("Anything else?") if isinstance(each, BotUttered) else each for each in turn(2)]
    await live_through(service.store, ID, [turn(1), plain])
    await service.say(replace(HELLO, text="1"))
    assert [message.text for message in turns] == ["1"]
