"""Reads the previous answer from Rasa's tracker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.core.content.topics import Topic
from assistant.core.dialogue.message_builder import readable
from assistant.core.protocol import ASK_DATE, SUB_MESSAGE, SUBSTANTIAL_OUTCOMES
from assistant.nlu.follow_up_features import PreviousAnswer
from assistant.nlu.normalization import normalize

ASKED = "asked"
"""Parse key: the answered question in a form that is understandable without context."""
REMEMBERED_FOR = 8  # messages; a date told so late still answers the request, not a question in between
OPEN_FOR = 3  # messages; a request for the date stays open while the person asks other questions
TURNS_BACK = 3


def last_answer(tracker: DialogueStateTracker, topics: Mapping[str, Topic]) -> PreviousAnswer | None:
    """Return the newest substantial answer; small talk in between is skipped, a clarification ends the search.

    Of several answers to one message, an urgent one is preferred, then the last.
    """
    found: PreviousAnswer | None = None
    said: Mapping[str, Any] = {}
    turns = 0
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            said = event.metadata.get("metadata") or {}
            if said.get("outcome") == "clarify" and found is None:
                return None
        elif isinstance(event, UserUttered):
            if said.get("outcome") in SUBSTANTIAL_OUTCOMES and said.get("topic") in topics:
                found = _context(said["topic"], event, topics) if found is None or _is_urgent(said) else found
            said, turns = {}, turns + 1
            if not event.metadata.get(SUB_MESSAGE) and (found is not None or turns > TURNS_BACK):
                return found
    return found


def was_asked(tracker: DialogueStateTracker) -> bool:
    """Return whether the assistant's newest message asks the person something, so that a yes or no has a meaning."""
    newest = next((event for event in reversed(tracker.events) if isinstance(event, BotUttered)), None)
    said = (newest.metadata.get("metadata") or {}) if newest is not None else {}
    return said.get("outcome") == "clarify"


def _is_urgent(said: Mapping[str, Any]) -> bool:
    return bool(said.get("outcome") == "urgent")


def _context(topic: str, event: UserUttered, topics: Mapping[str, Topic]) -> PreviousAnswer:
    asked = event.parse_data.get(ASKED) or event.text or ""
    if asked.startswith("/"):  # payload of a button
        asked = topics[topic].label
    return PreviousAnswer(topic=topic, asked=normalize(asked), entities=readable(event.entities))


def is_date_requested(tracker: DialogueStateTracker, within: int = OPEN_FOR) -> bool:
    """Return whether the date of the treatment was requested in the last messages of the person."""
    answered = 0
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            answered += 1
        elif (
            isinstance(event, BotUttered) and ((event.data or {}).get("custom") or {}).get("type") == ASK_DATE
        ):
            return answered < within
        if answered >= within:
            return False
    return False
