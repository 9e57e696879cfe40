"""Prompt to resume the check after a digression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from assistant.core.protocol import (
    ANSWERED,
    CANDIDATE_CHECK,
    CLARIFY,
    GOODBYE,
    HUMAN,
    MORE_TO_COME,
    NOT_COVERED,
    OUT_OF_SCOPE,
    SMALLTALK,
)
from assistant.core.screening.messages import Message, payload
from assistant.core.screening.progress import Progress
from assistant.core.screening.questions import Screening

OPEN_FOR: Final = 3  # user messages for which the question accepts a plain yes or no
_AFTER = frozenset({ANSWERED, NOT_COVERED, CLARIFY, OUT_OF_SCOPE, SMALLTALK})
_ENDS = frozenset({GOODBYE, HUMAN})
"""Topics after which no prompt is added."""

Event = Mapping[str, Any]
"""A conversation event in Rasa's format."""


def is_open(progress: Progress, events: Iterable[Event]) -> bool:
    """Return True if a plain "no" would answer the check.

    Its question was asked recently, and no alarm, handoff or goodbye has come since.
    """
    if not progress.is_under_way or progress.stopped:
        return False
    return _is_open(events)


def with_resume_prompt(
    message: Message, progress: Progress, events: Iterable[Event], check: Screening
) -> Message:
    """Add a prompt to an answer about something else, if a question of the check is still open."""
    about = message["metadata"]
    if about["topic"] in _ENDS or about["outcome"] not in _AFTER or progress.question is None:
        return message
    said = list(events)
    if _has_more_to_come(said) or not is_open(progress, said):
        return message
    name = check.questions[progress.question].name
    button = {"title": check.wording.go_on, "payload": payload("go_on")}
    text = f"{message['text'].rstrip()}\n\n{check.wording.still_open.format(name=name)}"
    return {**message, "text": text, "buttons": [button, *message.get("buttons", [])]}


def _has_more_to_come(events: Iterable[Event]) -> bool:
    """Return True if another question of the same message is answered after this one."""
    asked = next((event for event in reversed(list(events)) if event.get("event") == "user"), {})
    return bool((asked.get("metadata") or {}).get(MORE_TO_COME))


def _is_open(events: Iterable[Event]) -> bool:
    others = 0
    for event in reversed(list(events)):
        if event.get("event") == "user":
            others += 1
        if event.get("event") == "bot":
            about = (event.get("metadata") or {}).get("metadata") or {}
            if (
                about.get("topic") == CANDIDATE_CHECK
                and about.get("condition")
                and about.get("outcome") == CLARIFY
            ):
                return others <= OPEN_FOR
            if about.get("outcome") not in _AFTER or about.get("topic") in _ENDS:
                return False
    return False
