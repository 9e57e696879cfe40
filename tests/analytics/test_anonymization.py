"""Tests of the anonymization of texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.analytics.anonymization import Anonymiser, load_anonymiser
from assistant.nlu.text.spacy_pipeline import common_words

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def anonymiser() -> Anonymiser:
    return load_anonymiser(ROOT / "data", frozenset(common_words()))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("write to jo.bloggs+x@mail.co.uk please", "write to [mail] please"),
        ("ring me on +44 (0)7700 900-123", "ring me on [number]"),
        ("07700900123", "[number]"),
        ("born 12/03/1985", "born [number]"),
        ("see https://insta.example/annie or @annie_b", "see [link] or [name]"),
        ("my name is rose", "my name is [name]"),
        ("this is Anna Schmidt speaking", "this is [name] speaking"),
        ("Dr Patel said no", "Dr [name] said no"),
        ("katie told me to wait", "[name] told me to wait"),
        ("im xanthippe, is red ok", "im [name], is red ok"),
    ],
)
def test_who_wrote_it_is_taken_out(anonymiser: Anonymiser, text: str, cleaned: str) -> None:
    assert anonymiser.clean(text) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "can i go to the gym 48 hours after",
        "Is redness on day 3 normal?",
        "0.5 mm needles on the neck, 4 sessions?",
        "accutane, retin-a and ibuprofen before a session",
        "i had it done at 15:00 yesterday",
        "is skinpen or dermapen better than a dermaroller",
    ],
)
def test_what_was_asked_stays(anonymiser: Anonymiser, text: str) -> None:
    assert anonymiser.clean(text) == text
