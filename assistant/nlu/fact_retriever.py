"""Rasa component: retrieves the facts nearest to a question that was not understood."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.core.content.articles import fact_files, load_facts
from assistant.core.protocol import CLOSEST_FACTS, FALLBACK
from assistant.nlu.component_base import TrainableComponent
from assistant.nlu.encoder import Vectors
from assistant.nlu.normalization import normalize
from assistant.nlu.sentence_encoder import SENTENCE_EMBEDDING, temporary_encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FactRetriever(TrainableComponent):
    """Searches facts by sentence embedding."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of the facts (``data``), the minimum cosine (``near``) and the maximum count (``most``)."""
        return {"data": "data", "near": 0.4, "most": 2}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a hash of the facts, so that Rasa retrains the component when they change."""
        digest = hashlib.sha256()
        for path in fact_files(Path(config.get("data", "data"))):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _write(self, training_data: TrainingData, folder: Path) -> None:
        facts = load_facts(Path(self._config["data"]))
        with temporary_encoder() as encoder:
            vectors = encoder.encode([normalize(fact.statement) for fact in facts.values()])
        np.save(folder / "facts.npy", vectors, allow_pickle=False)
        (folder / "facts.json").write_text(json.dumps(list(facts)), encoding="utf-8")

    def _read(self, folder: Path) -> None:
        self._ids: list[str] = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        self._vectors: Vectors = np.load(folder / "facts.npy", allow_pickle=False)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(INTENT)["name"] == FALLBACK:
                message.set(CLOSEST_FACTS, self._nearest(message.get(SENTENCE_EMBEDDING)), add_to_output=True)
        return messages

    def _nearest(self, vector: Vectors) -> list[str]:
        cosines = self._vectors @ vector
        best = np.argsort(-cosines)[: self._config["most"]]
        return [self._ids[number] for number in best if cosines[number] >= self._config["near"]]
