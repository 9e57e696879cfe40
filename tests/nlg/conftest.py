"""Answers of the project's response generator, without a trained model."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant.core.content.yaml_files import read_yaml
from assistant.core.validation.clinic_files import VARIABLE
from assistant.nlg.response_generator import ResponseGenerator

ROOT = Path(__file__).parents[2]
Message = dict[str, Any]
CHANNEL = "terminal"


class Project:
    """The project's content, with a clinic and data of a test's own."""

    def __init__(self, root: Path) -> None:
        self.root, self.said = root, list[Event]()
        (root / "clinic").mkdir()
        shutil.copy(ROOT / "clinic" / "settings.yml", root / "clinic")
        shutil.copytree(
            ROOT / "data", root / "data", ignore=shutil.ignore_patterns("nlu", "follow_ups", "segmentation")
        )

    def change_rule(self, name: str, **values: Any) -> None:
        """Change the values of an aftercare rule of the articles."""
        path = self.root / "data" / "aftercare.yml"
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        next(rule for rule in content["aftercare"] if rule["id"] == name).update(values)
        path.write_text(yaml.safe_dump(content), encoding="utf-8")

    def clinic(self, name: str, content: Mapping[str, Any]) -> None:
        """Write a file of the clinic."""
        (self.root / "clinic" / name).write_text(yaml.safe_dump(dict(content)), encoding="utf-8")

    def domain(self) -> Domain:
        """Return the domain as Rasa loads it for training, without the intents."""
        content = read_yaml(ROOT / "domain.yml")
        responses: dict[str, Any] = {}
        for path in sorted((self.root / "data" / "en" / "responses").glob("*.yml")):
            responses |= read_yaml(path)["responses"]
        return Domain.from_dict({"slots": content["slots"], "responses": responses})

    async def answer(self, topic: str, channel: str = CHANNEL, **named: str) -> Message:
        """Return the answer to a question on the topic that names these values by entity."""
        domain = self.domain()
        generator = ResponseGenerator(EndpointConfig(data=str(self.root / "data")), domain)
        generator.responses = domain.responses  # as Rasa does when it loads a model
        entities = [{"entity": entity, "value": value} for entity, value in named.items()]
        self.said.append(UserUttered("?", {"name": topic}, entities, {"text": "?", "entities": entities}))
        tracker = DialogueStateTracker.from_events(
            "talk", [SlotSet("treatment", None), *self.said], domain.slots
        )
        message = await generator.generate(f"utter_{topic}", tracker, channel)
        assert message is not None
        self.said.append(BotUttered(message["text"], metadata={"utter_action": f"utter_{topic}", **message}))
        return message


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The project's content in a folder of its own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "clinic"))
    return Project(tmp_path)
