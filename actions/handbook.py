"""The content that actions need, loaded once per process, and messages sent through Rasa's dispatcher."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from assistant.core.aftercare.guide import AftercareGuide, load_guide
from assistant.core.content.phones import with_phones
from assistant.core.dialogue.message_builder import with_disclaimer
from assistant.core.protocol import CANDIDATE_CHECK, WITH_STANDING_DISCLAIMER
from assistant.core.screening.messages import with_resume_prompt
from assistant.core.screening.progress import read_progress
from assistant.core.screening.questions import Screening, load_screening
from assistant.core.validation.clinic_files import clinic_folder

_DATA = Path("data")


@lru_cache(maxsize=1)
def handbook() -> AftercareGuide:
    """Return the project's aftercare guide.

    Raises:
        ContentError: a file is missing or invalid.
    """
    return load_guide(_DATA, clinic_folder())


@lru_cache(maxsize=1)
def candidate_check() -> Screening:
    """Return the questions of the candidate check.

    Raises:
        ContentError: the file is missing or invalid.
    """
    return load_screening(_DATA)


def say(message: Mapping[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Send a message, with the disclaimer if it was not given yet and a way to resume an open check."""
    complete = with_disclaimer(message, handbook().content, given=_notice_given(tracker, dispatcher))
    if complete["metadata"]["topic"] != CANDIDATE_CHECK:
        progress = read_progress(tracker.get_slot(CANDIDATE_CHECK))
        complete = with_resume_prompt(complete, progress, tracker.events, candidate_check())
    complete = with_phones(complete, handbook().content.phones)
    dispatcher.utter_message(
        text=complete["text"],
        buttons=complete.get("buttons", []),
        json_message=complete.get("custom"),
        metadata=complete["metadata"],
    )


def _notice_given(tracker: Tracker, dispatcher: CollectingDispatcher) -> bool:
    if tracker.get_latest_input_channel() in WITH_STANDING_DISCLAIMER:
        return True
    said = [(event.get("metadata") or {}) for event in tracker.events if event.get("event") == "bot"]
    return any((each.get("metadata") or {}).get("notice") for each in (*said, *dispatcher.messages))
