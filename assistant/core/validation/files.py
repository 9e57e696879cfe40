"""Checks of the files themselves: names that nothing reads, and duplicate keys, of which only the last counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from assistant.core.content.issues import Issue
from assistant.core.content.yaml_files import Loader
from assistant.core.validation.project_content import ProjectContent


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield files that nothing reads, and duplicate keys in a mapping."""
    clinic = material.root / "clinic"
    for path in sorted(clinic.glob("[!.]*")):
        if path.name != "settings.yml" and not any(map(path.match, ("aftercare*.yml", "answers*.yml"))):
            expected = "settings.yml, aftercare.yml or answers.yml"
            yield Issue(str(path), "nobody reads this file", expected=expected)
    for path in sorted(clinic.glob("*.yml")):
        yield from _doubled_keys(path)
    for folder in (material.data, material.root / "tests" / "nlu"):
        for path in sorted(folder.glob("**/*.yaml")):
            yield Issue(str(path), "ends in .yaml, which only Rasa reads", expected=f"{path.stem}.yml")
        for path in sorted(folder.glob("**/*.yml")):
            yield from _doubled_keys(path)


def _doubled_keys(path: Path) -> Iterator[Issue]:
    try:
        tree = yaml.compose(path.read_text(encoding="utf-8"), Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return  # reported when the file is read
    for node in _mappings(tree):
        counts = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        for key, count in counts.items():
            if count > 1:
                line = node.start_mark.line + 1
                yield Issue(
                    str(path), f"key {key}: given {count} times from line {line} on, and only the last counts"
                )


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)
