"""Known misses of tests/nlu, a list that must shrink."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from assistant.core.content.yaml_files import read_yaml
from benchmarks.quality.scores import Asked, is_missed
from testbed.environment import ROOT

KNOWN_MISSES = ROOT / "benchmarks" / "quality" / "known_misses.yml"
HEAD = """\
# Questions of tests/nlu that the assistant misses. The list must shrink: `python -m benchmarks understanding` takes
# out what is understood by now, and complains about a miss that isn't here (--accept-misses takes it in).
"""


@dataclass(frozen=True)
class Miss:
    """One question with the result that it got instead of its answer."""

    text: str
    expected: str
    got: str


def misses(asked: Iterable[Asked]) -> list[Miss]:
    """Return the questions with a wrong topic or alarm."""
    return [
        Miss(
            question.text,
            " or ".join((question.topic, *question.also)) + (" (urgent)" if question.urgent else ""),
            f"{reply.topic} ({reply.outcome})",
        )
        for question, reply in asked
        if is_missed(question, reply)
    ]


def known_and_new(found: Sequence[Miss], known: Sequence[Miss]) -> tuple[list[Miss], list[Miss]]:
    """Split misses; those with the text and the expected topic of a known one are known."""
    before = {(miss.text, miss.expected) for miss in known}
    still = [miss for miss in found if (miss.text, miss.expected) in before]
    return still, [miss for miss in found if miss not in still]


def read_misses(path: Path = KNOWN_MISSES) -> list[Miss]:
    """Return the list; empty if there is none yet."""
    given = read_yaml(path)["misses"] if path.exists() else ()
    return [Miss(*map(str, (each["text"], each["expected"], each["got"]))) for each in given or ()]


def write_misses(path: Path, found: Iterable[Miss], head: str = "") -> None:
    """Write the misses, ordered by topic, so that a run changes few lines."""
    ordered = sorted(found, key=lambda miss: (miss.expected, miss.text))
    content = {"misses": [asdict(miss) for miss in ordered]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110), "utf-8")
