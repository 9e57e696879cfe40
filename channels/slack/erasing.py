"""Deleting what is kept of a person."""

from __future__ import annotations

from channels.slack.desk import Desk
from channels.slack.places import Place
from channels.slack.reminders import Reminders


async def erase_person(desk: Desk, reminders: Reminders, place: Place) -> None:
    """All conversations of the person in this workspace, and the reminders."""
    for conversation in conversations_of(desk, place):
        desk.talk.store.erase(conversation)
    await reminders.cancel(place)
    desk.people.forget(place.user)


def conversations_of(desk: Desk, place: Place) -> list[str]:
    """Ids of the direct conversation and of those in threads and with the command."""
    own = desk.talk.store.conversations(f"slack-{place.team}-", f"-{place.user}")
    return [found for found in own if found.split("-")[-1] == place.user]
