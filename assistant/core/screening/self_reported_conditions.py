"""Which of the conditions that a message names the person has themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from assistant.core.content.cue_words import holds, plain_words
from assistant.core.screening.questions import OwnWords

REACH: Final = 6  # words before a condition in which somebody says that it is theirs
_FAR = 200  # characters, which hold more words than these
_REPLIES = 2  # words of a reply that comes before: "no but i have a nickel allergy" denies something else


class Mention(NamedTuple):
    """A condition and where it stands in the text."""

    condition: str
    start: int


def self_reported_conditions(text: str, mentions: Iterable[Mention], words: OwnWords) -> list[str]:
    """Conditions that the person plainly says to have; where it might be somebody else's or past, none."""
    if holds(plain_words(text)[_REPLIES:], words.unless) or _begins_supposing(text, words):
        return []
    own = [mention.condition for mention in mentions if _is_own(text, mention.start, words)]
    return list(dict.fromkeys(own))


def _is_own(text: str, start: int, words: OwnWords) -> bool:
    before = plain_words(text[max(0, start - _FAR) : start])[-REACH:]
    return holds(before, words.says)


def _begins_supposing(text: str, words: OwnWords) -> bool:
    first = plain_words(text)[:_REPLIES]
    return holds(first, (cue for cue in words.unless if cue not in words.denials))
