"""Articles, and facts extracted from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from assistant.core.content.yaml_files import Record, read_records

Source = dict[str, str]


class Article(Record):
    """One of the articles that all answers are based on."""

    id: str
    title: str
    name: str
    """Name to be read aloud, in our own words."""
    file: str
    sections: tuple[str, ...]


class Place(Record):
    """Line of an article, from 1, and the heading that it stands below."""

    article: str
    section: str
    line: int


class Fact(Record):
    """One claim of one article, paraphrased."""

    id: str
    statement: str
    article: str
    section: str
    line: int
    """Line of the article in which the claim stands, from 1."""
    topic: str
    gives_reason: bool = False
    """True if it gives a reason and so answers "why?"."""
    conflicts_with: tuple[str, ...] = ()
    """Facts that contradict it: an answer that cites it shows both sides."""
    values: Mapping[str, str] = Field(default_factory=dict)
    """Its numbers and durations by name, as ``{fact:ID.NAME}`` in answers: ``30``, ``PT24H``, or a range ``5/6``."""
    also: tuple[Place, ...] = ()
    """Other places that say the same, in this article or another."""


class LeftOut(Record):
    """A claim that was not made a fact, with the reason."""

    article: str
    section: str
    claim: str
    reason: Literal["advertising", "not about microneedling", "too vague to check"]


def load_articles(data: Path) -> dict[str, Article]:
    """Load the articles by id."""
    return {article.id: article for article in read_records(data / "articles.yml", "articles", Article)}


def fact_files(data: Path) -> list[Path]:
    """Return the files with facts, sorted."""
    return sorted(path for path in (data / "facts").glob("*.yml") if path.name != "left_out.yml")


def load_facts(data: Path) -> dict[str, Fact]:
    """Load the facts of all files by id."""
    return {fact.id: fact for path in fact_files(data) for fact in read_records(path, "facts", Fact)}


def load_left_out(data: Path) -> list[LeftOut]:
    """Load the claims that were left out."""
    return read_records(data / "facts" / "left_out.yml", "left_out", LeftOut)


def cite(fact_ids: Iterable[str], facts: Mapping[str, Fact], articles: Mapping[str, Article]) -> list[Source]:
    """Return the sources of facts: each section once, in the order of the facts."""
    sources: dict[tuple[str, str], Source] = {}
    for fact in (facts[fact_id] for fact_id in fact_ids):
        sources.setdefault((fact.article, fact.section), source_of(fact, articles))
    return list(sources.values())


def source_of(fact: Fact | Place, articles: Mapping[str, Article]) -> Source:
    """Return the source of a fact: ``{"id", "title", "name", "section"}``."""
    article = articles[fact.article]
    return {"id": article.id, "title": article.title, "name": article.name, "section": fact.section}
