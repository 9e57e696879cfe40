"""Rasa component: detects replies to the candidate check, and the person's own conditions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.core.dialogue.small_replies import ACKNOWLEDGE, YES_OR_NO
from assistant.core.protocol import CANDIDATE_CHECK, CHECK_REPLY, FALLBACK, OUT_OF_SCOPE
from assistant.core.screening.progress import Act, Progress, read_progress
from assistant.core.screening.questions import load_screening
from assistant.core.screening.replies import ScreeningReply, read_reply, read_return
from assistant.core.screening.resume_prompt import is_open
from assistant.core.screening.self_reported_conditions import Mention, self_reported_conditions
from assistant.nlu.component_base import StatelessComponent
from assistant.nlu.text_analyzer import NORMALIZED_TEXT
from assistant.nlu.utterance_segmenter import SEGMENT

OWN_CONDITIONS: Final = "own_conditions"
"""Entity, and slot, of all conditions that the person has reported."""
SURE: Final = 0.6  # confidence from which a message has a topic of its own and is not a reply
_LOST = frozenset({FALLBACK, OUT_OF_SCOPE})
_NEAR = frozenset(
    {CANDIDATE_CHECK, "who_should_avoid", "thanks", "greet", "goodbye", ACKNOWLEDGE, YES_OR_NO, *_LOST}
)
"""Intents that a reply is easily confused with."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ScreeningReplyClassifier(StatelessComponent):
    """Classifies a message as ``check_reply`` if it answers the open question of the check."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._check = load_screening(Path(config["data"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of ``screening.yml`` as ``data``."""
        return {"data": "data"}

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        slots = tracker.current_slot_values() if tracker else {}
        progress = read_progress(slots.get(CANDIDATE_CHECK))
        waits = tracker is not None and is_open(progress, [event.as_dict() for event in tracker.events])
        self._note_conditions(messages, slots.get(OWN_CONDITIONS) or [])
        for message in messages:
            act = self._read(message, progress, waits)
            # a segment that is no reply is not asked about again: "hold on", before a question
            if act is not None and not (act == "unclear" and message.get(SEGMENT) is not None):
                _make_reply(message, act)
        return messages

    def _note_conditions(self, messages: Sequence[Message], known: Sequence[str]) -> None:
        """Add the conditions of the whole message to its segments too: only some of them may be answered."""
        own = [each for message in messages if message.get(SEGMENT) is None for each in self._own(message)]
        if set(own) - set(known):
            for message in messages:
                _add_entity(message, OWN_CONDITIONS, list(dict.fromkeys([*known, *own])))

    def _own(self, message: Message) -> list[str]:
        text = message.get(NORMALIZED_TEXT) or message.get(TEXT) or ""
        mentions = [
            Mention(entity["value"], entity["start"])
            for entity in message.get(ENTITIES, [])
            # entities inherited from the previous answer have no position in this message
            if entity["entity"] == "condition"
            and entity["value"] in self._check.questions
            and "start" in entity
        ]
        return self_reported_conditions(text, mentions, self._check.own)

    def _read(self, message: Message, progress: Progress, waits: bool) -> Act | None:
        text, entities = message.get(TEXT) or "", message.get(ENTITIES, [])
        if not progress.is_under_way or any(entity["entity"] == "alarm" for entity in entities):
            return None
        if not waits:
            return read_return(text, self._check.replies)
        return read_reply(_heard(message, progress), self._check.replies)


def _heard(message: Message, progress: Progress) -> ScreeningReply:
    intent = message.get(INTENT) or {}
    name, confidence = intent.get("name"), intent.get("confidence") or 0.0
    named = [entity["value"] for entity in message.get(ENTITIES, []) if entity["entity"] == "condition"]
    return ScreeningReply(
        text=message.get(TEXT) or "",
        names_it=progress.question in named,
        elsewhere=name not in _NEAR and confidence >= SURE,
        lost=name in _LOST,
    )


def _make_reply(message: Message, act: Act) -> None:
    _add_entity(message, CHECK_REPLY, {"act": act})
    others = [entry for entry in message.get(INTENT_RANKING_KEY, []) if entry["name"] != FALLBACK]
    intent = {"name": CHECK_REPLY, "confidence": 1.0}
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)


def _add_entity(message: Message, name: str, value: Any) -> None:
    entity = {"entity": name, "value": value, "extractor": ScreeningReplyClassifier.__name__}
    message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
