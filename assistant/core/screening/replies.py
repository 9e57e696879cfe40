"""Interpretation of messages while a question of the check is open, and of conditions that a person reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from assistant.core.content.cue_words import holds, is_all, pictures, plain_words
from assistant.core.screening.progress import Act
from assistant.core.screening.questions import OwnWords, ReplyWords

LONGEST_UNCLEAR: Final = 12  # words: anything longer without a cue was not meant as a reply
LONGEST_ASIDE: Final = 4  # words: a longer remark after a plain yes or no has its own topic
_MARK: Final = "?"
_SUBJECTS = frozenset(
    {"i", "id", "im", "ive", "ill", "it", "its", "we", "you"}
)  # "have i" asks, "i have" does not
_THEIR_OWN = frozenset(
    {"i", "im", "ive", "id", "my", "not", "never", "none", "nothing", "but", "just", "only", "because"}
)

REACH: Final = 6  # words before a condition to search for a cue that it is the person's own
_FAR = 200  # characters: enough for that many words
_REPLIES = 2  # leading words of a reply: "no but i have a nickel allergy" does not deny the allergy


@dataclass(frozen=True)
class ScreeningReply:
    """A message, and its interpretation outside the check."""

    text: str
    names_it: bool = False
    """It names the condition being asked about."""
    elsewhere: bool = False
    """It was classified as another topic with high confidence."""
    lost: bool = False
    """It was not understood."""


def read_return(text: str, words: ReplyWords) -> Act | None:
    """Return the act of a message that resumes an earlier check; it has to mention the check."""
    act = read_control(text, words)
    return act if act in ("go_on", "restart") and holds(plain_words(text), words.check) else None


def read_control(text: str, words: ReplyWords) -> Act | None:
    """Return the act of a message that only stops, resumes, restarts or steps back in a check."""
    said = _without_mark(plain_words(text))
    kinds: Sequence[tuple[Act, Collection[str]]] = (
        ("restart", words.restart), ("back", words.back), ("go_on", words.go_on), ("stop", words.stop),
    )  # fmt: skip
    found = [(act, cues) for act, cues in kinds if is_all(said, cues, words.fillers)]
    return max(found, key=lambda kind: _longest(said, kind[1]))[0] if found else None


def read_answer(text: str, words: ReplyWords) -> Act | None:
    """Return "yes", "no" or "unsure" if the whole message is that and nothing else, in words or emoji."""
    said = plain_words(text) or pictures(text)
    if is_all(said, words.unsure, words.fillers):
        return "unsure"
    if is_all(said, words.plain_no, ()):
        return "no"
    return "yes" if is_all(said, words.plain_yes, ()) else None


def read_reply(heard: ScreeningReply, words: ReplyWords) -> Act | None:
    """Return the act of a message, or None if it is about something else."""
    said = plain_words(heard.text) or pictures(heard.text)
    if is_all(_without_mark(said), words.why, words.fillers):
        return "why"
    control = read_control(heard.text, words)
    if control is not None:
        return control
    begins = _begins_with(said, words)
    if _is_about_something_else(heard, said, begins, words):
        return None
    return _reply(said, begins, words) or _taken_for(heard, said)


def _is_about_something_else(
    heard: ScreeningReply, said: Sequence[str], begins: Act | None, words: ReplyWords
) -> bool:
    if _is_question(said, words):
        return True
    return heard.elsewhere and not heard.names_it and not _is_plain(said, begins, words)


def _taken_for(heard: ScreeningReply, said: Sequence[str]) -> Act | None:
    """Return the act of a message without any cue of a reply."""
    if heard.names_it:
        return "yes"
    return "unclear" if heard.lost and len(said) <= LONGEST_UNCLEAR else None


def _reply(said: Sequence[str], begins: Act | None, words: ReplyWords) -> Act | None:
    if holds(said, words.surely_no):
        return "no"
    if holds(said, words.unsure):
        return "unsure"
    if holds(said, words.firm_yes) and holds(said, words.firm_no):
        return "unclear"
    if begins is not None:
        return begins
    if holds(said, words.no):
        return "no"
    return "yes" if holds(said, words.yes) else None


def _begins_with(said: Sequence[str], words: ReplyWords) -> Act | None:
    fillers = frozenset(words.fillers) - {*words.plain_no, *words.plain_yes}
    first = next((word for word in said if word not in fillers), "")
    if first in words.plain_no:
        return "no"
    return "yes" if first in words.plain_yes else None


def _is_plain(said: Sequence[str], begins: Act | None, words: ReplyWords) -> bool:
    """Return True if a message is a reply, no matter which topic it was classified as.

    Examples: "no", "no, my skin is fine", "not sure at all".
    """
    if is_all(said, (*words.surely_no, *words.unsure, *words.yes, *words.no), words.fillers):
        return True
    if begins is None:
        return False
    small = {*words.fillers, *words.plain_no, *words.plain_yes} - _THEIR_OWN
    after = [word for word in said if word not in small]
    if any(word in words.asking_words for word in after):
        return False
    return len(after) <= LONGEST_ASIDE or after[0] in _THEIR_OWN


def _is_question(said: Sequence[str], words: ReplyWords) -> bool:
    if set(said) <= {_MARK}:
        return False
    if said[-1] == _MARK and len(said) > LONGEST_ASIDE:
        return True
    around = {*words.fillers, *words.plain_no, *words.plain_yes} - {*words.question_words, *_SUBJECTS}
    first = next((word for word in said if word not in around), "")
    return first in words.question_words


def _without_mark(said: Sequence[str]) -> list[str]:
    return [word for word in said if word != _MARK] or list(said)


def _longest(said: Sequence[str], cues: Collection[str]) -> int:
    return max(len(cue) for cue in cues if holds(said, [cue]))


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
