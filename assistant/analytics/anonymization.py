"""Anonymizes messages: removes addresses, numbers and names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from assistant.core.content.languages import LANGUAGE
from assistant.core.content.lexicon import load_lexicon
from assistant.core.content.yaml_files import read_yaml
from assistant.core.validation.project_files import load_phrases

MAIL: Final = "[mail]"
LINK: Final = "[link]"
NUMBER: Final = "[number]"
NAME: Final = "[name]"
OFTEN: Final = 4  # occurrences in the phrases from which a word does not identify anyone

# at most 64 characters before the @: unbounded, the time is quadratic in the length of the message
_MAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@\w[\w.]+")
# phone and card numbers and dates of birth: five digits or more, in any grouping
_NUMBER = re.compile(r"\+?\(?\d(?:[\s().\-/]{0,2}\d){4,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CUES = (
    "my name is|my name's|name is|name's|i am called|i'm called|call me|this is|it's|signed|regards,?|love,?|thanks,?"
    "|mr|mrs|ms|miss|dr|doctor|nurse|prof"
)
_INTRODUCTION = re.compile(rf"(?i:\b(?:{_CUES})\b\.?)\s+([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)")
_SURE_INTRODUCTION = re.compile(
    r"(?i:\b(?:my name is|my name's|i am called|i'm called)\s+)(\w+(?:\s+(?-i:[A-Z])\w+)?)"
)


class Anonymiser:
    """Keeps English words that are not first names, and words of the content."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        """Create an anonymizer; `vocabulary` has lower-case words that identify nobody."""
        self._vocabulary = vocabulary

    def clean(self, text: str) -> str:
        """Return the text without addresses, numbers and names; unknown words count as names."""
        for pattern, instead in ((_MAIL, MAIL), (_LINK, LINK), (_HANDLE, NAME), (_NUMBER, NUMBER)):
            text = pattern.sub(instead, text)
        for pattern in (_SURE_INTRODUCTION, _INTRODUCTION):
            text = pattern.sub(_without_name, text)
        return _WORD.sub(self._word, text)

    def _word(self, found: re.Match[str]) -> str:
        word = found.group()
        before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
        if (before, after) == ("[", "]"):
            return word
        return word if self._is_known(word) else NAME

    def _is_known(self, word: str) -> bool:
        parts = re.split("['’-]", word.lower())
        return all(part in self._vocabulary or len(part) <= 2 for part in parts)


def load_anonymiser(data: Path, english: Iterator[str] | frozenset[str]) -> Anonymiser:
    """Load an anonymizer for the lexicon, the phrases and English words except first names."""
    names = frozenset(map(str, read_yaml(Path(__file__).with_name("first_names.yml"))["first_names"]))
    return Anonymiser(frozenset({*english, *_frequent(data)} - names) | frozenset(_words_of(data)))


def _frequent(data: Path) -> Iterator[str]:
    """Yield frequent words of the phrases, such as device names and common misspellings."""
    phrases = (phrase for path in (data / LANGUAGE / "nlu").glob("**/*.yml") for phrase in load_phrases(path))
    counts = Counter(word for phrase in phrases for word in _WORD.findall(phrase.text.lower()))
    return (word for word, count in counts.items() if count >= OFTEN)


def _words_of(data: Path) -> Iterator[str]:
    """Yield the lexicon's words, including those that are also names."""
    for entries in load_lexicon(data).values():
        for entry in entries.values():
            for term in (*entry.terms, entry.label):
                yield from _WORD.findall(term.lower())


def _without_name(found: re.Match[str]) -> str:
    start = found.start(1) - found.start()
    return found.group()[:start] + NAME
