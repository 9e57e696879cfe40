"""Rasa component: reads a short message once more, behind the question that was answered last."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.core.content.clinic import load_wording
from assistant.core.content.topics import load_topics
from assistant.core.dialogue.small_replies import YES_OR_NO, load_small_replies
from assistant.core.treatment_date import arrival, read_treatment, update_treatment, zone_of
from assistant.nlu.component_base import StatelessComponent
from assistant.nlu.conversation_history import last_answer, was_asked
from assistant.nlu.follow_up_features import PreviousAnswer, is_short
from assistant.nlu.intent_classifier import READER
from assistant.nlu.question_selection import SURE
from assistant.nlu.speech_acts import asks_anywhere
from assistant.nlu.text_analyzer import DOC, NORMALIZED_TEXT, REMARK

CONTEXT = "context"
"""Message key: the answer before, a ``PreviousAnswer``."""
SMALL_REPLY = "small_reply"
"""Key under which a reply that asks nothing and says nothing new has its intent."""
TELLS_DATE = "tells_date"
"""Key under which a message has the mark that all it says is when the person was or will be treated."""
TREATMENT: Final = "treatment"
"""The entity of the person's treatment, and the slot that it fills."""
CONTEXTUALIZED = "behind"
"""Key under which a reading in context has the message that it is a reading of."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ContextualReader(StatelessComponent):
    """Adds a message in its context after it; ``FollowUpReader`` takes it away again."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        data = Path(config["data"])
        self._topics, self._small = load_topics(data), load_small_replies(data)
        self._dated = frozenset(load_wording(data).make_personal.topics)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``data``: the folder of topics.yml, small_replies.yml and wording.yml."""
        return {"data": "data"}

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        first, *parts = messages
        small = self._small_reply(first, tracker)
        if small is not None:
            first.set(SMALL_REPLY, small)
            return [first]
        if sum(_is_understood(part) for part in parts) > 1:
            return [*messages, *_after_each_other(parts)]
        context = self._context(first, tracker)
        if context is None:
            return [*messages, *_after_each_other(parts)]
        first.set(CONTEXT, context)
        return [
            first,
            _contextualize(first, context.asked),
        ]  # "so long?? why" is one remark, not two questions

    def _small_reply(self, message: Message, tracker: DialogueStateTracker | None) -> str | None:
        kind = self._small.kind(message.get(TEXT) or "")
        is_answer = kind == YES_OR_NO and tracker is not None and was_asked(tracker)
        return None if is_answer else kind

    def _context(self, message: Message, tracker: DialogueStateTracker | None) -> PreviousAnswer | None:
        if tracker is None or not is_short(message.get(DOC)) or (message.get(TEXT) or "").startswith("/"):
            return None
        is_new = _is_insult(message) or self._small.names_clinic(message.get(TEXT) or "")
        context = None if is_new else last_answer(tracker, self._topics)
        if context is None or not _only_tells_date(message, known := tracker.get_slot(TREATMENT)):
            return context
        message.set(TELLS_DATE, True)
        return context if context.topic in self._dated and not (known or {}).get("at") else None


def _only_tells_date(message: Message, known: Any) -> bool:
    """ "i had it yesterday at 3pm", after whatever answer"""
    metadata = message.get("metadata") or {}
    zone, _ = zone_of(metadata.get("timezone"))
    before, now = read_treatment(known, zone.key), arrival(metadata).astimezone(zone)
    return (
        not asks_anywhere(message.get(DOC))
        and update_treatment(message.get(TEXT) or "", now, before) is not None
    )


def _is_insult(message: Message) -> bool:
    """ "useless piece of junk" is not about the answer before; "and on my damn neck?" is."""
    named = {entity["entity"] for entity in message.get(ENTITIES, [])}
    return REMARK in named and not asks_anywhere(message.get(DOC))


def _is_understood(part: Message) -> bool:
    return bool(part.get(INTENT)["confidence"] >= SURE)


def _after_each_other(parts: list[Message]) -> list[Message]:
    """ "do i stop my retinol before, and when can i go back on it": each in the light of the part before"""
    return [_contextualize(part, before.get(NORMALIZED_TEXT)) for before, part in pairwise(parts)]


def _contextualize(message: Message, asked: str) -> Message:
    text = f"{asked.rstrip('?!. ')} {message.get(NORMALIZED_TEXT)}"
    behind = Message({TEXT: text, NORMALIZED_TEXT: text, DOC: message.get(DOC), CONTEXTUALIZED: message})
    behind.set(ENTITIES, [])
    message.get(READER)([behind])
    return behind
