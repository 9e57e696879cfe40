"""All content of answers, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.core.content.articles import Article, Fact, Source, load_articles, load_facts
from assistant.core.content.clinic import (
    ClarificationWording,
    Clinic,
    ClinicWording,
    FollowUpWording,
    MakePersonal,
    load_clinic,
    load_wording,
    phones,
    placeholders,
)
from assistant.core.content.clinic_answers import FILE, ClinicAnswer, load_clinic_answers
from assistant.core.content.lexicon import Lexicon, load_lexicon
from assistant.core.content.phones import Phones
from assistant.core.content.topics import Topic, load_topics


@dataclass(frozen=True)
class Content:
    """Content that messages are composed of."""

    topics: dict[str, Topic]
    articles: dict[str, Article]
    facts: dict[str, Fact]
    lexicon: Lexicon
    placeholders: dict[str, str]
    phones: Phones
    notice: str
    something_else: str
    replies: FollowUpWording
    clarification: ClarificationWording
    after_alarm: str
    unavailable: str
    unavailable_check: str
    make_personal: MakePersonal
    clinic: ClinicWording
    clinic_answers: Mapping[str, ClinicAnswer]
    """The clinic's own answers, by topic."""
    instructions: Mapping[str, Source] = field(default_factory=dict)
    """Sources of the clinic's own instructions, by the name under which texts cite them."""

    def filled(self, text: str, **more: str) -> str:
        """Return the text with the values of its placeholders; ``more`` are those of this message."""
        for name, value in {**self.placeholders, **more}.items():
            text = text.replace(f"{{{name}}}", value)
        return text


def load_content(data: Path, clinic: Path | None) -> Content:
    """Load the content of the folder ``data``, for the clinic of the settings file ``clinic`` (``None``: no clinic).

    Raises:
        ContentError: a file is missing or invalid.
    """
    wording, settings = load_wording(data), Clinic() if clinic is None else load_clinic(clinic)
    return Content(
        topics=load_topics(data),
        articles=load_articles(data),
        facts=load_facts(data),
        lexicon=load_lexicon(data),
        placeholders=placeholders(settings, wording),
        phones=phones(settings, wording),
        notice=wording.notice,
        something_else=wording.something_else,
        replies=wording.replies,
        clarification=wording.clarification,
        after_alarm=wording.after_alarm,
        unavailable=wording.unavailable,
        unavailable_check=wording.unavailable_check,
        make_personal=wording.make_personal,
        clinic=wording.clinic,
        clinic_answers={} if clinic is None else load_clinic_answers(clinic.parent / FILE),
    )
