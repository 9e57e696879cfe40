"""Files for Rasa written from ``data/topics.yml``: intents of ``domain.yml``, and rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.topics import Intent, Topic, load_intents, load_topics

NOTE = "written by `make content` from data/topics.yml"
OTHERS = "no topics: set by a component or a button, or about the answer before"
_INTENTS = re.compile(r"^intents:.*\n(?:(?:[ #].*)?\n)*", re.MULTILINE)


def rules_file(data: Path) -> Path:
    """Return the path of the generated rules."""
    return data / "rules" / "topics.yml"


def generated_files(root: Path) -> dict[Path, str]:
    """Return the wanted text of each generated file of the project, by path.

    Raises:
        ContentError: ``data/topics.yml`` or ``domain.yml`` cannot be used.
    """
    data, domain = root / "data", root / "domain.yml"
    topics, intents = load_topics(data), load_intents(data)
    return {
        domain: _domain_text(domain, topics.values(), intents.values()),
        rules_file(data): rules_text([*topics.values(), *intents.values()]),
    }


def rules_text(intents: Iterable[Intent]) -> str:
    """Return Rasa's rules: one for each intent, and one more where a known date changes what answers."""
    blocks = [block for intent in intents for block in _rules(intent)]
    return f'# {NOTE}\nversion: "3.1"\nrules:\n' + "\n".join(blocks)


def _rules(intent: Intent) -> Iterator[str]:
    yield _rule(intent.id, intent.id, intent.answer)
    if intent.dated:
        condition = "    condition:\n      - slot_was_set:\n          - treatment: true\n"
        yield _rule(f"{intent.id}, with a date", intent.id, intent.dated, condition)


def _rule(name: str, intent: str, action: str, condition: str = "") -> str:
    return f"  - rule: {name}\n{condition}    steps:\n      - intent: {intent}\n      - action: {action}\n"


def intents_text(topics: Iterable[Topic], intents: Iterable[Intent]) -> str:
    """Return the domain's list of intents, by group."""
    groups = [
        (name, [topic.id for topic in group]) for name, group in groupby(topics, lambda each: each.group)
    ]
    groups.append((OTHERS, [each.id for each in intents]))
    lists = (f"  # {name}\n" + "".join(f"  - {each}\n" for each in ids) for name, ids in groups)
    return f"intents:  # {NOTE}\n" + "".join(lists)


def _domain_text(path: Path, topics: Iterable[Topic], intents: Iterable[Intent]) -> str:
    text = path.read_text(encoding="utf-8")
    if not _INTENTS.search(text):
        raise ContentError([Issue(str(path), "has no list of intents", expected="intents:")])
    return _INTENTS.sub(lambda _: intents_text(topics, intents) + "\n", text, count=1)
