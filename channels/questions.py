"""The questions of one message, each as a message of its own for Rasa."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rasa.core.channels.channel import UserMessage

from knowledge.alarms import URGENT

PART = "part"
"""Key of a message's metadata: which question of a person's message it is, counted from 0; none on the first."""
BESIDE_ALARM = "beside_alarm"
"""Key of a message's metadata that says that an alarm was told in the same message: general answers only."""
MORE = "more"
"""Key of a message's metadata that says that another question of the same message comes after it."""


def each_question(message: UserMessage) -> Iterator[UserMessage]:
    """The message itself where it asks one thing.

    `message.parse_data["questions"]` has the parses otherwise. The first question keeps the person's whole text and
    its id, so that it stands for the message in the history.
    """
    questions: list[dict[str, Any]] = message.parse_data.get("questions") or [message.parse_data]
    alarming = questions[0]["intent"]["name"] == URGENT
    for number, parsed in enumerate(questions):
        about = {BESIDE_ALARM: True} if alarming and number else {}
        yield _question(message, parsed, number, about, is_last=parsed is questions[-1])


def is_further_question(event: Mapping[str, Any]) -> bool:
    """Whether this stored event is a question that a person asked within the message before it."""
    return event["event"] == "user" and bool((event.get("metadata") or {}).get(PART))


def _question(
    message: UserMessage, parsed: dict[str, Any], number: int, about: Mapping[str, Any], *, is_last: bool
) -> UserMessage:
    place = ({PART: number} if number else {}) | ({} if is_last else {MORE: True})
    return UserMessage(
        text=parsed["text"] if number else message.text,
        output_channel=message.output_channel,
        sender_id=message.sender_id,
        parse_data=parsed,
        input_channel=message.input_channel,
        message_id=None if number else message.message_id,  # Rasa makes one
        metadata={**(message.metadata or {}), **place, **about},
    )
