"""A conversation's timeline as a calendar file and as a page to print, for all channels."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from rasa.core.agent import Agent

from assistant.core.aftercare.calendar import person_calendar
from assistant.core.aftercare.guide import AftercareGuide, load_guide
from assistant.core.aftercare.person import Person, person_of
from assistant.core.aftercare.timeline_page import timeline_page
from assistant.core.validation.clinic_files import clinic_folder


async def calendar_file(agent: Agent, conversation: str, now: datetime) -> bytes | None:
    """Return the timeline of the conversation's treatment as an .ics file, or None if no treatment is known."""
    person = await _person(agent, conversation, now)
    return None if person is None else person_calendar(person, conversation, _handbook().aftercare)


async def calendar_page(agent: Agent, conversation: str, now: datetime) -> bytes | None:
    """Return the timeline of the conversation's treatment as an HTML page, or None if no treatment is known."""
    person = await _person(agent, conversation, now)
    page = None if person is None else timeline_page(person, _handbook())
    return None if page is None else page.encode()


async def _person(agent: Agent, conversation: str, now: datetime) -> Person | None:
    tracker = await agent.tracker_store.retrieve(conversation)
    return tracker and person_of(tracker.get_slot("treatment"), None, now)


@lru_cache(maxsize=1)
def _handbook() -> AftercareGuide:
    return load_guide(Path("data"), clinic_folder())
