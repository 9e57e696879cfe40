"""Rasa component: classifies a short message again, together with the question that was answered last."""

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
from assistant.nlu.conversation_history import REMEMBERED_FOR, is_date_requested, last_answer, was_asked
from assistant.nlu.follow_up_features import PreviousAnswer, is_short
from assistant.nlu.intent_classifier import READER
from assistant.nlu.question_selection import SURE
from assistant.nlu.speech_acts import asks_anywhere
from assistant.nlu.text_analyzer import DOC, NORMALIZED_TEXT, REMARK

CONTEXT = "context"
"""Message key: the ``PreviousAnswer``."""
SMALL_REPLY = "small_reply"
"""Message key: intent of a reply that neither asks nor adds anything ("ok", "yes")."""
TELLS_DATE = "tells_date"
"""Message key: true if the message only states when the person was or will be treated."""
TREATMENT: Final = "treatment"
"""Entity, and slot, of the person's treatment."""
CONTEXTUALIZED = "behind"
"""Message key, on a contextualized copy: the original message."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ContextualReader(StatelessComponent):
    """Appends contextualized copies of a message; ``FollowUpClassifier`` removes them."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        data = Path(config["data"])
        self._topics, self._small = load_topics(data), load_small_replies(data)
        self._dated = frozenset(load_wording(data).make_personal.topics)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of topics.yml, small_replies.yml and wording.yml as ``data``."""
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
        # "so long?? why" is one utterance, not two questions
        return [first, _contextualize(first, context.asked)]

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
        is_answered = (known or {}).get("at") or is_date_requested(tracker, REMEMBERED_FOR)
        return context if context.topic in self._dated and not is_answered else None


def _only_tells_date(message: Message, known: Any) -> bool:
    """Return whether the message only gives a date, as in "i had it yesterday at 3pm"."""
    metadata = message.get("metadata") or {}
    zone, _ = zone_of(metadata.get("timezone"))
    before, now = read_treatment(known, zone.key), arrival(metadata).astimezone(zone)
    return (
        not asks_anywhere(message.get(DOC))
        and update_treatment(message.get(TEXT) or "", now, before) is not None
    )


def _is_insult(message: Message) -> bool:
    """Return whether the message is an insult without a question.

    "useless piece of junk" is not about the previous answer; "and on my damn neck?" is.
    """
    named = {entity["entity"] for entity in message.get(ENTITIES, [])}
    return REMARK in named and not asks_anywhere(message.get(DOC))


def _is_understood(part: Message) -> bool:
    return bool(part.get(INTENT)["confidence"] >= SURE)


def _after_each_other(parts: list[Message]) -> list[Message]:
    """Contextualize each segment with the one before: "do i stop my retinol before, and when can i go back on it"."""
    return [_contextualize(part, before.get(NORMALIZED_TEXT)) for before, part in pairwise(parts)]


def _contextualize(message: Message, asked: str) -> Message:
    text = f"{asked.rstrip('?!. ')} {message.get(NORMALIZED_TEXT)}"
    behind = Message({TEXT: text, NORMALIZED_TEXT: text, DOC: message.get(DOC), CONTEXTUALIZED: message})
    behind.set(ENTITIES, [])
    message.get(READER)([behind])
    return behind
