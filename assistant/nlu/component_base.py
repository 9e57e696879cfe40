"""What Rasa components share that learn something: it goes into a folder of the model, and is read back from there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.training_data import TrainingData


class TrainableComponent(GraphComponent, ABC):
    """A component that keeps files in the model. What it uses is always what was read from them."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TrainableComponent:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TrainableComponent:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._read(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        with self._storage.write_to(self._resource) as folder:
            self._write(training_data, folder)
            self._read(folder)
        return self._resource

    @abstractmethod
    def _write(self, training_data: TrainingData, folder: Path) -> None:
        """Learns, and writes what was learned."""

    @abstractmethod
    def _read(self, folder: Path) -> None:
        """Takes what was learned."""


class StatelessComponent(GraphComponent):
    """A component that keeps nothing in the model."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> StatelessComponent:
        return cls(config)
