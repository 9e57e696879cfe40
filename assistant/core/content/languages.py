"""Language of the content, and identification of messages in other ones, with a reply for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.core.content.issues import ContentError, Issue
from assistant.core.content.yaml_files import Record, read_records, read_yaml

LANGUAGE = "en"


ENGLISH_SHARE: Final = 0.34  # of the words: above this share of English words, a message is in English
ENOUGH: Final = 0.5  # of the words: from this share of a language's words, a message is in that language
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST = 0.5  # of the letters


class Language(Record):
    """One language other than English."""

    id: str
    """ISO 639-1."""
    says: str
    words: tuple[str, ...] = ()
    letters: str = ""
    needs: str = ""
    without: str = ""

    def is_written_in(self, text: str) -> bool:
        """Return whether the script alone identifies the text as this language."""
        if not self.letters or len(re.findall(f"[{self.letters}]", text)) < _MOST * _letters(text):
            return False
        needed = not self.needs or re.search(f"[{self.needs}]", text)
        return bool(needed) and not (self.without and re.search(f"[{self.without}]", text))


@dataclass(frozen=True)
class Languages:
    """Known languages other than English."""

    known: Mapping[str, Language]
    in_english: str
    shared: frozenset[str]

    def recognise(self, text: str, english: frozenset[str]) -> str | None:
        """Return the id of the text's language; ``None`` if it is English or unknown.

        Args:
            text: as the person typed it.
            english: words that count as English.
        """
        lower = text.lower()
        by_script = next((each.id for each in self.known.values() if each.is_written_in(lower)), None)
        return by_script or self._by_words(_WORD.findall(lower.replace("’", "'")), english)

    def _by_words(self, said: Sequence[str], english: frozenset[str]) -> str | None:
        telling = [word for word in said if word not in self.shared]
        plain = [word for word in telling if word in english and not self._is_foreign(word)]
        if not telling or len(plain) > ENGLISH_SHARE * len(said):
            return None
        counts = {each.id: sum(word in each.words for word in said) for each in self.known.values()}
        best = max(counts, key=lambda name: counts[name])
        hits = sum(word in self.known[best].words for word in telling)
        return best if hits and counts[best] >= ENOUGH * len(said) else None

    def _is_foreign(self, word: str) -> bool:
        return any(word in language.words for language in self.known.values())


def load_languages(data: Path) -> Languages:
    """Load the languages of the folder ``data``.

    Raises:
        ContentError: the file is missing or invalid.
    """
    path = data / LANGUAGE / "languages.yml"
    known = read_records(path, "languages", Language)
    content = read_yaml(path)
    in_english = (content.get("language_wording") or {}).get("in_english")
    if not in_english:
        raise ContentError(
            [Issue(str(path), "has no sentence in English", expected="language_wording: in_english: …")]
        )
    return Languages(
        known={language.id: language for language in known},
        in_english=in_english,
        shared=frozenset(map(str, content.get("english_too") or ())),
    )


def _letters(text: str) -> int:
    return max(1, sum(character.isalpha() for character in text))
