"""Everything learned about texts in one object: encoder, topics, alarms, boundaries, follow-ups and facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from assistant.nlu.classifiers.alarms import AlarmClassifier, train_alarms
from assistant.nlu.classifiers.arrays import read_arrays, write_arrays
from assistant.nlu.classifiers.boundaries import BoundaryClassifier
from assistant.nlu.classifiers.ensemble import TopicEnsemble, train_ensemble
from assistant.nlu.classifiers.follow_ups import FollowUpRanker, Topics
from assistant.nlu.classifiers.linear import TermIndex, Vectors, index_terms
from assistant.nlu.classifiers.parallel import run_both
from assistant.nlu.encoder import MINILM, SentenceEncoder, encoder_module

TOP_K = 10  # topics of a reading


@dataclass(frozen=True)
class Reading:
    """Topics and probabilities of an alarm and an unclear symptom of a text, by the classifiers."""

    topics: Topics
    """The most probable ones, in this order."""
    alarm_probability: float
    embedding: Vectors
    """[width]"""
    unclear_probability: float = 0.0

    @property
    def topic(self) -> str:
        """The most probable topic."""
        return next(iter(self.topics))

    @property
    def confidence(self) -> float:
        return self.topics[self.topic]

    def without(self, topics: Collection[str]) -> Reading:
        """Return the reading without these topics, their probability shared out to the others."""
        kept = {topic: share for topic, share in self.topics.items() if topic not in topics}
        total = sum(kept.values())
        if len(kept) == len(self.topics) or total <= 0:
            return self
        return replace(self, topics={topic: share / total for topic, share in kept.items()})


@dataclass(frozen=True)
class FactIndex:
    """Facts by sentence embedding."""

    ids: list[str]
    vectors: Vectors
    """[len(ids), width]"""

    def nearest(self, embedding: Vectors, min_similarity: float, top_k: int) -> tuple[str, ...]:
        """Return the ids of the nearest facts that are similar enough."""
        cosines = self.vectors @ embedding
        best = np.argsort(-cosines)[:top_k]
        return tuple(self.ids[number] for number in best if cosines[number] >= min_similarity)


@dataclass(frozen=True)
class Classifiers:
    """The classifiers that training fits to the phrases."""

    index: TermIndex
    topics: TopicEnsemble
    alarms: AlarmClassifier | None
    """``None`` if no phrase is an alarm."""

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        layers: Vectors,
        labels: Sequence[str],
        alarms: Sequence[bool],
        unclear: Sequence[bool],
        *,
        width: int,
    ) -> Classifiers:
        """Train on phrases with their layers, as the encoder returns them; the first `width` are the embedding.

        Topics are learned from phrases without an alarm: an alarm has no topic, whatever question it appears in. The
        same holds for unclear symptoms, whose brief phrases would attract other brief messages.
        """
        index, counts = index_terms(texts)
        is_alarm, is_unclear = np.array(alarms), np.array(unclear)
        numbers = np.flatnonzero(~is_alarm & ~is_unclear)
        terms = [index.terms(texts[number]) for number in numbers]
        named = [labels[number] for number in numbers]
        of_topics, of_alarms = run_both(
            lambda: train_ensemble(counts[numbers], terms, layers[numbers], named, width),
            lambda: train_alarms(counts, layers, is_alarm, is_unclear),
        )
        return cls(index, of_topics, of_alarms)

    def read(self, texts: Sequence[str], layers: Vectors) -> list[Reading]:
        """Return the readings of texts with their layers."""
        terms = [self.index.terms(text) for text in texts]
        nothing = np.zeros((len(texts), 2))
        alarms = nothing if self.alarms is None else self.alarms.probabilities(terms, layers)
        vectors = layers[:, : self.topics.width]
        probabilities = self.topics.probabilities(terms, layers)
        labels, best = self.topics.labels, np.argsort(-probabilities, axis=1)[:, :TOP_K]
        return [
            Reading({labels[n]: float(row[n]) for n in top}, float(alarm), vector, float(unclear))
            for row, top, (alarm, unclear), vector in zip(probabilities, best, alarms, vectors)
        ]


@dataclass(frozen=True)
class Reader:
    """Reads texts. What was not trained, for want of examples, is ``None``."""

    encoder: SentenceEncoder
    classifiers: Classifiers
    boundaries: BoundaryClassifier | None = None
    follow_ups: FollowUpRanker | None = None
    facts: FactIndex | None = None

    @property
    def labels(self) -> Sequence[str]:
        """The topics that were trained."""
        return self.classifiers.topics.labels

    def fingerprint(self) -> str:
        """Return an id for Rasa's cache, which needs one of everything that a component provides."""
        return str(id(self))

    def read(self, text: str) -> Reading:
        """Return the reading of a normalized text."""
        (reading,) = self.read_each([text])
        return reading

    def read_each(self, texts: Sequence[str]) -> list[Reading]:
        """Return the readings of normalized texts."""
        return self.classifiers.read(texts, self.encoder.encode_layers(texts))

    def read_message(self, doc: Doc) -> tuple[Reading, Vectors]:
        """Return the reading of a message, and the states of its tokens, [len(doc), any number]."""
        layers, states = self.encoder.encode_with_tokens(doc)
        (reading,) = self.classifiers.read([doc.text], layers[np.newaxis])
        return reading, states

    def write(self, folder: Path) -> None:
        """Write everything but the encoder, whose files are there already."""
        write_arrays(folder / "terms.npz", self.classifiers.index)
        write_arrays(folder / "topics.npz", self.classifiers.topics)
        for name in ("alarms", "boundaries", "follow_ups", "facts"):
            part = self.classifiers.alarms if name == "alarms" else getattr(self, name)
            if part is not None:
                write_arrays(folder / f"{name}.npz", part)

    @classmethod
    def load(cls, folder: Path, encoder: str = MINILM) -> Reader:
        """Read what ``write`` wrote, and the encoder by its module's name."""

        def optional(name: str, build: Callable[..., Any]) -> Any:
            path = folder / f"{name}.npz"
            return build(**read_arrays(path)) if path.exists() else None

        index = TermIndex(**read_arrays(folder / "terms.npz"))
        topics = TopicEnsemble.of(read_arrays(folder / "topics.npz"))
        return cls(
            encoder_module(encoder).read(folder),
            Classifiers(index, topics, optional("alarms", AlarmClassifier.of)),
            optional("boundaries", BoundaryClassifier),
            optional("follow_ups", FollowUpRanker),
            optional("facts", FactIndex),
        )
