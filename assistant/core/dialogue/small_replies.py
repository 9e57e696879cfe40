"""Messages without a subject: acknowledgements, orders, a yes or no without a question, and the choice of a button."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from assistant.core.content.cue_words import holds, is_all, pictures, plain_words
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_record
from assistant.core.protocol import ACKNOWLEDGE

YES_OR_NO: Final = "yes_or_no"
"""Intent of a yes or no if nothing was asked."""
KEY = "small_replies"
_MARK: Final = "?"
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)  # "okayyy", "nooo", "mmmmm"
_FACES = frozenset(
    {":)", ":-)", ";)", ";-)", ":d", ":-d", "xd", "<3", ":(", ":-(", ":p", ":/", "^^", "=)", "(y)"}
)
MIN_SIMILARITY = 85  # of 100; "dowmtime" has 88
LONGEST = 10  # words
SHORTEST = 5  # letters; shorter titles have to be typed as they are


class SmallReplies(Record):
    """Words of such replies, from ``data/en/small_replies.yml``."""

    acknowledge: tuple[str, ...]
    yes_or_no: tuple[str, ...]
    fillers: tuple[str, ...]
    clinic: tuple[str, ...]
    """Expressions for what only the clinic itself knows, such as its address."""
    orders: dict[str, tuple[str, ...]]
    """Words of orders by their intent, such as "restart"."""
    pictures: dict[str, tuple[str, ...]]
    """Emoji that say something by themselves, by their intent, such as a waving hand."""
    numbers: tuple[tuple[str, ...], ...]
    """Words for the first, second, ... of the buttons on offer."""
    last: tuple[str, ...]
    choosing: tuple[str, ...]
    """Words that may come with a number and change nothing."""

    def kind(self, text: str) -> str | None:
        """Return the intent of a message that consists only of such a reply, also a stretched one, else ``None``."""
        spellings = (text, _STRETCHED.sub(r"\1", text), _STRETCHED.sub(r"\1\1", text))
        return next((kind for kind in map(self._kind, dict.fromkeys(spellings)) if kind is not None), None)

    def _kind(self, text: str) -> str | None:
        words, fillers = plain_words(_without_faces(text)), (*self.fillers, *self.acknowledge)
        ordered = self._ordered(words, fillers)
        if ordered is not None or _MARK in words:
            return ordered
        if not words:
            return self._drawn(text)
        if (
            is_all(words, self.yes_or_no, (*fillers, *self.yes_or_no))
            and " ".join(words) not in self.acknowledge
        ):
            return YES_OR_NO
        return ACKNOWLEDGE if is_all(words, self.acknowledge, fillers) else None

    def _drawn(self, text: str) -> str | None:
        """Return the intent of a message without words: that of its first emoji with one, else a nod."""
        signs = pictures(text)
        if not signs and _without_faces(text) == text:
            return None
        intents = (intent for sign in signs for intent, cues in self.pictures.items() if sign in cues)
        return next(intents, ACKNOWLEDGE)

    def _ordered(self, words: Sequence[str], fillers: Sequence[str]) -> str | None:
        orders = self.orders.items()
        return next((intent for intent, cues in orders if is_all(words, cues, (*fillers, _MARK))), None)

    def names_clinic(self, text: str) -> bool:
        """Return whether a message asks for something that only the clinic itself knows."""
        return holds(plain_words(text), self.clinic)


def load_small_replies(data: Path) -> SmallReplies:
    """Load the words from the folder ``data``.

    Raises:
        ContentError: the file or a list is missing.
    """
    return read_record(data / LANGUAGE / f"{KEY}.yml", KEY, SmallReplies)


def _without_faces(text: str) -> str:
    return " ".join(word for word in text.split() if word.lower() not in _FACES)


@dataclass(frozen=True)
class ChoiceWords:
    """Words by which a person chooses."""

    small: SmallReplies
    answer: Callable[[str], str | None]
    """Returns "yes" or "no" if a whole text is that."""


def may_choose(text: str) -> bool:
    """Return whether a message is short enough to choose a button, and no question."""
    said = plain_words(text)
    return len(said) <= LONGEST and "?" not in said[:-1]


def chosen(text: str, titles: Sequence[str], words: ChoiceWords) -> int | None:
    """Return the index of the title that the whole text chooses, else ``None``."""
    said = plain_words(text)
    by_title, by_answer = _by_title(said, titles), _by_answer(text, titles, words.answer)
    found = by_title if by_title is not None else by_answer
    return found if found is not None else _by_number(said, len(titles), words.small)


def _by_title(said: Sequence[str], titles: Sequence[str]) -> int | None:
    typed, offered = " ".join(said), [" ".join(plain_words(title)) for title in titles]
    if typed in offered:
        return offered.index(typed)
    if len(typed) < SHORTEST:
        return None
    best = process.extractOne(typed, offered, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY)
    return None if best is None else int(best[2])


def _by_answer(text: str, titles: Sequence[str], answer: Callable[[str], str | None]) -> int | None:
    said = answer(text)
    return next((n for n, title in enumerate(titles) if said and answer(title) == said), None)


def _by_number(said: Sequence[str], count: int, words: SmallReplies) -> int | None:
    if count and is_all(said, words.last, words.choosing):
        return count - 1
    numbers = enumerate(words.numbers[:count])
    return next((n for n, cues in numbers if is_all(said, cues, words.choosing)), None)
