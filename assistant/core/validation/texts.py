"""Checks of the texts that the server and the channels say themselves: ``data/en/texts``.

They follow the rules of ``voice.yml`` on sentences, contractions and terms, except what only developers read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from assistant.core.content.duration_words import load_duration_words
from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.texts import (
    PROBLEMS,
    REPLIES,
    load_problems,
    load_replies,
    load_texts,
    texts_file,
)
from assistant.core.content.yaml_files import read_text
from assistant.core.validation.comparison import loaded, unknown, unknown_topics
from assistant.core.validation.project_content import ProjectContent
from assistant.core.validation.voice import RuleName, VoiceCheck, load_voice
from assistant.core.validation.wording import markup_issues

PAGE = "assistant/channels/website/page/index.html"
"""Demo page, whose text names the number of articles, too."""
TYPED = frozenset({"command", "polite", "words", "spelling", "commands", "emoji", "over_signs"})
"""Keys for what people or programs write."""
RULES: frozenset[RuleName] = frozenset({"sentence", "contraction", "term"})
IN_PROBLEMS: frozenset[RuleName] = RULES - {"sentence"}
"""Rules for details of problems, which a page may show; titles are for developers only."""
_PLACEHOLDERS: Mapping[str, Mapping[str, frozenset[str]]] = {
    REPLIES: {
        "maintenance": frozenset({"clinic_name", "clinic_contact", "clinic_help", "emergency_number"}),
        "too_long": frozenset({"longest"}),
    },
    PROBLEMS: {"too_long": frozenset({"longest"})},
}


def find_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield files that cannot be used, unknown placeholders and topics, wording, and wrong numbers of articles."""
    try:
        yield from _reply_issues(project)
        yield from _problem_issues(project)
        yield from _voice_issues(project)
        yield from _number_issues(project)
    except ContentError as error:
        yield from error.issues


def _reply_issues(project: ProjectContent) -> Iterator[Issue]:
    path = str(texts_file(REPLIES, project.data))
    for name, reply in load_replies(project.data):
        yield from _placeholder_issues(path, REPLIES, name, reply.text)
        yield from unknown_topics(project, path, name, [reply.topic])
        yield from markup_issues(path, name, reply.text)


def _problem_issues(project: ProjectContent) -> Iterator[Issue]:
    path = str(texts_file(PROBLEMS, project.data))
    for kind, problem in load_problems(project.data).items():
        yield from _placeholder_issues(path, PROBLEMS, kind, problem.detail)


def _placeholder_issues(path: str, file: str, place: str, text: str) -> Iterator[Issue]:
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        yield Issue(path, f"{place}: a brace that belongs to no placeholder")
        return
    yield from unknown(path, place, "placeholder", names, _PLACEHOLDERS[file].get(place, frozenset()))


def _voice_issues(project: ProjectContent) -> Iterator[Issue]:
    voice = loaded(lambda: load_voice(project.data))
    if voice is None:
        return
    check = VoiceCheck(voice)
    for path in _files(project):
        is_api = path.stem == PROBLEMS
        for place, text in _texts(load_texts(path.stem, project.data)):
            rules = frozenset() if is_api and place.endswith(".title") else IN_PROBLEMS if is_api else RULES
            for rule, problem, got, expected in check.of_text(text):
                if rule in rules:
                    yield Issue(str(path), f"{place}: {problem}", got, expected)


def _texts(given: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield all texts of a file with their keys, such as ``home.title``, without what people or programs write."""
    if isinstance(given, str):
        yield place, given
    elif isinstance(given, Mapping):
        for key, value in given.items():
            if key not in TYPED:
                yield from _texts(value, f"{place}.{key}".lstrip("."))


def _number_issues(project: ProjectContent) -> Iterator[Issue]:
    """Yield sentences that name another number of articles than there are."""
    words, count = loaded(lambda: load_duration_words(project.data)), len(project.articles)
    if words is None or not project.is_whole("article", "wording"):
        return
    number = "|".join(("\\d+", *words.number_words))
    pattern = re.compile(rf"\b(?:all|from|on|the) ({number}) articles\b")
    wording = project.data / LANGUAGE / "wording.yml"
    for path in (wording, *_files(project), *filter(Path.is_file, [project.root / PAGE])):
        for found in pattern.finditer(read_text(path)):
            if found[1] not in (str(count), words.number(count)):
                yield Issue(str(path), "names another number of articles", found[1], words.number(count))


def _files(project: ProjectContent) -> list[Path]:
    return sorted(texts_file("*", project.data).parent.glob("*.yml"))
