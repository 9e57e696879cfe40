"""Reads what answers need of the conversation from Rasa's tracker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.core.dialogue.follow_up_answers import SHOWN, PreviousAnswer
from assistant.core.protocol import (
    CLARIFY,
    FOLLOW_UPS,
    NONE_OF_THESE,
    START_OVER,
    SUB_MESSAGE,
    SUBSTANTIAL_OUTCOMES,
    URGENT,
    Interpretation,
)

_SUBJECTS = frozenset({"product", "activity", "concern", "condition", "symptom"})
_REPLIES = frozenset(f"utter_{kind}" for kind in FOLLOW_UPS)
_CLOSEST = f"utter_{NONE_OF_THESE}"


def follows(tracker: DialogueStateTracker) -> bool:
    """Return whether the latest message is about the previous answer."""
    message = tracker.latest_message
    return message is not None and Interpretation.of(message.parse_data or {}).follows is not None


def given_about(tracker: DialogueStateTracker) -> PreviousAnswer | None:
    """Return the answer that the latest message is about.

    It is the newest answer to a question with the same entities, or else the newest one.
    """
    message = tracker.latest_message
    named = _named(message.entities) if message is not None else frozenset()
    newest = _newest(tracker)
    found = _newest(tracker, named) if named else None
    return newest if found is None else replace(found, is_last=newest == found)


def last_given(tracker: DialogueStateTracker) -> PreviousAnswer | None:
    """Return the newest substantial answer; of several to one message an urgent one, else the last."""
    return _newest(tracker)


def _newest(
    tracker: DialogueStateTracker, named: frozenset[tuple[str, str]] = frozenset()
) -> PreviousAnswer | None:
    """Return the newest answer, or the newest to a question with one of these entities, however long ago."""
    shown: list[str] = []
    newest: PreviousAnswer | None = None
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            about = event.metadata.get("metadata") or {}
            if event.metadata.get("utter_action") == START_OVER:
                break
            if event.metadata.get("utter_action") in _REPLIES:
                shown += event.metadata.get(SHOWN) or []
            elif about.get("outcome") in SUBSTANTIAL_OUTCOMES and (
                newest is None or about["outcome"] == URGENT
            ):
                newest = _given(event, about, shown)
        elif isinstance(event, UserUttered) and newest is not None:
            if named & _named(event.entities) or not (named or event.metadata.get(SUB_MESSAGE)):
                break
            newest = None if named else newest
    return newest


def _named(entities: Iterable[Mapping[str, Any]]) -> frozenset[tuple[str, str]]:
    """Return the entities in the message itself; inherited ones have no position."""
    return frozenset(
        (each["entity"], str(each["value"]))
        for each in entities
        if each["entity"] in _SUBJECTS and "start" in each
    )


def closest_facts(tracker: DialogueStateTracker) -> list[str]:
    """Return the facts retrieved for the newest question that was not understood."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            found = Interpretation.of(event.parse_data or {}).closest_facts
            if found:
                return list(found)
    return []


def was_unclear(tracker: DialogueStateTracker) -> bool:
    """Return whether the previous answer was a clarification or a list of the nearest facts."""
    last = next(_answers(tracker), None)
    if last is None:
        return False
    about = last.metadata.get("metadata") or {}
    # a question of the candidate check has a condition
    asked_back = about.get("outcome") == CLARIFY and not about.get("condition")
    return asked_back or last.metadata.get("utter_action") == _CLOSEST


def _answers(tracker: DialogueStateTracker) -> Iterator[BotUttered]:
    return (event for event in reversed(tracker.events) if isinstance(event, BotUttered))


def _given(event: BotUttered, about: dict[str, Any], shown: list[str]) -> PreviousAnswer:
    return PreviousAnswer(
        topic=about["topic"],
        outcome=about["outcome"],
        verdict=about.get("verdict"),
        basis=about.get("basis"),
        text=event.text or "",
        details=about.get("details") or "",
        sources=about.get("sources") or [],
        facts=event.metadata.get("facts") or [],
        disagreement=bool(about.get("disagreement")),
        positions=about.get("positions") or [],
        depends={key: about[key] for key in ("concern", "condition") if about.get(key)},
        shown=shown,
    )
