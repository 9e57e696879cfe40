"""Topics and intents from ``data/topics.yml``, and the files for Rasa that are written from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Literal

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.yaml_files import Record, read_records

Phase = Literal["before", "after", "any"]
"""Side of a session that a question is about."""
Kind = Literal["question", "symptom", "service", "small_talk", "out_of_scope", "about_the_answer", "internal"]
"""Kind of message. Questions, symptoms and services can be offered as buttons."""
OFFERED: frozenset[Kind] = frozenset({"question", "symptom", "service"})
NOTE = "written by `make content` from data/topics.yml"
OTHERS = "no topics: set by a component or a button, or about the answer before"
_INTENTS = re.compile(r"^intents:.*\n(?:(?:[ #].*)?\n)*", re.MULTILINE)


class Intent(Record):
    """An intent of the domain, and what answers it."""

    id: str
    kind: Kind = "question"
    action: str = ""
    """Response or action that answers; empty for ``utter_<id>``."""
    dated: str | None = None
    """Action that answers once the treatment date is known."""
    general: str | None = None
    """Topic whose response answers if the action server is unavailable."""

    @property
    def answer(self) -> str:
        """Name of the response or action that answers it without a treatment date."""
        return self.action or self.response

    @property
    def response(self) -> str:
        """Name of the response with its general answer."""
        return f"utter_{self.general or self.id}"


class Topic(Intent):
    """A subject that people ask about."""

    group: str
    label: str
    """Label of its button."""
    example: str
    covered: bool = True
    """True if the articles cover it."""
    entities: tuple[str, ...] = ()
    """Entities that the answer depends on."""
    phase: Phase = "any"
    wider: str | None = None
    """Topic that it was split from, whose answer is right as well."""
    counterpart: str | None = None
    """Topic that asks the same about the other side of a session."""
    symptoms: tuple[str, ...] = ()
    """Symptoms that it is about if the message names none."""
    medicines: bool = False
    """True if it may be about a medicine on which a doctor decides."""
    lists: tuple[Phase, ...] = ()
    """Directions of the rules that its answer lists."""
    own_answer: bool = False
    """True if a clinic cannot replace the answer."""

    @property
    def is_dialogue(self) -> bool:
        return self.group == "dialogue"

    @property
    def is_offered(self) -> bool:
        """True if a button may offer it."""
        return self.kind in OFFERED


def load_topics(data: Path) -> dict[str, Topic]:
    """Load the topics by id, in the order of ``data/topics.yml``."""
    return {topic.id: topic for topic in read_records(data / "topics.yml", "topics", Topic)}


def load_intents(data: Path) -> dict[str, Intent]:
    """Load the intents that are no topics by id, in the order of ``data/topics.yml``."""
    return {intent.id: intent for intent in read_records(data / "topics.yml", "intents", Intent)}


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
