"""Checks of the texts of answers: length, placeholders and referral.

Length is counted with placeholders filled with the defaults of ``data/en/wording.yml``, so that 90 words are 90
words on the screen. A clinic's own settings do not count, because a long name is not an issue of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.core.aftercare.figures import PLACEHOLDER
from assistant.core.content.citations import without_citations
from assistant.core.content.clinic import Clinic, Wording, placeholders
from assistant.core.content.issues import Issue, listed
from assistant.core.content.language import LANGUAGE
from assistant.core.protocol import URGENT
from assistant.core.validation.project_content import Answer, ProjectContent
from assistant.core.validation.references import unknown
from assistant.core.validation.text_normalization import words
from assistant.core.validation.voice import groups_in_voice

SHORTEST, LONGEST = 20, 90  # words
PLACEHOLDERS = ("clinic_name", "clinic_contact", "clinic_help", "emergency_number", "named")
IN_CONTACT = ("name", "phone", "booking_link")
REFERRALS = ("{clinic_help}", "{emergency_number}")
URGENT_HELP = re.compile(
    r"emergenc|do not wait|right away|call a doctor|when to call|looked at today", re.IGNORECASE
)

FIGURE = "24 hours"
"""Stands for a figure where words are counted."""
_PLACEHOLDER = re.compile(r"{(\w*)}")


def find_issues(material: ProjectContent) -> Iterator[Issue]:
    """Yield answers of the wrong length, unknown placeholders, and urgent texts without a referral."""
    defaults: dict[str, str] = {}
    by_voice = groups_in_voice(material.data)  # their length is checked with the voice
    if material.wording is not None:
        issues = list(_contact_issues(material, material.wording))
        defaults = {} if issues else _defaults(material.wording)
        yield from issues
    for answer in material.answers:
        for text in answer.texts:
            yield from _placeholder_issues(str(answer.path), answer.place, text, PLACEHOLDERS)
        yield from _unreferred(answer)
        yield from _uncalled(answer, material.wording)
        if defaults and answer.path.stem not in by_voice:
            yield from _length_issues(answer, defaults)


def _contact_issues(material: ProjectContent, wording: Wording) -> Iterator[Issue]:
    for name, sentence in wording.contact.dict().items():
        yield from _placeholder_issues(
            material.path("data", LANGUAGE, "wording.yml"), f"contact, {name}", sentence, IN_CONTACT
        )


def _placeholder_issues(path: str, place: str, text: str, known: tuple[str, ...]) -> Iterator[Issue]:
    yield from unknown(path, place, "placeholder", _PLACEHOLDER.findall(text), known)
    stray = re.search(r"\S*[{}]\S*", PLACEHOLDER.sub("", _PLACEHOLDER.sub("", text)))
    if stray:
        yield Issue(path, f"{place}: a brace that belongs to no placeholder", got=stray.group())


def _unreferred(answer: Answer) -> Iterator[Issue]:
    metadata, text = answer.response.metadata, answer.response.text
    urgent = metadata.outcome == URGENT or URGENT_HELP.search(text)
    if urgent and not any(referral in text for referral in REFERRALS):
        yield Issue(
            str(answer.path), f"{answer.place}: urgent, without a referral", expected=" or ".join(REFERRALS)
        )
    if metadata.outcome == URGENT and "{clinic_contact}" in text:
        yield Issue(
            str(answer.path),
            f"{answer.place}: urgent, and may offer to book online",
            got="{clinic_contact}",
            expected="{clinic_help}",
        )
    if metadata.alarm == "emergency" and "{emergency_number}" not in text:
        yield Issue(
            str(answer.path),
            f"{answer.place}: an emergency, without its number",
            expected="{emergency_number}",
        )


def _uncalled(answer: Answer, wording: Wording | None) -> Iterator[Issue]:
    """Yield emergency numbers after a word that does not turn them into a phone link."""
    before = wording.before_numbers if wording is not None else ()
    for word in re.findall(r"(\S*)\s*{emergency_number}", answer.response.text):
        if before and word.lower() not in before:
            problem = f"{answer.place}: {{emergency_number}} becomes no link that calls it"
            yield Issue(str(answer.path), problem, got=word, expected=f"{listed(before)} before it")


def _length_issues(answer: Answer, defaults: dict[str, str]) -> Iterator[Issue]:
    own = PLACEHOLDER.sub(FIGURE, without_citations(answer.response.text))
    text = _PLACEHOLDER.sub(lambda match: defaults.get(match.group(1), match.group()), own)
    length = sum(1 for word in text.split() if words(word))
    if not SHORTEST <= length <= LONGEST:
        yield Issue(
            str(answer.path),
            f"{answer.place}: too {'short' if length < SHORTEST else 'long'}",
            got=f"{length} words",
            expected=f"{SHORTEST} to {LONGEST}",
        )


def _defaults(wording: Wording) -> dict[str, str]:
    return {**placeholders(Clinic(), wording), "named": wording.something_else}
