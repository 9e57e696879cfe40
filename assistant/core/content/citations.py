"""Citations in texts: ``[fact-id]`` or ``[fact-id, fact-id]`` in the data, ``[1]`` or ``[1][2]`` as people read it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.core.content.articles import Article, Fact, Source, source_of
from assistant.core.protocol import is_clinics

SAFETY = "safety"
"""Marker of a sentence that is common sense: it cites nothing, and people do not see it."""

_ID = r"[a-z][a-z0-9_-]*"
_GROUP = rf"\[\s*{_ID}(?:\s*,\s*{_ID})*\s*\](?!\()"
_CITATION = re.compile(rf"(?<!\s)(\s*)((?:{_GROUP}\s*)*{_GROUP})")
_NAME = re.compile(_ID)


def cited_ids(*texts: str | None) -> tuple[str, ...]:
    """Return the ids that the texts cite, in order and without duplicates: facts, and the clinic."""
    found = (name for text in texts for match in _CITATION.finditer(text or "") for name in _names(match))
    return tuple(dict.fromkeys(name for name in found if name != SAFETY))


def cited_facts(*texts: str | None) -> tuple[str, ...]:
    """Return the ids of the facts that the texts cite, in order and without duplicates."""
    return tuple(name for name in cited_ids(*texts) if not is_clinics(name))


def without_citations(text: str) -> str:
    """Return the text as it is read aloud."""
    return _CITATION.sub("", text)


def spans(text: str) -> list[tuple[str, str]]:
    """Return the text as pieces, each with the citation that ends it; the last may have none."""
    found, start = [], 0
    for match in _CITATION.finditer(text):
        found.append((text[start : match.start()], match.group()))
        start = match.end()
    return [*found, (text[start:], "")]


def with_targets(text: str, targets: Mapping[str, str]) -> str:
    """Return the text with the cited ids replaced by their ``targets``, each named once in its place."""

    def replace(match: re.Match[str]) -> str:
        names = dict.fromkeys(targets.get(name, name) for name in _names(match))
        return f"{match[1]}[{', '.join(names)}]"

    return _CITATION.sub(replace, text)


class Bibliography:
    """Numbered sources of one answer, in the order of their first citation."""

    def __init__(
        self,
        facts: Mapping[str, Fact],
        articles: Mapping[str, Article],
        instructions: Mapping[str, Source] | None = None,
    ) -> None:
        self._facts, self._articles, self._instructions = facts, articles, instructions or {}
        self._sources: dict[tuple[str, str], Source] = {}
        self._extracts: dict[tuple[str, str], dict[str, None]] = {}

    @property
    def sources(self) -> list[Source]:
        """The sources cited so far, ``extract`` being what they say here, in our own words."""
        return [
            {**source, **({"extract": " ".join(self._extracts[key])} if self._extracts[key] else {})}
            for key, source in self._sources.items()
        ]

    def number(self, name: str) -> int:
        """Return the number of the source of a fact, or of the clinic, which is added if it is new.

        Raises:
            KeyError: there is no such fact.
        """
        source = self._source(name)
        key = (source["id"], source["section"])
        self._sources.setdefault(key, source)
        extracts = self._extracts.setdefault(key, {})
        if name in self._facts:
            extracts[self._facts[name].statement] = None
        return list(self._sources).index(key) + 1

    def render(self, text: str) -> str:
        """Return the text with numbers in place of ids.

        Raises:
            KeyError: it cites a fact that does not exist.
        """
        return _CITATION.sub(self._numbers, text)

    def _numbers(self, match: re.Match[str]) -> str:
        numbers = dict.fromkeys(self.number(name) for name in _names(match) if name != SAFETY)
        return match[1] + "".join(f"[{number}]" for number in numbers) if numbers else ""

    def _source(self, name: str) -> Source:
        if name in self._instructions:
            return self._instructions[name]
        return source_of(self._facts[name], self._articles)


def _names(match: re.Match[str]) -> list[str]:
    return _NAME.findall(match[2])
