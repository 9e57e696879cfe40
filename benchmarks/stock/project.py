"""The same assistant with the configuration that `rasa init` writes.

`rasa init` leaves pipeline and policies empty, and Rasa fills in its default configuration, so that file is used.
Phrases, domain, rules and responses are the same; the channel is REST, conversations are in memory, and responses come
from Rasa's own generator. Placeholders are substituted and citations removed beforehand, so that stock has nothing to
log and shows what people read.
"""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assistant.core.aftercare.figures import Figures, load_figures
from assistant.core.aftercare.guide import load_guide
from assistant.core.content.citations import without_citations
from assistant.core.content.content import Content
from assistant.core.content.yaml_files import read_yaml
from benchmarks.projects import copy_project, write_yaml

_DEFAULT = Path("engine", "recipes", "config_files", "default_config.yml")


def write_stock_project(
    target: Path, epochs: int | None = None, phrases: int | None = None, stories: bool = False
) -> Path:
    """Write the project to a folder; `epochs` overrides the defaults, `stories` adds a story for each rule."""
    copy_project(target, phrases)
    guide = load_guide(target / "data", target / "clinic")
    write_yaml(target / "config.yml", _configuration(epochs))
    write_yaml(target / "credentials.yml", {"rest": None})
    (target / "endpoints.yml").write_text("", "utf-8")
    figures = load_figures(target / "data", guide.aftercare, guide.content.facts)
    for path in (target / "data" / "en" / "responses").glob("*.yml"):
        write_yaml(path, _filled(read_yaml(path), guide.content, figures))
    if stories:
        _tell_rules_as_stories(target / "data")
    for part in ("facts", "en/lexicon"):  # Rasa does not read them
        shutil.rmtree(target / "data" / part)
    return target


def _configuration(epochs: int | None) -> dict[str, Any]:
    rasa = find_spec("rasa")
    assert rasa is not None
    assert rasa.origin is not None
    configuration: dict[str, Any] = read_yaml(Path(rasa.origin).parent / _DEFAULT)
    for component in (*configuration["pipeline"], *configuration["policies"]):
        if epochs is not None and "epochs" in component:
            component["epochs"] = epochs
    return configuration


def _filled(responses: dict[str, Any], content: Content, figures: Figures) -> dict[str, Any]:
    for variations in responses["responses"].values():
        for variation in variations:
            text = content.filled(figures.fill(variation["text"]), named=content.something_else)
            variation["text"] = without_citations(text)
    return responses


def _tell_rules_as_stories(data: Path) -> None:
    """Add a story for each rule, because TEDPolicy and UnexpecTEDIntentPolicy learn from stories only."""
    rules = [rule for path in sorted((data / "rules").glob("*.yml")) for rule in read_yaml(path)["rules"]]
    told = [{"story": rule["rule"], "steps": rule["steps"]} for rule in rules]
    write_yaml(data / "stories.yml", {"version": "3.1", "stories": told})
