"""Rasa component: lets later components read the parts of a message beside the whole."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Doc

from nlu.language_analyser import CLEAN_TEXT, DOC, ENGLISH
from nlu.parts import Part
from nlu.splitting import split
from nlu.untrained import Untrained

PART = "part"
"""Key under which a part says of which kind it is (nlu.splitting.Kind)."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class QuestionSplitter(Untrained):
    """Adds the parts of a message after it; ``QuestionJoiner`` makes one message of them again."""

    def process(self, messages: list[Message]) -> list[Message]:
        return [
            each
            for whole in messages
            for each in (whole, *(_part(whole, part) for part in split(whole.get(DOC))))
        ]


def _part(whole: Message, part: Part) -> Message:
    doc = _doc(whole.get(DOC), part)
    entities = [entity for entity in whole.get(ENTITIES, []) if _holds(whole.get(DOC), part, entity)]
    told = {TEXT: doc.text, CLEAN_TEXT: doc.text, DOC: doc, "metadata": whole.get("metadata")}
    told[ENGLISH] = whole.get(ENGLISH)
    message = Message({**told, PART: part.kind})
    message.set(ENTITIES, entities, add_to_output=True)
    return message


def _doc(doc: Doc, part: Part) -> Doc:
    tokens = [doc[number] for number in part.tokens]
    spaces = [bool(token.whitespace_) or following.i != token.i + 1 for token, following in pairwise(tokens)]
    return Doc(
        doc.vocab,
        words=[token.text for token in tokens],
        spaces=[*spaces, False],
        lemmas=[token.lemma_ for token in tokens],
    )


def _holds(doc: Doc, part: Part, entity: dict[str, Any]) -> bool:
    starts = {doc[number].idx for number in part.tokens}
    return entity.get("start") in starts
