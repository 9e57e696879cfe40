"""Comparisons that several checks share: references to known ids, duplicate names, and texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from assistant.core.content.issues import ContentError, Issue, nearest
from assistant.core.content.yaml_files import line_of, read_yaml
from assistant.core.validation.project_content import ProjectContent

_Loaded = TypeVar("_Loaded")
_WORD = frozenset("LNM")  # Unicode categories of letters, numbers and combining marks
_APOSTROPHES = frozenset("'\u2019\u2018\u02bc`\u00b4")


def unknown_topics(project: ProjectContent, path: str, place: str, ids: Iterable[str]) -> Iterator[Issue]:
    """Yield ids missing from ``data/topics.yml``."""
    if project.is_whole("topic"):
        yield from unknown(path, place, "topic", ids, [topic.id for topic in project.topics])


def unknown_intents(project: ProjectContent, path: str, place: str, ids: Iterable[str]) -> Iterator[Issue]:
    """Yield ids that are neither a topic nor another intent of ``data/topics.yml``."""
    others = {intent.id for intent in project.intents}
    yield from unknown_topics(project, path, place, [name for name in ids if name not in others])


def unknown_facts(project: ProjectContent, path: str, place: str, ids: Iterable[str]) -> Iterator[Issue]:
    """Yield ids missing from ``data/facts``."""
    if project.is_whole("fact"):
        yield from unknown(path, place, "fact", ids, [fact.entry.id for fact in project.facts])


def unknown(
    path: str, place: str, kind: str, ids: Iterable[str], known: Collection[str], *, where: str = ""
) -> Iterator[Issue]:
    """Yield unknown ids, with the most likely correct one, or else the file that defines them."""
    for wrong in ids:
        if wrong not in known:
            expected = nearest(wrong, known) or (f"an id of {where}" if where else None)
            yield Issue(path, f"{place}: unknown {kind}", got=wrong, expected=expected)


def given_twice(path: str, kind: str, names: Iterable[str]) -> Iterator[Issue]:
    """Yield duplicate names, each reported once."""
    seen: set[str] = set()
    reported: set[str] = set()
    for name in names:
        if name in seen and name not in reported:
            reported.add(name)
            yield Issue(path, f"{kind} {name}: given twice")
        seen.add(name)


def stray_keys(path: Path, known: str, entries: str) -> Iterator[Issue]:
    """Yield the keys of a clinic's file other than ``known``, below which all ``entries`` stand."""
    for key in read_yaml(path):
        if key != known:
            expected = f"{known}: alone, and all {entries} below it after two spaces"
            yield Issue(str(path), "unknown key", key, expected, line_of(path, (str(key),)))


def loaded(load: Callable[[], _Loaded]) -> _Loaded | None:
    """Return what a file holds; ``None`` if it cannot be used, which the check of that file reports."""
    try:
        return load()
    except ContentError:
        return None


def words(text: str) -> list[str]:
    """Return the words without case, punctuation and apostrophes, and with hyphens as spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_plain(character) for character in text).split()


def canonical(text: str) -> str:
    """Return the text in the form used to compare phrases; a text without words (an emoji, "?") is kept."""
    return " ".join(words(text)) or text.strip()


def _plain(character: str) -> str:
    if character in _APOSTROPHES:
        return ""
    category = unicodedata.category(character)
    if category == "Cf":  # invisible characters such as soft hyphens and joiners
        return ""
    return character if category[0] in _WORD else " "
