"""Rasa component: interprets a message in its conversation, by the steps of ``assistant.nlu.pipeline``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.core.protocol import INTERPRETATION, Interpretation
from assistant.core.treatment_date import arrival, zone_of
from assistant.nlu.components.text_analyzer import ANALYSIS
from assistant.nlu.pipeline import interpret
from assistant.nlu.reader import Reader
from assistant.nlu.settings import Settings
from assistant.nlu.state import Content, Conversation, Resources, Segment


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False, model_from="UtteranceReader"
)
class DialogueInterpreter(GraphComponent):
    """Writes intent, entities, ranking and ``interpretation``, once."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._settings = Settings.of(config)
        self._content = Content.load(Path(config["data"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of the content as ``data``; a step without thresholds is left out."""
        return {"data": "data"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DialogueInterpreter:
        return cls(config)

    def process(
        self, messages: list[Message], model: Reader, tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        resources = Resources(model, self._content, self._settings)
        for message in messages:
            state = interpret(message.get(ANALYSIS), _conversation(message, tracker), resources)
            for key, value in _parse(state.whole, state.questions).items():
                if key != TEXT:
                    message.set(key, value, add_to_output=True)
        return messages


def _conversation(message: Message, tracker: DialogueStateTracker | None) -> Conversation:
    metadata = message.get("metadata") or {}
    zone, is_known = zone_of(metadata.get("timezone"))
    return Conversation(
        now=arrival(metadata).astimezone(zone),
        zone_key=zone.key,
        is_zone_known=is_known,
        slots=tracker.current_slot_values() if tracker else {},
        events=tracker.events if tracker else (),
    )


def _parse(segment: Segment, questions: tuple[Segment, ...] = ()) -> dict[str, Any]:
    """Return the parse of a segment in the form of Rasa's processor."""
    ranking = [{"name": name, "confidence": confidence} for name, confidence in segment.ranking]
    interpretation = Interpretation(
        asked=segment.asked,
        follows=segment.follows,
        closest_facts=segment.closest_facts,
        alarm_probability=segment.reading.alarm_probability,
        questions=tuple(map(_parse, questions)),
    )
    return {
        TEXT: segment.text,
        INTENT: ranking[0],
        ENTITIES: [entity.as_dict(DialogueInterpreter.__name__) for entity in segment.entities],
        INTENT_RANKING_KEY: ranking,
        INTERPRETATION: interpretation.as_dict(),
    }
