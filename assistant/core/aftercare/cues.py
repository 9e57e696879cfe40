"""Cues of ``data/aftercare_wording.yml``, looked for in what a person wrote."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.core.content.cue_words import holds, plain_words


def says_one_of(text: str, cues: Iterable[str]) -> bool:
    """Whether one of the cues stands in the text as whole words, whatever its case and punctuation."""
    return holds(plain_words(text), cues)


def without(text: str, cues: Iterable[str]) -> str:
    """The words of the text without the cues: "it is not prescribed" does not say that it is."""
    rest = f" {' '.join(plain_words(text))} "
    for cue in cues:
        rest = rest.replace(f" {cue} ", " ")
    return rest.strip()
