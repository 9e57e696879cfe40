"""Whether a message says that a medicine is one on which a doctor decides, not the person alone."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.aftercare.cues import says_one_of, without
from knowledge.aftercare.subjects import MEDICINE_TOPICS, Asked
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
    if says_one_of(said, words.prescribed) or _is_unnamed(said, asked, words):
        return True
    is_topic, is_medicine = asked.topic in MEDICINE_TOPICS, _is_medicine(said, asked, words, medicines)
    is_taken = is_topic or is_medicine or bool(asked.products) or says_one_of(said, words.taking)
    if _is_recommended(said, words) and is_taken:
        return True
    if is_medicine and says_one_of(said, words.frequency):
        return True
    return (is_topic or is_medicine) and says_one_of(said, (*words.conditions, *words.own))


def _is_medicine(said: str, asked: Asked, words: OwnMedicine, medicines: Collection[str]) -> bool:
    if not frozenset(asked.products).isdisjoint(medicines) or says_one_of(said, words.nouns):
        return True
    return says_one_of(said, words.taking) and not (asked.products or asked.activities)


def _is_unnamed(said: str, asked: Asked, words: OwnMedicine) -> bool:
    """Whether it is one that was named before, or by a word that nobody knows."""
    is_open = asked.topic in MEDICINE_TOPICS and not asked.products
    return is_open and says_one_of(said, words.unnamed) and not says_one_of(said, words.nouns)


def _is_recommended(said: str, words: OwnMedicine) -> bool:
    return says_one_of(said, words.prescribers) and says_one_of(said, words.recommending)
