"""List of all checks, and the function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.core.content.issues import Issue
from assistant.core.validation import (
    aftercare,
    alarms,
    answers,
    article_lines,
    articles,
    clinic_answers,
    evidence,
    facts,
    figures,
    files,
    lexicon,
    markup,
    phrases,
    questions,
    rasa,
    topics,
    variations,
    voice,
    wording,
)
from assistant.core.validation import duplicates as repetitions
from assistant.core.validation import examples as talks
from assistant.core.validation import omissions as left_out
from assistant.core.validation import plagiarism as copying
from assistant.core.validation.project_content import ProjectContent

Check = Callable[[ProjectContent], Iterator[Issue]]

CHECKS: Sequence[Check] = (
    files.find_faults,
    topics.find_faults,
    articles.find_faults,
    facts.find_faults,
    left_out.find_faults,
    answers.find_faults,
    evidence.find_faults,
    wording.find_faults,
    figures.find_faults,
    voice.find_faults,
    markup.find_faults,
    variations.find_faults,
    phrases.find_faults,
    questions.find_faults,
    repetitions.find_faults,
    talks.find_faults,
    rasa.find_faults,
    lexicon.find_faults,
    alarms.find_faults,
    aftercare.find_faults,
    clinic_answers.find_faults,
)


def find_faults(material: ProjectContent, articles_folder: Path | None = None) -> list[Issue]:
    """Return all issues, sorted by file; texts are compared with the articles only if their folder is given."""
    faults = [*material.faults, *(fault for check in CHECKS for fault in check(material))]
    if articles_folder is not None:
        faults += copying.find_faults(material, articles_folder)
        faults += article_lines.find_faults(material, articles_folder)
    return sorted(faults, key=lambda fault: fault.path)
