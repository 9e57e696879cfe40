"""Splits a message with several questions into one Rasa message for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rasa.core.channels.channel import UserMessage

from assistant.core.protocol import BESIDE_ALARM, MORE_TO_COME, SUB_MESSAGE, URGENT, Interpretation


def split(message: UserMessage) -> Iterator[UserMessage]:
    """Yield one message per question; a message with a single question is yielded as it is.

    The parses of several questions are in the message's `Interpretation`. The first one keeps the whole text and
    the message id, so that it represents the message in the history.
    """
    questions = Interpretation.of(message.parse_data).questions or (message.parse_data,)
    alarming = questions[0]["intent"]["name"] == URGENT
    for number, parsed in enumerate(questions):
        about = {BESIDE_ALARM: True} if alarming and number else {}
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
