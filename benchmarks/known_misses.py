"""Known misses of tests/nlu, a list that must shrink."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.core.content.yaml_files import read_yaml
from benchmarks.questions import Question
from benchmarks.replies import Reply
from benchmarks.run import ROOT
from benchmarks.scores import Asked, is_missed

KNOWN_MISSES = ROOT / "benchmarks" / "known_misses.yml"
_HEAD = """\
# Questions of tests/nlu that the assistant misses. The list must shrink: `python -m benchmarks understanding` takes
# out what is understood by now, and complains about a miss that isn't here (--accept-misses takes it in).
"""


@dataclass(frozen=True)
class Miss:
    """One question with the result that it got instead of its answer."""

    text: str
    expected: str
    got: str


@dataclass(frozen=True)
class Comparison:
    """Misses of a run compared with the known ones."""

    known: tuple[Miss, ...]
    new: tuple[Miss, ...]
    mended: int
    """Number of known misses that are understood now, or no longer asked."""


def misses(asked: Iterable[Asked]) -> list[Miss]:
    """Return the questions with a wrong topic or alarm."""
    return [_miss(question, reply) for question, reply in asked if is_missed(question, reply)]


def compare(found: Sequence[Miss], known: Sequence[Miss]) -> Comparison:
    """Compare misses; questions are equal if their texts and expected topics are."""
    before = {(miss.text, miss.expected) for miss in known}
    still = tuple(miss for miss in found if (miss.text, miss.expected) in before)
    new = tuple(miss for miss in found if (miss.text, miss.expected) not in before)
    return Comparison(still, new, len(before) - len(still))


def read_misses(path: Path) -> list[Miss] | None:
    """Return the list, or None if there is none yet."""
    return [Miss(**_strings(given)) for given in read_yaml(path)["misses"] or ()] if path.exists() else None


def write_misses(path: Path, found: Sequence[Miss], head: str = _HEAD) -> None:
    """Write the misses, ordered by topic."""
    ordered = sorted(found, key=lambda miss: (miss.expected, miss.text))
    content = {
        "misses": [{"text": miss.text, "expected": miss.expected, "got": miss.got} for miss in ordered]
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110), "utf-8")


def _miss(question: Question, reply: Reply) -> Miss:
    expected = " or ".join((question.topic, *question.also))
    return Miss(
        question.text, expected + (" (urgent)" if question.urgent else ""), f"{reply.topic} ({reply.outcome})"
    )


def _strings(given: Mapping[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in given.items()}
