"""Rasa component: lets later components read a short message behind the question that was answered last."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge.topics import load_topics
from nlu.conversation_context import last_answer
from nlu.following_up import is_short
from nlu.language_analyser import CLEAN_TEXT, DOC
from nlu.parts import Kind
from nlu.question_splitter import PART
from nlu.untrained import Untrained

CONTEXT = "context"
"""Key under which a message and its reading in context have the answer before (nlu.following_up.Context)."""
BEHIND = "behind"
"""Key under which a reading in context has the message that it is a reading of."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FollowUpFinder(Untrained):
    """Adds a message in its context after it; ``FollowUpReader`` takes it away again."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._topics = load_topics(Path(config["data"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``data``: the folder of topics.yml."""
        return {"data": "data"}

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        first, *parts = messages
        if any(part.get(PART) for part in parts):  # several questions are no short remark
            return [*messages, *_after_each_other(parts)]
        if tracker is None or not is_short(first.get(DOC)) or (first.get(TEXT) or "").startswith("/"):
            return messages
        context = last_answer(tracker, self._topics)
        if context is None:
            return messages
        first.set(CONTEXT, context)
        return [first, _behind(first, context.asked)]


def _after_each_other(parts: list[Message]) -> list[Message]:
    """ "do i stop my retinol before, and when can i go back on it": each in the light of the part before"""
    return [
        _behind(part, before.get(CLEAN_TEXT))
        for before, part in pairwise(parts)
        if part.get(PART) in (Kind.CLEAR, Kind.POINTING)
    ]


def _behind(message: Message, asked: str) -> Message:
    text = f"{asked.rstrip('?!. ')} {message.get(CLEAN_TEXT)}"
    behind = Message({TEXT: text, CLEAN_TEXT: text, DOC: message.get(DOC), BEHIND: message})
    behind.set(ENTITIES, [])
    return behind
