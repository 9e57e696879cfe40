"""Rasa component: trains everything learned, and provides it to ``DialogueInterpreter``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from assistant.nlu.components.base import TrainableComponent
from assistant.nlu.components.text_analyzer import NORMALIZED_TEXT
from assistant.nlu.encoder import MINILM, encoder_module
from assistant.nlu.reader import Reader
from assistant.nlu.training import Phrase, digest, reader_files, train_reader


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MODEL_LOADER, is_trainable=True)
class UtteranceReader(TrainableComponent):
    """Owns the ``Reader``: encoder, classifiers of topics, alarms, boundaries and follow-ups, and index of facts."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of the content as ``data``, and the module of the encoder."""
        return {**TrainableComponent.get_default_config(), "encoder": MINILM}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a hash of the encoder and the content, so that Rasa retrains the component when they change."""
        return encoder_module(config.get("encoder", MINILM)).VERSION + digest(
            reader_files(Path(config.get("data", "data")))
        )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TrainableComponent:
        # a provider in the graph has a resource of its own name: the files are those of the node that was trained
        trained = Resource(resource.name.replace("provide_", "train_", 1))
        return super().load(config, model_storage, trained, execution_context, **kwargs)

    def _train(self, training_data: TrainingData, folder: Path) -> None:
        phrases = [_phrase(message) for message in training_data.intent_examples if message.get(TEXT)]
        train_reader(self._data, phrases, folder, self._config["encoder"]).write(folder)

    def _read(self, folder: Path) -> None:
        # one message is too small to parallelize: a second thread only waits, on a core that another request needs
        threadpool_limits(limits=1, user_api="blas")
        self._reader = Reader.load(folder, self._config["encoder"])

    def provide(self) -> Reader:
        """Return the reader; Rasa passes it on as ``model``."""
        return self._reader


def _phrase(message: Message) -> Phrase:
    about = (message.get("metadata") or {}).get("intent") or {}
    return Phrase(
        message.get(TEXT),
        message.get(NORMALIZED_TEXT),
        str(message.get(INTENT)),
        is_alarm=bool(about.get("urgent")),
        is_unclear=bool(about.get("unclear")),
    )
