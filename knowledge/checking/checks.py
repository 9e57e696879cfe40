"""The list of checks, and how all of them are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from knowledge.checking import (
    aftercare,
    alarms,
    answers,
    articles,
    copying,
    evidence,
    facts,
    files,
    left_out,
    lexicon,
    phrases,
    questions,
    rasa,
    repetitions,
    talks,
    topics,
    variations,
    wording,
)
from knowledge.checking.material import Material
from knowledge.faults import Fault

Check = Callable[[Material], Iterator[Fault]]

CHECKS: Sequence[Check] = (
    files.find_faults,
    topics.find_faults,
    articles.find_faults,
    facts.find_faults,
    left_out.find_faults,
    answers.find_faults,
    evidence.find_faults,
    wording.find_faults,
    variations.find_faults,
    phrases.find_faults,
    questions.find_faults,
    repetitions.find_faults,
    talks.find_faults,
    rasa.find_faults,
    lexicon.find_faults,
    alarms.find_faults,
    aftercare.find_faults,
)


def find_faults(material: Material, articles_folder: Path | None = None) -> list[Fault]:
    """Everything that is wrong, file by file; copying only where the articles are at hand."""
    faults = [*material.faults, *(fault for check in CHECKS for fault in check(material))]
    if articles_folder is not None:
        faults += copying.find_faults(material, articles_folder)
    return sorted(faults, key=lambda fault: fault.path)
