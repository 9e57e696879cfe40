"""Held-out questions that nearly repeat a training phrase, which are easier than real ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process, utils

NEAR = 80.0
"""Minimum similarity, in per cent (rapidfuzz's ratio)."""


def near_repetitions(questions: Iterable[str], phrases: Sequence[str]) -> dict[str, str]:
    """Return the nearest phrase of each question that nearly repeats one, ignoring case and punctuation."""
    plain = [utils.default_process(phrase) for phrase in phrases]
    found: dict[str, str] = {}
    for question in questions:
        asked = utils.default_process(question)
        best = process.extractOne(asked, plain, scorer=fuzz.ratio, score_cutoff=NEAR)
        if best is not None:
            found[question] = phrases[best[2]]
    return found
