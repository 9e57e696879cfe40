"""Rasa component: merges the segments into one message with at most three questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.core.content.topics import Topic, load_topics
from assistant.core.protocol import MOMENTS, QUESTIONS
from assistant.nlu.alarm_detector import SURE_SIGN
from assistant.nlu.component_base import StatelessComponent
from assistant.nlu.contextual_reader import TREATMENT
from assistant.nlu.conversation_history import ASKED
from assistant.nlu.question_selection import WHOLE, SegmentReading, select_questions
from assistant.nlu.stretches import asks_in_a_clause
from assistant.nlu.text_analyzer import DOC, REMARK
from assistant.nlu.utterance_segmenter import SEGMENT


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class QuestionSelector(StatelessComponent):
    """Decides whether a message asks one question or several, at most three."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._topics = load_topics(Path(config["data"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of topics.yml as ``data``."""
        return {"data": "data"}

    def process(self, messages: list[Message]) -> list[Message]:
        wholes = [message for message in messages if message.get(SEGMENT) is None]
        for whole in wholes:
            parts = [message for message in messages if message.get(SEGMENT) is not None]
            if parts:
                self._join(whole, parts)
        return wholes

    def _join(self, whole: Message, parts: list[Message]) -> None:
        chosen = select_questions(self._understood(whole), [self._understood(part) for part in parts])
        if chosen:
            parses = [_parse(whole if number == WHOLE else parts[number]) for number in chosen]
            _keep_treatment(whole, parses[0])
            whole.set(QUESTIONS, parses, add_to_output=True)

    def _understood(self, message: Message) -> SegmentReading:
        intent, entities = message.get(INTENT), message.get(ENTITIES, [])
        return SegmentReading(
            topic=intent["name"],
            confidence=intent["confidence"],
            asks=asks_in_a_clause(message.get(DOC))
            and not any(entity["entity"] == REMARK for entity in entities),
            urgent=any(entity["entity"] == "alarm" for entity in entities),
            sure_sign=bool(message.get(SURE_SIGN)),
            named=_named(self._topics.get(intent["name"]), entities),
        )


def _named(topic: Topic | None, entities: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(str(entity["value"]) for entity in entities if entity["entity"] == name)
        for name in (topic.entities if topic else ())
    }


def _keep_treatment(whole: Message, first: dict[str, Any]) -> None:
    """Set the treatment date of the whole message, which holds for every question."""
    said = [entity for entity in whole.get(ENTITIES, []) if entity["entity"] == TREATMENT]
    others = [entity for entity in first[ENTITIES] if entity["entity"] != TREATMENT]
    first[ENTITIES] = [*others, *said]


def _parse(part: Message) -> dict[str, Any]:
    """Return the parse of a message in the form of Rasa's processor."""
    return {key: part.get(key) for key in (TEXT, INTENT, ENTITIES, INTENT_RANKING_KEY, ASKED, MOMENTS)}
