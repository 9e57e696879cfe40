"""The stock contender: the same assistant with the configuration that `rasa init` writes, in its own environment.

`rasa init` leaves pipeline and policies empty, and Rasa fills in its default configuration, so that file is used.
Phrases, domain and responses are the same, and so are the plain rules: those for a known date need our actions. The
channel is REST, conversations are in memory, and responses come from Rasa's own generator, with the values of our
generator's placeholders. The environment has TensorFlow, which the assistant's own lacks.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assistant.core.aftercare.figures import load_figures
from assistant.core.aftercare.guide import load_guide
from assistant.core.content.citations import without_citations
from assistant.core.content.topics import rules_file
from assistant.core.content.yaml_files import read_yaml
from assistant.nlg.response_generator import retention_in_words
from testbed.environment import ROOT
from testbed.projects import copy_project, write_yaml

_DEFAULT = Path("engine", "recipes", "config_files", "default_config.yml")


def installed_python() -> str:
    """Return the path of its Python interpreter, after installing what is missing."""
    subprocess.run([ROOT / "scripts" / "setup.sh", "stock"], cwd=ROOT, check=True)
    return str(ROOT / ".stock" / "bin" / "python")


def write_stock_project(
    target: Path, epochs: int | None = None, phrases: int | None = None, stories: bool = False
) -> Path:
    """Write the project to a folder; `epochs` overrides the defaults, `stories` adds a story for each rule."""
    copy_project(target, phrases)
    write_yaml(target / "config.yml", _configuration(epochs))
    write_yaml(target / "credentials.yml", {"rest": None})
    (target / "endpoints.yml").write_text("", "utf-8")
    fill = _filler(target)
    for path in (target / "data" / "en" / "responses").glob("*.yml"):
        responses = read_yaml(path)
        for variation in (each for name in responses["responses"].values() for each in name):
            variation["text"] = fill(variation["text"])
        write_yaml(path, responses)
    rules = [rule for rule in read_yaml(rules_file(target / "data"))["rules"] if "condition" not in rule]
    write_yaml(rules_file(target / "data"), {"version": "3.1", "rules": rules})
    if stories:  # TEDPolicy and UnexpecTEDIntentPolicy learn from stories only
        stories_of_rules = [{"story": rule["rule"], "steps": rule["steps"]} for rule in rules]
        write_yaml(target / "data" / "stories.yml", {"version": "3.1", "stories": stories_of_rules})
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


def _filler(project: Path) -> Callable[[str], str]:
    """Return the function that gives a text as people read it, without the numbers of its sources."""
    guide = load_guide(project / "data", project / "clinic")
    content = guide.content
    figures = load_figures(project / "data", guide.aftercare, content.facts)
    own = {"named": content.something_else, "retention": retention_in_words(project / "data")}
    return lambda text: content.filled(without_citations(figures.fill(text)), **own)
