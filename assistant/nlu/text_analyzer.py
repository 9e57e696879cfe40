"""Rasa component: normalizes a message, runs the spaCy pipeline and extracts the entities of the lexicon."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, Final

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.tokens import Span

from assistant.core.content.alarms import load_alarms
from assistant.core.content.language import LANGUAGE
from assistant.core.content.lexicon import Lexicon, load_lexicon
from assistant.nlu.component_base import TrainableComponent
from assistant.nlu.normalization import normalize, shortened
from assistant.nlu.spacy_pipeline import build_language, dictionary_words, find_spans
from assistant.nlu.spell_correction import SpellingCorrector, frequent_words

SHORT = 5  # letters

REMARK: Final = "remark"
"""Entity of an insult."""

NORMALIZED_TEXT = "clean_text"
"""Message key: the normalized text with corrected spelling."""
VOCABULARY = "english"
"""Message key: all words that count as English; one set shared by all messages."""
DOC = "analysed_doc"
"""Message key: the spaCy doc."""


# registered as a tokenizer, because later components are trained on its result for the phrases
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class TextAnalyzer(TrainableComponent):
    """Analyses a message: a spaCy doc for later components, and entities with the values of the lexicon."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of ``lexicon/`` and ``alarms.yml`` as ``data``."""
        return {"data": "data"}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a hash of the lexicon and the alarms, so that Rasa retrains the component when they change."""
        digest = hashlib.sha256()
        data = Path(config.get("data", "data"))
        for path in [*sorted((data / LANGUAGE / "lexicon").glob("*.yml")), data / LANGUAGE / "alarms.yml"]:
            digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()

    def _write(self, training_data: TrainingData, folder: Path) -> None:
        lexicon = load_lexicon(Path(self._config["data"]))
        build_language(lexicon).to_disk(folder / "language")
        texts = [
            normalize(message.get(TEXT)) for message in training_data.intent_examples if message.get(TEXT)
        ]
        dictionary = frozenset(dictionary_words())
        frequent = dict.fromkeys([*frequent_words(texts, dictionary), *self._words_to_find(lexicon)])
        spelling = {"frequent": list(frequent), "known": sorted(dictionary)}
        (folder / "spelling.json").write_text(json.dumps(spelling), encoding="utf-8")

    def _words_to_find(self, lexicon: Lexicon) -> list[str]:
        # correction targets even if no phrase has them; short ones are too similar to too many other words
        terms = [term for entries in lexicon.values() for entry in entries.values() for term in entry.terms]
        signs = [sign for alarm in load_alarms(Path(self._config["data"])) for sign in alarm.signs]
        words = dict.fromkeys(re.findall(r"[a-z]+", " ".join([*terms, *signs])))
        return [word for word in words if len(word) > SHORT]

    def _read(self, folder: Path) -> None:
        self._language = spacy.load(folder / "language")
        spelling = json.loads((folder / "spelling.json").read_text(encoding="utf-8"))
        self._spelling = SpellingCorrector(spelling["frequent"], spelling["known"])

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        for message in training_data.training_examples:
            message.set(NORMALIZED_TEXT, self._clean(message))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            message.set(NORMALIZED_TEXT, self._clean(message))
            message.set(VOCABULARY, self._spelling.known)
            doc = self._language(message.get(NORMALIZED_TEXT))
            message.set(DOC, doc)
            entities = [_entity(span) for span in find_spans(doc)]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        return messages

    def _clean(self, message: Message) -> str:
        return self._spelling.correct(shortened(normalize(message.get(TEXT) or "")))


def _entity(span: Span) -> dict[str, Any]:
    return {
        "entity": span.label_,
        "value": span.id_,
        "start": span.start_char,
        "end": span.end_char,
        "extractor": TextAnalyzer.__name__,
    }
