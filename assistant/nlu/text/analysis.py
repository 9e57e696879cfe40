"""Analysis of a text before anything learned reads it: normalized text, spaCy doc, entities of the lexicon."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from assistant.core.content.alarms import Alarm
from assistant.core.content.lexicon import Lexicon
from assistant.nlu.text.normalization import normalize, shortened
from assistant.nlu.text.spacy_pipeline import USUAL, build_language, common_words, find_spans
from assistant.nlu.text.spell_correction import SpellingCorrector, english_words, frequent_words

_SHORT = 5  # letters; shorter words are too similar to too many others to be corrected to


@dataclass(frozen=True)
class Entity:
    """An entity in Rasa's sense; inherited and derived ones have no position."""

    name: str
    value: Any
    start: int | None = None
    end: int | None = None

    def as_dict(self, extractor: str) -> dict[str, Any]:
        """Return the entity in Rasa's format."""
        place = {} if self.start is None else {"start": self.start, "end": self.end}
        return {"entity": self.name, "value": self.value, **place, "extractor": extractor}


@dataclass(frozen=True)
class Analysis:
    """An analysed text."""

    text: str
    """As typed."""
    doc: Doc
    """Of the normalized text with corrected spelling."""
    entities: tuple[Entity, ...]
    vocabulary: frozenset[str]
    """All words that count as English; one set shared by all texts."""

    @cached_property
    def normalized(self) -> str:
        return self.doc.text  # spaCy puts it together from the tokens at each call

    def part(self, words: Sequence[int]) -> Analysis:
        """Return the analysis of some of the tokens, as if they were the text."""
        tokens = [self.doc[number] for number in words]
        doc = Doc(
            self.doc.vocab,
            words=[token.text for token in tokens],
            spaces=[*(bool(token.whitespace_) for token in tokens[:-1]), False],
            lemmas=[token.lemma_ for token in tokens],
        )
        begins = {token.idx for token in tokens}
        entities = tuple(entity for entity in self.entities if entity.start in begins)
        return Analysis(doc.text, doc, entities, self.vocabulary)


class Analyzer:
    """Analyses texts with the lexicon and the spelling of the phrases that it was built from."""

    def __init__(self, language: Language, spelling: SpellingCorrector) -> None:
        self._language = language
        self._spelling = spelling

    @classmethod
    def build(cls, lexicon: Lexicon, alarms: Iterable[Alarm], phrases: Iterable[str]) -> Analyzer:
        """Build from the content.

        Only a lexicon makes correction safe: without one, no word is corrected.
        """
        dictionary = frozenset([*english_words(), *common_words(USUAL)])
        frequent = frequent_words(map(normalize, phrases), dictionary)
        named = _words_to_find(lexicon, alarms)
        targets = (
            dict.fromkeys([*frequent, *(word for word in named if len(word) > _SHORT)]) if lexicon else {}
        )
        return cls(build_language(lexicon), SpellingCorrector(list(targets), dictionary.union(named)))

    @classmethod
    def read(cls, folder: Path) -> Analyzer:
        """Read what ``write`` wrote."""
        spelling = json.loads((folder / "spelling.json").read_text(encoding="utf-8"))
        corrector = SpellingCorrector(spelling["frequent"], spelling["known"])
        return cls(spacy.load(folder / "language"), corrector)

    def write(self, folder: Path) -> None:
        """Write the analyzer to a folder."""
        self._language.to_disk(folder / "language")
        spelling = {"frequent": self._spelling.frequent, "known": sorted(self._spelling.known)}
        (folder / "spelling.json").write_text(json.dumps(spelling), encoding="utf-8")

    def normalize(self, text: str) -> str:
        """Return the normalized text with corrected spelling."""
        return self._spelling.correct(shortened(normalize(text)))

    def analyze(self, text: str) -> Analysis:
        """Return the analysis of a text as typed."""
        doc = self._language(self.normalize(text))
        entities = (Entity(span.label_, span.id_, span.start_char, span.end_char) for span in find_spans(doc))
        return Analysis(text, doc, tuple(entities), self._spelling.known)


def _words_to_find(lexicon: Lexicon, alarms: Iterable[Alarm]) -> list[str]:
    """Return the words of the content, which are spelt right even where no phrase has them."""
    terms = [term for entries in lexicon.values() for entry in entries.values() for term in entry.terms]
    signs = [sign for alarm in alarms for sign in alarm.signs]
    return list(dict.fromkeys(re.findall(r"[a-z]+", " ".join([*terms, *signs]))))
