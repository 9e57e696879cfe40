"""What a message asks about: its topic, what it names, and how it asks."""

from __future__ import annotations

from dataclasses import replace

from knowledge.aftercare.handbook import Handbook
from knowledge.aftercare.person import Person
from knowledge.aftercare.prescribed import says_prescribed
from knowledge.aftercare.subjects import Asked, side_named, turned
from knowledge.candidate.words import holds, plain_words


def asked_about(
    text: str,
    topic: str,
    person: Person,
    book: Handbook,
    *,
    products: tuple[str, ...] = (),
    activities: tuple[str, ...] = (),
) -> Asked:
    """The question of a text, by its topic and the products and activities that it names."""
    said, wording = plain_words(text), book.wording
    asked = Asked(
        topic=turned(topic, text, is_treated=person.is_treated),
        products=products,
        activities=activities,
        side=side_named(text, is_treated=person.is_treated),
        must=holds(said, wording.asks_must),
        stops=holds(said, wording.asks_stop),
    )
    prescribed = says_prescribed(text, asked, wording.own_medicine, book.aftercare.medicines)
    return replace(asked, prescribed=prescribed)
