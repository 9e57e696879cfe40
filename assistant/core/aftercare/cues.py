"""Matching of the cues in ``data/en/aftercare_wording.yml`` against messages."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.core.content.cue_words import holds, plain_words


def says_one_of(text: str, cues: Iterable[str]) -> bool:
    """Return whether the text contains a cue as whole words, ignoring case and punctuation."""
    return holds(plain_words(text), cues)


def without(text: str, cues: Iterable[str]) -> str:
    """Return the words of the text without the cues, so that "it is not prescribed" does not match "prescribed"."""
    rest = f" {' '.join(plain_words(text))} "
    for cue in cues:
        rest = rest.replace(f" {cue} ", " ")
    return rest.strip()
