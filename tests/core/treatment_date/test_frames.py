"""Random sentences, compared with an independently computed moment."""

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
    """Return a random sentence, and a random hour at which it is said."""
    random = Random(seed)
    zone = ZoneInfo(random.choice(_ZONES))
    now = datetime(2026, 1, 1, random.randint(5, 23), tzinfo=zone) + timedelta(days=random.randint(0, 1500))
    return framed(random, now, random.choice(("past", "future"))), now


def is_right(found: Found, wanted: Framed) -> bool:
    """Return True if the day is right, and the minute if one is named."""
    return isinstance(found, Moment) and found.at.date() == wanted.day and wanted.at in (None, found.at)


def is_silently_wrong(found: Found, wanted: Framed) -> bool:
    """Return True if the day is wrong, or the minute is more than an hour off."""
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
