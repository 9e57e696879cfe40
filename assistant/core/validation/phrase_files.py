"""Training phrases of ``data/en/nlu``, in Rasa's format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.yaml_files import Record, read_yaml

_BULLET = "- "


class Phrase(Record):
    """A training phrase of a topic."""

    topic: str
    text: str


def load_phrases(path: Path) -> list[Phrase]:
    """Load the phrases of one file.

    Raises:
        ContentError: with every issue of the file.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get("nlu"), list):
        raise ContentError(
            [Issue(str(path), "has no list under 'nlu'", expected="nlu: [{intent, examples}]")]
        )
    issues: list[Issue] = []
    phrases: list[Phrase] = []
    for number, entry in enumerate(content["nlu"], start=1):
        problem = _problem(entry)
        if problem:
            issues.append(
                Issue(str(path), f"nlu {number}: {problem}", expected="intent: …, examples: |, then - …")
            )
        else:
            phrases += [Phrase(topic=entry["intent"], text=text) for text in _texts(entry["examples"])]
    if issues:
        raise ContentError(issues)
    return phrases


def _problem(entry: Any) -> str:
    if not isinstance(entry, dict) or not isinstance(entry.get("intent"), str):
        return "is not an intent"
    if not isinstance(entry.get("examples"), str):
        return "has no examples as text"
    stray = next((line for line in _lines(entry["examples"]) if not line.startswith(_BULLET)), "")
    return f"a line does not start with '- ': {stray}" if stray else ""


def _lines(examples: str) -> Iterator[str]:
    return (line.strip() for line in examples.splitlines() if line.strip())


def _texts(examples: str) -> Iterator[str]:
    return (line.removeprefix(_BULLET).strip() for line in _lines(examples))
