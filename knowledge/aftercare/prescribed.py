"""Whether a message says that a medicine is one on which a doctor decides, not the person alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from knowledge.aftercare.subjects import Asked
from knowledge.aftercare.wording import OwnMedicine
from knowledge.candidate.words import holds, plain_words


def says_prescribed(text: str, asked: Asked, words: OwnMedicine, medicines: Collection[str]) -> bool:
    """Whether it is prescribed or recommended, or taken for long, for an illness or as the person's own.

    Args:
        text: what was written.
        asked: what it names.
        words: the cues.
        medicines: products that are medicines.
    """
    said = _without(words.denied, plain_words(text))
    if holds(said, words.prescribed):
        return True
    is_medicine = not frozenset(asked.products).isdisjoint(medicines) or holds(said, words.nouns)
    takes = holds(said, words.taking)
    if _is_recommended(said, words) and (takes or is_medicine or asked.products):
        return True
    takes_something = takes and not (asked.products or asked.activities)
    return _is_lasting(said, words) and (is_medicine or takes_something)


def _is_recommended(said: list[str], words: OwnMedicine) -> bool:
    return holds(said, words.prescribers) and holds(said, words.recommending)


def _is_lasting(said: list[str], words: OwnMedicine) -> bool:
    return any(holds(said, cues) for cues in (words.conditions, words.frequency, words.own))


def _without(cues: Iterable[str], said: list[str]) -> list[str]:
    """The words without those that deny it: "it is not prescribed" does not say that it is."""
    rest = f" {' '.join(said)} "
    for cue in cues:
        rest = rest.replace(f" {cue} ", " ")
    return rest.split()
