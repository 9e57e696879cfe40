"""Rasa component: runs the project's own spaCy pipeline and finds the entities of the lexicon."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language
from spacy.tokens import Span

from knowledge.alarms import load_alarms
from knowledge.lexicon import Lexicon, load_lexicon
from nlu.language import build_language, dictionary_words, find_spans
from nlu.normalising import normalise
from nlu.spelling import SpellingCorrector, frequent_words

SHORT = 5  # letters

CLEAN_TEXT = "clean_text"
"""Key under which later components find the text, evened out and with its spelling mended."""
ENGLISH = "english"
"""Key under which later components find all words that count as English; one set for all messages."""
DOC = "analysed_doc"
"""Key under which later components find the spaCy doc of a message."""


# a tokenizer to Rasa: later components are trained on what it makes of the phrases
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class LanguageAnalyser(GraphComponent):
    """Analyses a message: a spaCy doc for later components, entities with the values of topics.md."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._language: Language | None = None
        self._spelling: SpellingCorrector | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``data``: the folder that holds ``lexicon/``."""
        return {"data": "data"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageAnalyser:
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Makes Rasa train again when the lexicon or the alarms have changed."""
        digest = hashlib.sha256()
        data = Path(config.get("data", "data"))
        for path in [*sorted((data / "lexicon").glob("*.yml")), data / "alarms.yml"]:
            digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        lexicon = load_lexicon(Path(self._config["data"]))
        language = build_language(lexicon)
        texts = [
            normalise(message.get(TEXT)) for message in training_data.intent_examples if message.get(TEXT)
        ]
        dictionary = frozenset(dictionary_words())
        with self._storage.write_to(self._resource) as folder:
            language.to_disk(folder / "language")
            frequent = list(
                dict.fromkeys([*frequent_words(texts, dictionary), *self._words_to_find(lexicon)])
            )
            spelling = {"frequent": frequent, "known": sorted(dictionary)}
            (folder / "spelling.json").write_text(json.dumps(spelling), encoding="utf-8")
            self._load(folder)
        return self._resource

    def _words_to_find(self, lexicon: Lexicon) -> list[str]:
        # worth correcting towards, even if no phrase has them; short ones are too near to too many others
        terms = [term for entries in lexicon.values() for entry in entries.values() for term in entry.terms]
        signs = [sign for alarm in load_alarms(Path(self._config["data"])) for sign in alarm.signs]
        words = dict.fromkeys(re.findall(r"[a-z]+", " ".join([*terms, *signs])))
        return [word for word in words if len(word) > SHORT]

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageAnalyser:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._load(folder)
        return component

    def _load(self, folder: Path) -> None:
        self._language = spacy.load(folder / "language")
        spelling = json.loads((folder / "spelling.json").read_text(encoding="utf-8"))
        self._spelling = SpellingCorrector(spelling["frequent"], spelling["known"])

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        for message in training_data.training_examples:
            message.set(CLEAN_TEXT, self._clean(message))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        if self._language is None or self._spelling is None:
            raise RuntimeError("LanguageAnalyser is neither trained nor loaded.")
        for message in messages:
            message.set(CLEAN_TEXT, self._clean(message))
            message.set(ENGLISH, self._spelling.known)
            doc = self._language(message.get(CLEAN_TEXT))
            message.set(DOC, doc)
            entities = [_entity(span) for span in find_spans(doc)]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        return messages

    def _clean(self, message: Message) -> str:
        if self._spelling is None:
            raise RuntimeError("LanguageAnalyser is neither trained nor loaded.")
        return self._spelling.correct(normalise(message.get(TEXT) or ""))


def _entity(span: Span) -> dict[str, Any]:
    return {
        "entity": span.label_,
        "value": span.id_,
        "start": span.start_char,
        "end": span.end_char,
        "extractor": LanguageAnalyser.__name__,
    }
