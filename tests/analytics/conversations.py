"""Conversation databases for the tests of the report, with the tables of the real store."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.server.storage.tracker_store import ConversationStore

DAY = 86400.0
Button = dict[str, str]


class Conversation:
    """Conversation of one person with the assistant."""

    def __init__(self, name: str, days_ago: float = 0) -> None:
        self.tracker = DialogueStateTracker(name, [])
        self._at = time.time() - days_ago * DAY
        self._count = 0

    def asks(self, text: str, topic: str, outcome: str = "answered", **more: Any) -> Conversation:
        """A message and its answer. `named`: entities; `buttons` and `about`: of the answer."""
        self._count += 1
        entities = [{"entity": entity, "value": value} for entity, value in more.get("named", {}).items()]
        parsed = {"text": text, "intent": {"name": topic, "confidence": 1.0}, "entities": entities}
        said = UserUttered(
            text, parsed["intent"], entities, parsed, self._tick(), "website", f"message-{self._count}"
        )
        return self._add(said).answers(topic, outcome, **more)

    def answers(self, topic: str, outcome: str, **more: Any) -> Conversation:
        """One more message of the assistant."""
        about = {"topic": topic, "outcome": outcome, **more.get("about", {})}
        data = {"buttons": more.get("buttons"), "custom": more.get("custom")}
        return self._add(BotUttered("Answer.", data, {"metadata": about}, self._tick()))

    def _add(self, event: Any) -> Conversation:
        self.tracker.update(event)
        return self

    def _tick(self) -> float:
        self._at += 1
        return self._at


def keep(folder: Path, *conversations: Conversation) -> ConversationStore:
    """Stores them in `folder`/conversations.db."""
    store = ConversationStore(Domain.empty(), dialect="sqlite", db=str(folder / "conversations.db"))
    for conversation in conversations:
        asyncio.run(store.save(_as_new(conversation.tracker)))
    return store


def rate(
    store: ConversationStore, conversation: str, answer: tuple[str, int], helpful: bool, comment: str = ""
) -> None:
    """A thumb, in the table of the website channel."""
    with store.engine.begin() as connection:
        connection.execute(
            sa.text(
                "CREATE TABLE IF NOT EXISTS feedback (sender_id VARCHAR(255), message_id VARCHAR(255), part INTEGER,"
                " helpful BOOLEAN, comment TEXT, at FLOAT)"
            )
        )
        connection.execute(
            sa.text("INSERT INTO feedback VALUES (:c, :m, :p, :h, :t, 0)"),
            {"c": conversation, "m": answer[0], "p": answer[1], "h": helpful, "t": comment or None},
        )


def _as_new(tracker: DialogueStateTracker) -> DialogueStateTracker:
    tracker.stored_events = 0
    return tracker
