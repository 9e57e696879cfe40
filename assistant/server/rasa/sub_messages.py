"""The questions of one message, each as a message of its own for Rasa."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rasa.core.channels.channel import UserMessage

from assistant.core.protocol import BESIDE_ALARM, MORE_TO_COME, SUB_MESSAGE, URGENT


def split(message: UserMessage) -> Iterator[UserMessage]:
    """The message itself where it asks one thing.

    `message.parse_data["questions"]` has the parses otherwise. The first question keeps the person's whole text and
    its id, so that it stands for the message in the history.
    """
    questions: list[dict[str, Any]] = message.parse_data.get("questions") or [message.parse_data]
    alarming = questions[0]["intent"]["name"] == URGENT
    for number, parsed in enumerate(questions):
        about = {BESIDE_ALARM: True} if alarming and number else {}
        yield _question(message, parsed, number, about, is_last=parsed is questions[-1])


def _question(
    message: UserMessage, parsed: dict[str, Any], number: int, about: Mapping[str, Any], *, is_last: bool
) -> UserMessage:
    place = ({SUB_MESSAGE: number} if number else {}) | ({} if is_last else {MORE_TO_COME: True})
    return UserMessage(
        text=parsed["text"] if number else message.text,
        output_channel=message.output_channel,
        sender_id=message.sender_id,
        parse_data=parsed,
        input_channel=message.input_channel,
        message_id=None if number else message.message_id,  # Rasa makes one
        metadata={**(message.metadata or {}), **place, **about},
    )
