"""Thousands of sentences whose moment is worked out apart from the code."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.core.treatment_date import Found, Moment, find_moment
from tests.core.treatment_date.frames import Framed, framed

_ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo", "UTC")


def sentence(seed: int) -> tuple[Framed, datetime]:
    """A random sentence, said at a random hour of the day."""
    random = Random(seed)
    zone = ZoneInfo(random.choice(_ZONES))
    now = datetime(2026, 1, 1, random.randint(5, 23), tzinfo=zone) + timedelta(days=random.randint(0, 1500))
    return framed(random, now, random.choice(("past", "future"))), now


def is_right(found: Found, wanted: Framed) -> bool:
    """Whether it is the day, and the minute if one is said."""
    return isinstance(found, Moment) and found.at.date() == wanted.day and wanted.at in (None, found.at)


def is_silently_wrong(found: Found, wanted: Framed) -> bool:
    """Whether it is another day, or a minute more than an hour away."""
    if not isinstance(found, Moment):
        return False
    far = (
        wanted.at is not None
        and found.precision == "minute"
        and abs(found.at - wanted.at) > timedelta(hours=1)
    )
    return found.at.date() != wanted.day or far


@settings(deadline=None)
@given(seed=st.integers(0, 10**9))
def test_no_sentence_is_silently_wrong(seed: int) -> None:
    wanted, now = sentence(seed)
    found = find_moment(wanted.sentence, now)
    assert not is_silently_wrong(found, wanted), (wanted, now, found)


def test_nearly_all_sentences_are_right() -> None:
    drawn = [sentence(seed) for seed in range(1000)]
    right = sum(is_right(find_moment(wanted.sentence, now), wanted) for wanted, now in drawn)
    assert right >= 970
