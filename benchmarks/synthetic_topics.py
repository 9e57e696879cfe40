"""Synthetic content for scaling: copies of the topics under new names and in other words.

A copy replaces each word of four letters or more with another English word, the same one everywhere: phrases keep
their form and length, and topics stay as distinct as they were.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.core.content.citations import cited_facts, with_targets
from assistant.core.content.yaml_files import read_yaml
from assistant.nlu.text.spacy_pipeline import dictionary_words
from benchmarks.projects import as_examples, examples_of, phrase_files, write_yaml

_WORD = re.compile(r"[A-Za-z]{4,}")
_LONGEST = 9  # letters; maximum length of a substitute

Rename = Callable[[str], str]


def grow(project: Path, times: int) -> None:
    """Add copies until the content is multiplied by `times`."""
    names = frozenset(topic["id"] for topic in read_yaml(project / "data" / "topics.yml")["topics"])
    words = substitutes(project) if times > 1 else []
    for number in range(2, times + 1):
        _add_copy(project, names, words, number)


def substitutes(project: Path) -> list[str]:
    """Return English words that no phrase contains."""
    used = {word.lower() for path in phrase_files(project) for word in _WORD.findall(path.read_text("utf-8"))}
    return sorted(
        word
        for word in dictionary_words()
        if word.isascii() and 4 <= len(word) <= _LONGEST and word not in used
    )


def reworded(text: str, words: Sequence[str], number: int) -> str:
    """Return a phrase in the vocabulary of a copy."""
    return _WORD.sub(lambda match: _substitute(match.group().lower(), words, number), text)


def renamed(name: str, names: frozenset[str], number: int) -> str:
    """Return the name of a topic, or of its response, in a copy; other names stay unchanged."""
    return f"{name}_copy{number}" if name.removeprefix("utter_") in names else name


def _substitute(word: str, words: Sequence[str], number: int) -> str:
    digest = hashlib.sha256(f"{number} {word}".encode()).digest()
    return words[int.from_bytes(digest[:8], "big") % len(words)]


def _add_copy(project: Path, names: frozenset[str], words: Sequence[str], number: int) -> None:
    def rename(name: str) -> str:
        return renamed(name, names, number)

    data, file = project / "data", f"copy{number}.yml"
    write_yaml(data / "en" / "nlu" / file, _phrases(project, names, words, number))
    write_yaml(data / "rules" / file, _rules(data, names, rename))
    write_yaml(data / "en" / "responses" / file, _responses(data, names, rename, number))
    write_yaml(data / "facts" / file, _facts(data, rename, number))
    _extend_topics(data / "topics.yml", names, rename, number)
    domain = read_yaml(project / "domain.yml")
    domain["intents"] += [rename(name) for name in domain["intents"] if name in names]
    write_yaml(project / "domain.yml", domain)


def _phrases(project: Path, names: frozenset[str], words: Sequence[str], number: int) -> dict[str, Any]:
    """Return a copy's phrases without `urgent` metadata: in other words, alarms are none."""
    blocks = []
    for path in _originals(project / "data" / "en" / "nlu"):
        for block in read_yaml(path)["nlu"]:
            if block.get("intent") in names:
                old = examples_of(block)
                new = [reworded(phrase, words, number) for phrase in old]
                kept = [phrase for phrase, before in zip(new, old) if phrase != before]
                blocks.append(
                    {"intent": renamed(block["intent"], names, number), "examples": as_examples(kept)}
                )
    return {"version": "3.1", "nlu": blocks}


def _rules(data: Path, names: frozenset[str], rename: Rename) -> dict[str, Any]:
    rules = [rule for path in _originals(data / "rules") for rule in read_yaml(path)["rules"]]
    copies = [
        {
            "rule": f"{rename(rule['steps'][0]['intent'])}: {rule['rule']}",
            "steps": [{key: rename(value) for key, value in step.items()} for step in rule["steps"]],
        }
        for rule in rules
        if rule["steps"][0].get("intent") in names
    ]
    return {"version": "3.1", "rules": copies}


def _responses(data: Path, names: frozenset[str], rename: Rename, number: int) -> dict[str, Any]:
    copies: dict[str, Any] = {}
    for path in _originals(data / "en" / "responses"):
        for name, variations in read_yaml(path)["responses"].items():
            if name.removeprefix("utter_") in names:
                copies[rename(name)] = [_variation(each, rename, number) for each in variations]
    return {"version": "3.1", "responses": copies}


def _variation(variation: dict[str, Any], rename: Rename, number: int) -> dict[str, Any]:
    about = dict(variation["metadata"])
    about["topic"] = rename(about["topic"])
    about["near"] = [rename(topic) for topic in about.get("near", ())]
    if about.get("details"):
        about["details"] = _recited(about["details"], number)
    return {**variation, "text": _recited(variation["text"], number), "metadata": about}


def _recited(text: str, number: int) -> str:
    """Return the text with its citations leading to the copies of the facts."""
    return with_targets(text, {name: f"{name}-copy{number}" for name in cited_facts(text)})


def _facts(data: Path, rename: Rename, number: int) -> dict[str, Any]:
    facts = [fact for path in _originals(data / "facts") for fact in read_yaml(path).get("facts", ())]
    return {
        "facts": [
            {**fact, "id": f"{fact['id']}-copy{number}", "topic": rename(fact["topic"])} for fact in facts
        ]
    }


def _extend_topics(path: Path, names: frozenset[str], rename: Rename, number: int) -> None:
    content = read_yaml(path)
    for topic in [topic for topic in content["topics"] if topic["id"] in names]:
        copy = {**topic, "id": rename(topic["id"]), "label": f"{topic['label']} ({number})"}
        if "near" in topic:
            copy["near"] = [rename(near) for near in topic["near"]]
        content["topics"].append(copy)
    write_yaml(path, content)


def _originals(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.yml") if not path.name.startswith("copy"))
