"""Rasa's RulePolicy, trained on rules alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.graph_components.providers.training_tracker_provider import TrainingTrackerProvider
from rasa.shared.core.domain import Domain
from rasa.shared.importers.importer import TrainingDataImporter


def trained_policy(folder: Path, domain_file: Path, *data: Path) -> tuple[RulePolicy, Domain]:
    """Train a policy on rules; `data` are files or folders with rules and responses."""
    importer = TrainingDataImporter.load_from_dict(
        domain_path=str(domain_file), training_data_paths=[*map(str, data)], config={}
    )
    domain = importer.get_domain()
    storage, context = LocalModelStorage.create(folder), ExecutionContext(GraphSchema({}))
    given: dict[str, Any] = {"model_storage": storage, "execution_context": context}
    trackers = TrainingTrackerProvider.create(
        TrainingTrackerProvider.get_default_config(), resource=Resource("trackers"), **given
    ).provide(importer.get_stories(), domain)
    policy = RulePolicy.create(RulePolicy.get_default_config(), resource=Resource("rules"), **given)
    policy.train(trackers, domain)
    return policy, domain
