"""Everything that answers are made of, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.articles import Article, Fact, load_articles, load_facts
from knowledge.clinic import (
    AskingBack,
    Clinic,
    MakePersonal,
    Replies,
    load_clinic,
    load_wording,
    phones,
    placeholders,
)
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.phones import Phones
from knowledge.topics import Topic, load_topics


@dataclass(frozen=True)
class Content:
    """What messages are composed from."""

    topics: dict[str, Topic]
    articles: dict[str, Article]
    facts: dict[str, Fact]
    lexicon: Lexicon
    placeholders: dict[str, str]
    phones: Phones
    notice: str
    something_else: str
    replies: Replies
    asking_back: AskingBack
    beside_alarm: str
    unavailable: str
    unavailable_check: str
    make_personal: MakePersonal


def load_content(data: Path, clinic: Path | None) -> Content:
    """The content of the folder ``data`` for the clinic of the settings file ``clinic``; ``None`` for no clinic.

    Raises:
        ContentError: a file is missing or wrong.
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
        asking_back=wording.asking_back,
        beside_alarm=wording.beside_alarm,
        unavailable=wording.unavailable,
        unavailable_check=wording.unavailable_check,
        make_personal=wording.make_personal,
    )
