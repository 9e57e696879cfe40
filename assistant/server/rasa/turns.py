"""One turn of a conversation, for every channel: one message to Rasa per question, an answer, a line in the log."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.core.protocol import HAS_ALARM, MORE_TO_COME, SUB_MESSAGE, URGENT, Interpretation, Message
from assistant.server.messages import CollectedOutput, apology, as_typed, is_too_long, too_long
from assistant.server.observability.log_redaction import cause, redact_user_text
from assistant.server.observability.metrics import FAILURES
from assistant.server.observability.turn_log import log_turn, present_request_id, short_hash
from assistant.server.rasa.maintenance import maintenance_message
from assistant.server.storage.erasure import ErasedMeanwhileError, NotKeptError

TURN_WITHIN = 20.0  # seconds; less than a proxy and a visitor wait, and than a lock lives
_log = structlog.get_logger("assistant.server.rasa.turns")


def split(message: UserMessage) -> Iterator[UserMessage]:
    """Yield one message per question; a message with a single question is yielded as it is.

    The parses of several questions are in the message's `Interpretation`. The first one keeps the whole text and
    the message id, so that it represents the message in the history.
    """
    questions = Interpretation.of(message.parse_data).questions or (message.parse_data,)
    alarming = questions[0]["intent"]["name"] == URGENT
    for number, parsed in enumerate(questions):
        about = {HAS_ALARM: True} if alarming and number else {}
        yield _question(message, parsed, number, about, is_last=parsed is questions[-1])


def _question(
    message: UserMessage, parsed: Mapping[str, Any], number: int, about: Mapping[str, Any], *, is_last: bool
) -> UserMessage:
    place = ({SUB_MESSAGE: number} if number else {}) | ({} if is_last else {MORE_TO_COME: True})
    return UserMessage(
        text=parsed["text"] if number else message.text,
        output_channel=message.output_channel,
        sender_id=message.sender_id,
        parse_data=parsed,
        input_channel=message.input_channel,
        message_id=None if number else message.message_id,  # Rasa generates one
        metadata={**(message.metadata or {}), **place, **about},
    )


async def take_turn(agent: Agent, message: UserMessage) -> list[Message]:
    """Let Rasa answer. If it fails or stays silent, the answer is an apology, which the history keeps.

    The caller holds the conversation's lock until it returns.
    `message.output_channel` has to be a `CollectedOutput`. Two more attributes of the message count if they are set:
    `erasure_version`, at which its conversation stood when it came, and `opening`, a `Message` to be said before the
    answer, with which the conversation begins anew.

    Raises:
        NotKeptError: storage failed, or the conversation was erased meanwhile; nothing that can't be kept is answered.
    """
    started = time.perf_counter()
    # "yesterday" is the person's, by the moment at which the message came, for whoever reads it later
    message.metadata = {"at": datetime.now(timezone.utc).isoformat(), **(message.metadata or {})}
    fixed = _fixed_answer(agent, message)
    if fixed is not None:
        log_turn(message.input_channel, message.sender_id, [fixed], None, 0)
        return [fixed]
    with redact_user_text():
        answer = await _answer(agent, message) or await _apologise(agent, message)
    parsed: dict[str, Any] = message.parse_data or {}
    confidence = parsed.get("intent", {}).get("confidence")
    log_turn(
        message.input_channel, message.sender_id, answer, confidence, (time.perf_counter() - started) * 1000
    )
    return answer


def _fixed_answer(agent: Agent, message: UserMessage) -> Message | None:
    """Return the answer that needs no look at the message, or None."""
    if agent.maintenance.is_up():
        return maintenance_message()
    return too_long() if is_too_long(as_typed(message.text)) else None


async def _answer(agent: Agent, message: UserMessage) -> list[Message]:
    output: CollectedOutput = message.output_channel
    try:
        await asyncio.wait_for(_converse(agent, message), TURN_WITHIN)
    except NotKeptError:
        raise
    except Exception as error:  # whatever it was, the person gets a sentence
        _failed(message, "turn_failed", cause(error))
        return []
    if len(output.messages) == (getattr(message, "opening", None) is not None):
        _failed(message, "turn_unanswered", "no predicted action uttered a message")
        return []
    return output.messages


async def _converse(agent: Agent, message: UserMessage) -> None:
    """Handle each question like Rasa's `handle_message`, and store all of them at once.

    Rasa would store after each question: a crash between two of them would lose the rest of the answer. It would
    also read the conversation only after the message, which a follow-up can't be understood without.
    """
    processor: MessageProcessor = agent.processor
    tracker = await processor.fetch_tracker_and_update_session(
        message.sender_id, message.output_channel, message.metadata
    )
    # this way the log knows how sure Rasa was
    message.parse_data = await processor.parse_message(message, tracker)
    questions = list(split(message))
    opening = getattr(message, "opening", None)
    for question in questions:
        first_words = opening if question is questions[0] else None
        tracker = await _answer_one(processor, question, tracker, first_words, alone=len(questions) == 1)
    await _save(processor, message, tracker, begins_anew=opening is not None)


async def _save(
    processor: MessageProcessor, message: UserMessage, tracker: DialogueStateTracker, *, begins_anew: bool
) -> None:
    tracker.erasure_version = getattr(message, "erasure_version", None)
    tracker.begins_anew = begins_anew
    await processor.save_tracker(tracker)


async def _answer_one(
    processor: MessageProcessor,
    question: UserMessage,
    tracker: DialogueStateTracker,
    opening: Message | None,
    *,
    alone: bool,
) -> DialogueStateTracker:
    output: CollectedOutput = question.output_channel
    await processor._handle_message_with_tracker(question, tracker)
    if opening is not None:
        output.messages.append(opening)
        tracker.update(_as_event(opening), processor.domain)
    said = len(output.messages)
    tracker = await processor.run_action_extract_slots(output, tracker)
    await processor._run_prediction_loop(output, tracker)
    if len(output.messages) == said and not alone:  # the others have their answers all the same
        output.messages.append(apology())
        tracker.update(_as_event(apology()), processor.domain)
    return tracker


async def _apologise(agent: Agent, message: UserMessage) -> list[Message]:
    sorry = apology()
    try:
        await _remember(agent, message, sorry)
    except ErasedMeanwhileError:
        raise
    except Exception as error:
        _failed(message, "failed_turn_not_stored", cause(error))
        raise NotKeptError("storage does not answer") from None
    return [sorry]


async def _remember(agent: Agent, message: UserMessage, sorry: Message) -> None:
    """Rasa drops a turn that failed; without it the history has a hole and a repeated id runs twice."""
    tracker = await agent.processor.get_tracker(message.sender_id)
    heard = any(isinstance(e, UserUttered) and e.message_id == message.message_id for e in tracker.events)
    for event in _events_of_failure(message, sorry, heard):
        tracker.update(event, agent.domain)
    await _save(agent.processor, message, tracker, begins_anew=False)


def _events_of_failure(message: UserMessage, sorry: Message, heard: bool) -> Sequence[Event]:
    said = UserUttered(
        message.text,
        input_channel=message.input_channel,
        message_id=message.message_id,
        metadata=message.metadata,
    )
    apologised = _as_event(sorry)
    return [apologised] if heard else [said, apologised, ActionExecuted(ACTION_LISTEN_NAME)]


def _as_event(sorry: Message) -> Event:
    return BotUttered(sorry["text"], metadata={"metadata": sorry["metadata"]})


def _failed(message: UserMessage, event: str, why: str) -> None:
    FAILURES.labels(event).inc()
    _log.error(
        event,
        request=present_request_id(),
        channel=message.input_channel,
        conversation=short_hash(message.sender_id),
        cause=why,
    )
