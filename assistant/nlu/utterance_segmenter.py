"""Rasa component: segments a message into questions, each of which later components read separately."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language
from spacy.tokens import Doc

from assistant.core.content.segmentation_examples import (
    SegmentationExample,
    load_segmentation_examples,
    otherwise_joined,
    segmentation_files,
)
from assistant.nlu.boundary_classifier import Example, read_boundaries, train_boundaries, write_boundaries
from assistant.nlu.component_base import TrainableComponent
from assistant.nlu.encoder import Encoder
from assistant.nlu.intent_classifier import ALARM_PROBABILITY, READER
from assistant.nlu.normalization import normalize
from assistant.nlu.segmentation import Segment, Shares, Span, Weights, segments
from assistant.nlu.sentence_encoder import TOKEN_EMBEDDINGS, temporary_encoder, token_spans
from assistant.nlu.spacy_pipeline import build_base
from assistant.nlu.speech_acts import (
    CONJUNCTIONS,
    FILLERS,
    SENTENCE_ENDINGS,
    asks_anywhere,
    has_no_content_word,
)
from assistant.nlu.text_analyzer import DOC, NORMALIZED_TEXT, VOCABULARY

SEGMENT = "part"
"""Message key, on a segment: indices of its tokens in the whole message."""
FILE = "boundaries.npz"
LIKELY_ALARM = 0.5
FEWEST_TOLD = 3  # words; "price" is a question, though without the form of one


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class UtteranceSegmenter(TrainableComponent):
    """Appends one message per question if there are several; ``QuestionSelector`` merges them again."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of ``segmentation/`` as ``data``; other keys are those of ``segmentation.Weights``."""
        return {"data": "data"}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a hash of the labelled messages, so that Rasa retrains the component when they change."""
        digest = hashlib.sha256()
        for path in segmentation_files(Path(config.get("data", "data"))):
            digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()

    def _write(self, training_data: TrainingData, folder: Path) -> None:
        language = build_base()
        with temporary_encoder() as encoder:
            examples = [
                _example(each, language, encoder)
                for message in load_segmentation_examples(Path(self._config["data"]))
                for each in (message, *otherwise_joined(message))
            ]
        write_boundaries(train_boundaries(examples), folder / FILE)

    def _read(self, folder: Path) -> None:
        self._boundaries = read_boundaries(folder / FILE)
        self._weights = Weights(
            **{key: value for key, value in self._config.items() if hasattr(Weights, key)}
        )

    def process(self, messages: list[Message]) -> list[Message]:
        return [each for whole in messages for each in (whole, *self._questions(whole))]

    def _questions(self, whole: Message) -> list[Message]:
        doc: Doc = whole.get(DOC)
        if len(doc) < 2 or (whole.get(TEXT) or "").startswith("/"):
            return []
        log_odds = self._boundaries.log_odds(list(doc), whole.get(TOKEN_EMBEDDINGS))
        read: dict[Span, Message] = {}

        def part(span: Span) -> Message:
            if span not in read:
                read[span] = _part(whole, _trimmed(doc, span))
                whole.get(READER)([read[span]])
            return read[span]

        def piece(span: Span) -> Segment:
            words, alarm = doc[slice(*span)], part(span).get(ALARM_PROBABILITY) > LIKELY_ALARM
            tells = len(words) >= FEWEST_TOLD and not asks_anywhere(words)
            return Segment(_shares(part(span)), tells, alarm)

        alarming = whole.get(ALARM_PROBABILITY) > LIKELY_ALARM
        found = segments(log_odds, piece, self._weights, alarming=alarming)
        questions = list(_saying_something(doc, found))
        return [part(span) for span in questions] if len(questions) > 1 else []


def _example(message: SegmentationExample, language: Language, encoder: Encoder) -> Example:
    """Build a training example as the pipeline would see the message, except for spelling correction."""
    doc = language(normalize(message.without_marks))
    ends = [len(normalize(before)) for before in message.before_marks]
    _, states = encoder.encode_words(doc.text, token_spans(doc))
    begins = frozenset(next(token.i for token in doc if token.idx > end) for end in ends)
    return Example(list(doc), states, begins)


def _saying_something(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans, with those without a content word merged into the previous one: "what can i expect and when"."""
    start, end = spans[0]
    for following, last in spans[1:]:
        words = _trimmed(doc, (following, last))
        if len(words) > 1 or not has_no_content_word([doc[number] for number in words]):
            yield start, end
            start = following
        end = last
    yield start, end


def _shares(part: Message) -> Shares:
    return {entry["name"]: entry["confidence"] for entry in part.get(INTENT_RANKING_KEY)}


def _part(whole: Message, words: Sequence[int]) -> Message:
    doc = _doc(whole.get(DOC), words)
    begins = {whole.get(DOC)[number].idx for number in words}
    entities = [entity for entity in whole.get(ENTITIES, []) if entity.get("start") in begins]
    message = Message(
        {TEXT: doc.text, NORMALIZED_TEXT: doc.text, DOC: doc, "metadata": whole.get("metadata")}
    )
    message.set(VOCABULARY, whole.get(VOCABULARY))
    message.set(READER, whole.get(READER))
    message.set(SEGMENT, words)
    message.set(ENTITIES, entities, add_to_output=True)
    return message


def _doc(doc: Doc, words: Sequence[int]) -> Doc:
    tokens = [doc[number] for number in words]
    return Doc(
        doc.vocab,
        words=[token.text for token in tokens],
        spaces=[*(bool(token.whitespace_) for token in tokens[:-1]), False],
        lemmas=[token.lemma_ for token in tokens],
    )


def _trimmed(doc: Doc, span: Span) -> range:
    """Return the token indices of a span without leading and trailing links."""
    start, end = span
    asking = {"?", "??", "?!"}
    while end - start > 1 and doc[end - 1].lower_ in (CONJUNCTIONS | SENTENCE_ENDINGS | {")"}) - asking:
        end -= 1
    # "ok to exfoliate" is a question, "ok" in "ok does it hurt" is a filler
    while (
        end - start > 1
        and doc[start].lower_ in CONJUNCTIONS | SENTENCE_ENDINGS | FILLERS | {"or", ")"}
        and doc[start + 1].lower_ != "to"
    ):
        start += 1
    return range(start, end)
