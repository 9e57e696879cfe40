"""Detects held-out questions that nearly repeat a training phrase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from benchmarks.projects import write_yaml

NEAR = 80.0
"""Minimum similarity, in per cent (rapidfuzz's ratio)."""


def near_repetitions(questions: Iterable[str], phrases: Sequence[str]) -> dict[str, str]:
    """Return the nearest phrase of each question that nearly repeats one, ignoring case and punctuation."""
    plain = [utils.default_process(phrase) for phrase in phrases]
    found: dict[str, str] = {}
    for question in questions:
        best = process.extractOne(
            utils.default_process(question), plain, scorer=fuzz.ratio, score_cutoff=NEAR
        )
        if best is not None:
            found[question] = phrases[best[2]]
    return found


def write_repetitions(path: Path, found: Mapping[str, str]) -> None:
    """Write the pairs for those who edit phrases."""
    write_yaml(path, [{"question": question, "phrase": phrase} for question, phrase in found.items()])
