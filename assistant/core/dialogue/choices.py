"""Choice of an offered button in words: its title, its number, or a yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from assistant.core.content.cue_words import is_all, plain_words
from assistant.core.dialogue.small_replies import SmallReplies

MIN_SIMILARITY = 85  # of 100; "dowmtime" has 88
LONGEST = 10  # words
SHORTEST = 5  # letters; shorter titles have to be typed as they are


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
