"""Copies of the project's content that a benchmark can modify, train and run, and the trained model."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from assistant.core.content.yaml_files import read_yaml
from scripts.train import present_model
from testbed.environment import ROOT

FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
FOLDERS = ("data", "clinic")


def copy_project(target: Path, phrases: int | None = None) -> Path:
    """Copy everything that Rasa and the answers read, but no code; `phrases` limits the phrases per intent."""
    target.mkdir()
    for name in FILES:
        shutil.copy(ROOT / name, target)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, target / name)
    for path in phrase_files(target) if phrases is not None else ():
        content = read_yaml(path)
        for block in content["nlu"]:
            block["examples"] = as_examples(examples_of(block)[:phrases])
        write_yaml(path, content)
    return target


def present_assistant() -> Path:
    """Return the model of the current data, or else the newest one."""
    model = ROOT / present_model(ROOT)
    if model.exists():
        return model
    models = sorted((ROOT / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise FileNotFoundError("there is no trained model: run `make train` first")
    return models[-1]


def phrase_files(project: Path) -> list[Path]:
    """Return the files with phrases, in a fixed order."""
    return sorted((project / "data" / "en" / "nlu").rglob("*.yml"))


def examples_of(block: dict[str, Any]) -> list[str]:
    """Return the phrases of one intent's block."""
    return [line.removeprefix("- ") for line in str(block["examples"]).splitlines() if line.startswith("- ")]


def as_examples(phrases: Iterable[str]) -> str:
    """Return the phrases as a block, the inverse of `examples_of`."""
    return "".join(f"- {phrase}\n" for phrase in phrases)


def all_phrases(project: Path) -> list[str]:
    """Return the phrases of all topics."""
    blocks = (block for path in phrase_files(project) for block in read_yaml(path)["nlu"])
    return [phrase for block in blocks for phrase in examples_of(block)]


def write_yaml(path: Path, content: Any) -> None:
    """Write a YAML file, creating its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
