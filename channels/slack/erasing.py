"""Deleting what is kept of a person."""

from __future__ import annotations

from channels.slack.desk import Desk
from channels.slack.places import BEGINNING, Place, ending_of
from channels.slack.reminders import Reminders


async def erase_person(desk: Desk, reminders: Reminders, place: Place) -> None:
    """All conversations of the person, and the reminders."""
    store = desk.talk.store
    for conversation in store.kept(BEGINNING, ending_of(place.user)):
        store.erase(conversation)
    await reminders.cancel(place)
    desk.people.forget(place.user)
