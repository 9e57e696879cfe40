"""Copies of the project's content that a benchmark can modify, train and run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from assistant.core.content.yaml_files import read_yaml
from benchmarks.run import ROOT

FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
FOLDERS = ("data", "clinic")


def copy_project(target: Path, phrases: int | None = None) -> Path:
    """Copy everything that Rasa and the answers read, but no code; `phrases` limits the phrases per intent."""
    target.mkdir()
    for name in FILES:
        if not (ROOT / name).exists():
            raise FileNotFoundError(f"{ROOT / name} is missing: the benchmarks need the whole project")
        shutil.copy(ROOT / name, target)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, target / name)
    if phrases is not None:
        change_phrases(target, lambda examples: examples[:phrases])
    return target


def change_phrases(project: Path, change: Callable[[list[str]], list[str]]) -> None:
    """Replace the phrases of each intent."""
    for path in phrase_files(project):
        content = read_yaml(path)
        for block in content["nlu"]:
            block["examples"] = as_examples(change(examples_of(block)))
        write_yaml(path, content)


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
