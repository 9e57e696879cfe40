"""Aftercare in all channels: dates picked in a form, and the timeline as a calendar file and as a page to print."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

from rasa.core.agent import Agent

from assistant.core.aftercare.calendar import person_calendar
from assistant.core.aftercare.date_question import Picked, moment_in, picked
from assistant.core.aftercare.guide import (
    AftercareGuide,
    AftercareWording,
    load_aftercare_wording,
    load_guide,
)
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


def picked_date(local: str, zone: str | None) -> Picked:
    """Interpret a local date and time such as 2026-11-29T15:00 in the person's time zone."""
    return picked(local, zone, datetime.now(timezone.utc), _wording())


def form_date(payload: str, zone: str | None) -> Picked | None:
    """Return the date in a form's payload, or None if the payload is of another kind."""
    moment = moment_in(payload)
    return None if moment is None else picked_date(moment, zone)


@lru_cache(maxsize=1)
def _wording() -> AftercareWording:
    return load_aftercare_wording(Path("data"))
