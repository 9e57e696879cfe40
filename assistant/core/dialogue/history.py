"""The question that was answered last, and requests that wait for a reply, from the events of a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.core.content.topics import Topic
from assistant.core.dialogue.message_builder import readable
from assistant.core.protocol import ASK_DATE, START_OVER, SUB_MESSAGE, SUBSTANTIAL_OUTCOMES, Interpretation

OPEN_FOR = 3  # messages; a request for the date stays open while the person asks other questions
REMEMBERED_FOR = 8  # messages; a date told so late still answers the request, not a question in between
TURNS_BACK = 3

Events = Iterable[Mapping[str, Any]]
"""Events in Rasa's format, the newest first."""


@dataclass(frozen=True)
class AnsweredQuestion:
    """The question that a follow-up may refer to."""

    topic: str
    asked: str
    """In a form that is understandable without context."""
    entities: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Values of the entities named in it."""


def last_answered(events: Events, topics: Mapping[str, Topic]) -> AnsweredQuestion | None:
    """Return the newest question with a substantial answer.

    Small talk in between is skipped; a clarification and a new start end the search. Of several answers to one
    message, an urgent one is preferred, then the last.
    """
    found: AnsweredQuestion | None = None
    said: Mapping[str, Any] = {}
    turns = 0
    for event in events:
        if event.get("event") == "bot":
            said = _about(event)
            if _ends_subject(event, said) and found is None:
                return None
        elif event.get("event") == "user":
            if said.get("outcome") in SUBSTANTIAL_OUTCOMES and said.get("topic") in topics:
                is_preferred = found is None or said["outcome"] == "urgent"
                found = _answered(topics[said["topic"]], event) if is_preferred else found
            said, turns = {}, turns + 1
            if not (event.get("metadata") or {}).get(SUB_MESSAGE) and (
                found is not None or turns > TURNS_BACK
            ):
                return found
    return found


def is_reply_awaited(events: Events) -> bool:
    """Return whether the assistant's newest message asks the person something, so that a yes or no has a meaning."""
    newest = next((event for event in events if event.get("event") == "bot"), {})
    return bool(_about(newest).get("outcome") == "clarify")


def is_date_requested(events: Events, within: int = OPEN_FOR) -> bool:
    """Return whether the date of the treatment was requested in the last messages of the person."""
    answered = 0
    for event in events:
        if event.get("event") == "user":
            answered += 1
        elif event.get("event") == "bot" and _custom_type(event) == ASK_DATE:
            return answered < within
        if answered >= within:
            return False
    return False


def _ends_subject(event: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    starts_over = (event.get("metadata") or {}).get("utter_action") == START_OVER
    return starts_over or said.get("outcome") == "clarify"


def _about(event: Mapping[str, Any]) -> Mapping[str, Any]:
    return (event.get("metadata") or {}).get("metadata") or {}


def _custom_type(event: Mapping[str, Any]) -> Any:
    return ((event.get("data") or {}).get("custom") or {}).get("type")


def _answered(topic: Topic, event: Mapping[str, Any]) -> AnsweredQuestion:
    parsed = event.get("parse_data") or {}
    asked = Interpretation.of(parsed).asked or event.get("text") or ""
    if asked.startswith("/"):  # payload of a button
        asked = topic.label
    return AnsweredQuestion(topic.id, asked, readable(parsed.get("entities") or ()))
