"""Deleting what is kept of a person."""

from __future__ import annotations

import asyncio

from assistant.channels.slack.delivery import Delivery
from assistant.channels.slack.reminders import Reminders
from assistant.server.storage.slack_ids import BEGINNING, ConversationRef, ending_of


async def erase_person(desk: Delivery, reminders: Reminders, place: ConversationRef) -> None:
    """All conversations of the person, and the reminders."""
    for conversation in desk.talk.store.kept(BEGINNING, ending_of(place.user)):
        await desk.talk.erase(conversation)
    await asyncio.to_thread(desk.talk.store.erase_member, place.user)  # what began meanwhile
    await reminders.cancel(place)
    desk.people.forget(place.user)
