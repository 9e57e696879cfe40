"""Hands composed messages over to Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.handbook import handbook
from knowledge.composing import with_notice


def say(message: Mapping[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Says it, with the notice where the conversation has not had it yet."""
    complete = with_notice(message, handbook().content, given=_notice_given(tracker, dispatcher))
    dispatcher.utter_message(
        text=complete["text"],
        buttons=complete.get("buttons", []),
        json_message=complete.get("custom"),
        metadata=complete["metadata"],
    )


def _notice_given(tracker: Tracker, dispatcher: CollectingDispatcher) -> bool:
    said = [(event.get("metadata") or {}) for event in tracker.events if event.get("event") == "bot"]
    return any((each.get("metadata") or {}).get("notice") for each in (*said, *dispatcher.messages))
