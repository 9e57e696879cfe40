"""The points on which the articles differ: whoever hears one side finds the other, in every answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.content.content import Content, load_content
from assistant.core.dialogue.evidence import evidence_of

ROOT = Path(__file__).parents[2]
BOTH_WAYS = [
    # ice, make-up
    ("ice-mask-near-the-end", "no-ice-on-the-face"),
    ("avoid-make-up-after", "no-make-up-for-at-least-24-hours"),
    ("make-up-can-cover-swelling-and-bruising", "no-make-up-for-at-least-24-hours"),
    # time between sessions, and their length
    ("every-15-to-30-days", "no-new-session-for-at-least-4-weeks"),
    ("every-15-to-30-days", "repeat-after-4-to-5-weeks"),
    ("session-takes-about-30-minutes", "session-takes-5-minutes-to-an-hour"),
    # when the effects are gone
    ("side-effects-gone-in-12-to-24-hours", "subtle-marks-on-days-3-to-5"),
    ("side-effects-gone-in-12-to-24-hours", "sensitive-for-several-hours"),
    ("little-to-no-downtime", "subtle-marks-on-days-3-to-5"),
    ("redness-gone-within-24-hours", "subtle-marks-on-days-3-to-5"),
    # acne
    ("avoid-with-active-acne", "addresses-acne"),
    ("avoid-with-active-acne", "acne-removed-or-reduced"),
    # the sun
    ("avoid-sun-after", "no-long-sun-for-24-hours"),
    # how invasive, how deep
    ("non-invasive-technique", "invasive-cosmetic-procedure"),
    ("minimally-invasive-cosmetic-procedure", "invasive-cosmetic-procedure"),
    ("channels-in-the-dermis", "injuries-in-the-epidermis"),
    # at home, results, hair, safety
    ("pen-best-option-under-doctors-supervision", "safe-home-devices-exist"),
    ("results-from-first-session", "striking-changes-after-5-to-6-sessions"),
    ("striking-changes-after-5-to-6-sessions", "smoother-firmer-after-a-few-sessions"),
    ("no-final-answer-on-hair-loss", "helps-hair-loss-in-a-way-mainly-when-nothing-else-works"),
    ("no-permanent-side-effects", "not-completely-risk-free"),
    ("safer-than-laser-peel-dermabrasion", "not-completely-risk-free"),
]
ONE_WAY = [
    # the second is the careful side, and hides nothing where it stands alone
    ("stop-retinol-and-harsh-exfoliants-48-hours-before", "nothing-that-makes-skin-sensitive-before"),
    ("retinol-absorbed-better", "no-harsh-products-after"),
    ("painkiller-for-soreness", "no-anti-inflammatories-for-one-week-after"),
    ("results-last-three-to-five-months", "long-lasting-with-regular-maintenance"),
    ("no-permanent-side-effects", "no-picking-against-scars-and-irritation"),
    ("holes-in-first-layer-of-skin", "nutrients-carried-to-deepest-layers"),
]


@pytest.fixture(scope="module")
def content() -> Content:
    """The project's content."""
    return load_content(ROOT / "data", ROOT / "clinic" / "settings.yml")


@pytest.mark.parametrize(("said", "other"), [*BOTH_WAYS, *((two, one) for one, two in BOTH_WAYS), *ONE_WAY])
def test_whoever_hears_one_side_finds_the_other(content: Content, said: str, other: str) -> None:
    evidence = evidence_of(f"So it is [{said}].", content)
    told = [position["text"] for position in evidence.positions]
    assert content.facts[said].statement in told
    assert content.facts[other].statement in told
    articles = {
        evidence.sources[number - 1]["id"] for each in evidence.positions for number in each["sources"]
    }
    assert {content.facts[said].article, content.facts[other].article} <= articles
