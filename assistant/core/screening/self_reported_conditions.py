"""Detection of the conditions that a person reports having themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from assistant.core.content.cue_words import holds, plain_words
from assistant.core.screening.questions import OwnWords

REACH: Final = 6  # words before a condition to search for a cue that it is the person's own
_FAR = 200  # characters: enough for that many words
_REPLIES = 2  # leading words of a reply: "no but i have a nickel allergy" does not deny the allergy


class Mention(NamedTuple):
    """A condition and its position in the text."""

    condition: str
    start: int


def self_reported_conditions(text: str, mentions: Iterable[Mention], words: OwnWords) -> list[str]:
    """Return the conditions that are clearly the person's own; none if they might be past or somebody else's."""
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
