"""The calendar file of a conversation, for every channel that hands one over."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from rasa.core.agent import Agent

from knowledge.aftercare.calendar import person_calendar
from knowledge.aftercare.handbook import Handbook, load_handbook
from knowledge.aftercare.person import person_of
from knowledge.clinic_files import clinic_folder


async def calendar_file(agent: Agent, conversation: str, now: datetime) -> bytes | None:
    """The timeline of the treatment that this conversation knows of, as an .ics file; none if it knows of none."""
    tracker = await agent.tracker_store.retrieve(conversation)
    if tracker is None:
        return None
    person = person_of(tracker.get_slot("treatment"), None, now)
    return person_calendar(person, conversation, _handbook().aftercare)


@lru_cache(maxsize=1)
def _handbook() -> Handbook:
    return load_handbook(Path("data"), clinic_folder())
