"""Rasa component: interprets a short message with the previous answer if it is incomplete by itself."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from assistant.core.content.follow_up_examples import load_weights
from assistant.core.content.topics import Topic, load_topics
from assistant.core.protocol import FOLLOW_UPS, FOLLOWS, UNRELATED, URGENT
from assistant.nlu.component_base import StatelessComponent
from assistant.nlu.contextual_reader import CONTEXT, CONTEXTUALIZED, SMALL_REPLY, TELLS_DATE
from assistant.nlu.conversation_history import ASKED
from assistant.nlu.follow_up_features import (
    ASKED_BEFORE_TREATMENT,
    FOLLOWED,
    SURE_BARE,
    SURE_PART,
    SURE_POINTING,
    SURE_REPLY,
    WEIGHT_OF_PART,
    PreviousAnswer,
    Shares,
    UtteranceForm,
    begins_with_oneself,
    combine,
    is_added_condition,
    is_elliptic,
    shape,
)
from assistant.nlu.follow_up_ranker import FollowUpCandidate, topic_of
from assistant.nlu.text_analyzer import DOC, NORMALIZED_TEXT, REMARK, VOCABULARY
from assistant.nlu.utterance_segmenter import SEGMENT

DOUBTED = 0.4
"""Confidence factor for questions without a topic word."""
NAMED = frozenset({"product", "activity", "concern"})
"""Entities with which a fragment moves on to another subject."""
INHERITED = ("concern", "condition", "symptom", "alarm")
"""Entities that a follow-up inherits unless it has its own."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FollowUpClassifier(StatelessComponent):
    """Chooses between the standalone and the contextualized interpretation of a message."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._topics = load_topics(Path(config["data"]))
        self._groups = {topic.id: topic.group for topic in self._topics.values()}
        self._weights = load_weights(Path(config["data"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of topics.yml and follow_up_weights.yml as ``data``."""
        return {"data": "data"}

    def process(self, messages: list[Message]) -> list[Message]:
        readings = [message for message in messages if message.get(CONTEXTUALIZED)]
        messages = [message for message in messages if not message.get(CONTEXTUALIZED)]
        for message in messages:
            if message.get(SMALL_REPLY) and not _is_alarm(message):
                _read_only_as(message, message.get(SMALL_REPLY))
            elif message.get(CONTEXT) is None:
                _forget_replies(message)
                self._doubt(message)
            message.set(ASKED, message.get(NORMALIZED_TEXT), add_to_output=True)
        for behind in readings:
            message = behind.get(CONTEXTUALIZED)
            if message.get(SEGMENT):
                _see_in_context(message, behind, WEIGHT_OF_PART)
            else:
                self._follow(message, behind)
        return messages

    def _doubt(self, message: Message) -> None:
        """Lower the confidence of a bare question without context: "how long?" may be about anything, so clarify."""
        intent = message.get(INTENT)
        if intent["confidence"] < SURE_BARE and shape(message.get(DOC)) is UtteranceForm.BARE:
            _read_as(message, intent["name"], intent["confidence"] * DOUBTED)

    def _follow(self, message: Message, behind: Message) -> None:
        context: PreviousAnswer = message.get(CONTEXT)
        _forget(behind, FOLLOW_UPS)
        if _is_alarm(message) and not self._only_asks_about(message, behind, context):
            return
        alone, together = _shares(message), _shares(behind)
        topic = self._topic(message, alone, together)
        if topic == UNRELATED:
            _forget_replies(message)
            return
        if topic in FOLLOW_UPS or topic == context.topic:
            _take_over(message, context, self._topics.get(context.topic))
        sure = max(together.get(topic, 0.0), combine(alone, together).get(topic, 0.0), alone.get(topic, 0.0))
        if topic == context.topic:
            _read_as(message, URGENT if _is_alarm(message) else topic, max(sure, FOLLOWED))
        elif topic != message.get(INTENT)["name"]:
            _read_as(message, topic, sure)

    def _topic(self, message: Message, alone: Shares, together: Shares) -> str:
        if message.get(TELLS_DATE):  # the previous question is answered again for that date
            context: PreviousAnswer = message.get(CONTEXT)
            return context.topic
        return topic_of(_remark(message, alone, together), self._groups, self._weights)

    @staticmethod
    def _only_asks_about(message: Message, behind: Message, context: PreviousAnswer) -> bool:
        """Return whether a symptom is only asked about: "and with an open wound?", after contraindications."""
        asked_before = context.topic in ASKED_BEFORE_TREATMENT and not context.entities.get("alarm")
        if not asked_before or _is_alarm(behind) or not is_added_condition(message.get(DOC)):
            return False
        message.set(
            ENTITIES,
            [entity for entity in message.get(ENTITIES) if entity["entity"] != "alarm"],
            add_to_output=True,
        )
        _forget(message, (URGENT,))
        return True


def _remark(message: Message, alone: Shares, behind: Shares) -> FollowUpCandidate:
    words = [token.lower_ for token in message.get(DOC) if not token.is_punct]
    known = message.get(VOCABULARY)
    unknown = sum(word.isalpha() and word not in known for word in words) / max(len(words), 1)
    named = any(entity["entity"] != REMARK and "start" in entity for entity in message.get(ENTITIES, []))
    context, own = message.get(CONTEXT), begins_with_oneself(message.get(DOC))
    return FollowUpCandidate(
        _shape(message, context), len(words), alone, behind, context, unknown, named, own
    )


def _shape(message: Message, context: PreviousAnswer) -> UtteranceForm:
    """Return the form of the utterance, NAMING for a new subject: "and champagne", after make-up."""
    form = shape(message.get(DOC))
    named = {
        entity["value"]
        for entity in message.get(ENTITIES, [])
        if entity["entity"] in NAMED and entity["value"] not in context.entities.get(entity["entity"], ())
    }
    return UtteranceForm.NAMING if form is UtteranceForm.ELLIPTIC and named else form


def _see_in_context(part: Message, behind: Message, weight: float) -> None:
    """Classify a segment with the one before if it is not understood by itself."""
    sure = SURE_POINTING if is_elliptic(part.get(DOC)) else SURE_PART
    if _is_alarm(part) or part.get(INTENT)["confidence"] >= sure:
        return
    _forget(behind, FOLLOW_UPS)
    joint = combine(_shares(part), _shares(behind), weight)
    ranking = [
        {"name": topic, "confidence": joint[topic]}
        for topic in sorted(joint, key=lambda topic: -joint[topic])
    ]
    part.set(INTENT, ranking[0], add_to_output=True)
    part.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def _take_over(message: Message, context: PreviousAnswer, topic: Topic | None) -> None:
    """Inherit the topic's entities from the previous answer, which the message is about."""
    own = message.get(ENTITIES, [])
    named = {entity["entity"] for entity in own}
    taken = [
        {"entity": entity, "value": value, "extractor": FollowUpClassifier.__name__}
        for entity in INHERITED
        if entity not in named and topic is not None and entity in topic.entities
        for value in context.entities.get(entity, ())
    ]
    message.set(ENTITIES, [*own, *taken], add_to_output=True)
    message.set(FOLLOWS, context.topic, add_to_output=True)
    message.set(ASKED, context.asked, add_to_output=True)


def _read_as(message: Message, topic: str, confidence: float) -> None:
    intent = {"name": topic, "confidence": confidence}
    others = [entry for entry in message.get(INTENT_RANKING_KEY) if entry["name"] != topic]
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)


def _read_only_as(message: Message, intent: str) -> None:
    """Set the intent with an empty ranking, so that no other topic is offered."""
    message.set(INTENT_RANKING_KEY, [], add_to_output=True)
    _read_as(message, intent, 1.0)


def _forget_replies(message: Message) -> None:
    """Remove follow-up intents if there is no previous answer.

    A confident one is kept if it is the whole message; a segment of several never is one.
    """
    intent = message.get(INTENT)
    plain = intent["name"] in FOLLOW_UPS and intent["confidence"] >= SURE_REPLY
    if (message.get(SEGMENT) or not plain) and not _is_alarm(message):
        _forget(message, FOLLOW_UPS)


def _forget(message: Message, topics: Collection[str]) -> None:
    """Remove intents from the ranking and redistribute their probability."""
    kept = [entry for entry in message.get(INTENT_RANKING_KEY) if entry["name"] not in topics]
    total = sum(entry["confidence"] for entry in kept)
    if len(kept) < len(message.get(INTENT_RANKING_KEY)) and total > 0:
        kept = [{**entry, "confidence": entry["confidence"] / total} for entry in kept]
        message.set(INTENT, kept[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, kept, add_to_output=True)


def _shares(message: Message) -> dict[str, float]:
    return {entry["name"]: entry["confidence"] for entry in message.get(INTENT_RANKING_KEY)}


def _is_alarm(message: Message) -> bool:
    return any(entity["entity"] == "alarm" for entity in message.get(ENTITIES, []))
