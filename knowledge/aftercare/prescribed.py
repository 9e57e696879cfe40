"""Whether a message says that a medicine is one on which a doctor decides, not the person alone."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.aftercare.cues import says_one_of, without
from knowledge.aftercare.subjects import Asked
from knowledge.aftercare.wording import OwnMedicine


def says_prescribed(text: str, asked: Asked, words: OwnMedicine, medicines: Collection[str]) -> bool:
    """Whether it is prescribed or recommended, or taken for long, for an illness or as the person's own.

    Args:
        text: what was written.
        asked: what it names.
        words: the cues.
        medicines: products that are medicines.
    """
    said = without(text, words.denied)
    if says_one_of(said, words.prescribed):
        return True
    is_medicine = not frozenset(asked.products).isdisjoint(medicines) or says_one_of(said, words.nouns)
    takes = says_one_of(said, words.taking)
    if _is_recommended(said, words) and (takes or is_medicine or asked.products):
        return True
    takes_something = takes and not (asked.products or asked.activities)
    return _is_lasting(said, words) and (is_medicine or takes_something)


def _is_recommended(said: str, words: OwnMedicine) -> bool:
    return says_one_of(said, words.prescribers) and says_one_of(said, words.recommending)


def _is_lasting(said: str, words: OwnMedicine) -> bool:
    return any(says_one_of(said, cues) for cues in (words.conditions, words.frequency, words.own))
