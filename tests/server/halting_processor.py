"""A processor whose turns go on step by step, and a service that answers with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from unittest.mock import Mock

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.channels.conversation_service import ConversationService
from assistant.server.messages import CollectedOutput
from assistant.server.storage.tracker_store import ConversationStore
from assistant.server.traffic.locks import ConversationLocks


class InlineExecutor(ThreadPoolExecutor):
    """Runs at once what is handed to a thread, so that each run of the model is the same."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


class HaltingProcessor:
    """Stands for Rasa's, and halts where something else may happen: before it reads, and before it stores.

    A message carries its word as its time zone, which Rasa hands on with the metadata.
    """

    def __init__(self, store: ConversationStore) -> None:
        self.tracker_store, self.domain = store, store.domain
        self.halts: dict[str, asyncio.Semaphore] = {}

    async def fetch_tracker_and_update_session(
        self, conversation: str, _output: object, metadata: dict[str, Any]
    ) -> DialogueStateTracker:
        await self.halts[metadata["timezone"]].acquire()
        return await self.get_tracker(conversation)

    async def get_tracker(self, conversation: str) -> DialogueStateTracker:
        return await self.tracker_store.get_or_create_tracker(conversation, append_action_listen=False)

    async def parse_message(self, message: Any, _tracker: object) -> dict[str, Any]:
        return {"text": message.text, "intent": {"name": "pain", "confidence": 1.0}, "entities": []}

    async def _handle_message_with_tracker(self, message: Any, tracker: DialogueStateTracker) -> None:
        said = UserUttered(message.text, message_id=message.message_id, metadata=message.metadata)
        tracker.update(said, self.domain)

    async def run_action_extract_slots(
        self, _output: object, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        return tracker

    async def _run_prediction_loop(self, output: CollectedOutput, tracker: DialogueStateTracker) -> None:
        word = tracker.latest_message.metadata["timezone"]
        buttons, metadata = [{"title": "More", "payload": f"/more_{word}"}], {"topic": "pain"}
        await output.send_response(
            tracker.sender_id, {"text": word, "buttons": buttons, "metadata": metadata}
        )
        tracker.update(BotUttered(word, {"buttons": buttons}, {"metadata": metadata}), self.domain)

    async def save_tracker(self, tracker: DialogueStateTracker) -> None:
        await self.halts[tracker.latest_message.metadata["timezone"]].acquire()
        await self.tracker_store.save(tracker)


def service_of(store: ConversationStore, processor: HaltingProcessor) -> ConversationService:
    agent = Mock(tracker_store=store, lock_store=ConversationLocks(), processor=processor)
    agent.maintenance.is_up.return_value = False
    return ConversationService(agent, CollectedOutput)
