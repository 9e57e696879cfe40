"""Deletion of a person's data."""

from __future__ import annotations

from assistant.channels.slack.delivery import Delivery
from assistant.channels.slack.reminders import Reminders
from assistant.server.storage.slack_ids import BEGINNING, ConversationRef, ending_of


async def erase_person(desk: Delivery, reminders: Reminders, place: ConversationRef) -> None:
    """Delete all conversations and reminders of the person."""
    store = desk.talk.store
    for conversation in store.kept(BEGINNING, ending_of(place.user)):
        store.erase(conversation)
    await reminders.cancel(place)
    desk.people.forget(place.user)
