"""Held-out questions that are nearly the same as a phrase that was trained on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from benchmarks.projects import write_yaml

NEAR = 80.0
"""Per cent of the letters that are the same, in the same order."""


def near_repetitions(questions: Iterable[str], phrases: Sequence[str]) -> dict[str, str]:
    """The nearest phrase of each question that nearly repeats one; case and punctuation don't count."""
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
    """For people who edit phrases."""
    write_yaml(path, [{"question": question, "phrase": phrase} for question, phrase in found.items()])
