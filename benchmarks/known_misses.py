"""Questions of tests/nlu that are known to be missed: a list that must shrink."""

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
    """One question, and what came instead of its answer."""

    text: str
    expected: str
    got: str


@dataclass(frozen=True)
class Comparison:
    """The misses of a run beside the known ones."""

    known: tuple[Miss, ...]
    new: tuple[Miss, ...]
    mended: int
    """Known ones that are understood by now, or no longer asked."""


def misses(asked: Iterable[Asked]) -> list[Miss]:
    """What is wrong in topic or alarm."""
    return [_miss(question, reply) for question, reply in asked if is_missed(question, reply)]


def compare(found: Sequence[Miss], known: Sequence[Miss]) -> Comparison:
    """A question is the same when its text and its expected topics are."""
    before = {(miss.text, miss.expected) for miss in known}
    still = tuple(miss for miss in found if (miss.text, miss.expected) in before)
    new = tuple(miss for miss in found if (miss.text, miss.expected) not in before)
    return Comparison(still, new, len(before) - len(still))


def read_misses(path: Path) -> list[Miss] | None:
    """None where there is no list yet."""
    return [Miss(**_strings(given)) for given in read_yaml(path)["misses"] or ()] if path.exists() else None


def write_misses(path: Path, found: Sequence[Miss], head: str = _HEAD) -> None:
    """In the order of the topics."""
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
