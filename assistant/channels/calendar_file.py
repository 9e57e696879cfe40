"""A conversation's timeline as a calendar file, for all channels."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from rasa.core.agent import Agent

from assistant.core.aftercare.calendar import person_calendar
from assistant.core.aftercare.guide import AftercareGuide, load_guide
from assistant.core.aftercare.person import person_of
from assistant.core.validation.clinic_files import clinic_folder


async def calendar_file(agent: Agent, conversation: str, now: datetime) -> bytes | None:
    """Return the timeline of the conversation's treatment as an .ics file, or None if no treatment is known."""
    tracker = await agent.tracker_store.retrieve(conversation)
    if tracker is None:
        return None
    person = person_of(tracker.get_slot("treatment"), None, now)
    return person_calendar(person, conversation, _handbook().aftercare)


@lru_cache(maxsize=1)
def _handbook() -> AftercareGuide:
    return load_guide(Path("data"), clinic_folder())
