"""Articles, and facts extracted from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from assistant.core.content.yaml_files import Record, read_records

Source = dict[str, str]


class Article(Record):
    """One of the articles that all answers are based on."""

    id: str
    title: str
    file: str
    sections: tuple[str, ...]


class Fact(Record):
    """One claim of one article, paraphrased."""

    id: str
    statement: str
    article: str
    section: str
    topic: str
    gives_reason: bool = False
    """True if it gives a reason and so answers "why?"."""
    conflicts_with: tuple[str, ...] = ()
    """Facts that contradict it: an answer that states it must mention the disagreement."""


class LeftOut(Record):
    """A claim that was not made a fact, with the reason."""

    article: str
    section: str
    claim: str
    reason: Literal["advertising", "duplicate", "not about microneedling", "too vague to check"]
    duplicate_of: str | None = None


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


def contested(fact_ids: Sequence[str], facts: Mapping[str, Fact]) -> list[Fact]:
    """Return those of the facts that other facts contradict."""
    return [facts[name] for name in fact_ids if name in facts and facts[name].conflicts_with]


def cite(fact_ids: Iterable[str], facts: Mapping[str, Fact], articles: Mapping[str, Article]) -> list[Source]:
    """Return the sources of facts, ``[{"id", "title", "section"}]``: each section once, in the order of the facts."""
    sources: dict[tuple[str, str], Source] = {}
    for fact in (facts[fact_id] for fact_id in fact_ids):
        article = articles[fact.article]
        source = {"id": article.id, "title": article.title, "section": fact.section}
        sources.setdefault((article.id, fact.section), source)
    return list(sources.values())
