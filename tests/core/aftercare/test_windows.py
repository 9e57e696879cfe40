"""Windows of rules, and their verdicts at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.rules import Rule, day_after, window, word_at
from tests.core.aftercare.moments import at

DETAIL = "Ten words are what a detail needs at the very least."
TREATED = "2026-03-14 15:00"


def rule(**parts: Any) -> Rule:
    """Return a rule about make-up for a day after the treatment, with these changes."""
    whole = {
        "id": "a-rule",
        "products": ["makeup"],
        "title": "A rule",
        "detail": DETAIL,
        "kind": "avoid",
        "direction": "after",
        "start": "PT0S",
        "end": "PT24H",
        "otherwise": "ok",
        "strictness": "must",
    }
    return Rule.parse_obj(whole | parts)


def local(moment: datetime | None, treated: datetime) -> str | None:
    """Return the person's local time."""
    return None if moment is None else moment.astimezone(treated.tzinfo).isoformat()


def edges(parts: dict[str, Any], treated: datetime) -> tuple[str | None, str | None]:
    """Return start and end of the rule's window in the person's local time."""
    own = window(rule(**parts), treated)
    return local(own.start, treated), local(own.end, treated)


FLAKING = {"kind": "expect", "start": "P3D", "end": "P5D", "otherwise": None, "whole_days": True}
SHAVING = {"direction": "before", "start": "P0D", "end": "P0D", "whole_days": True}


def test_whole_days_are_from_midnight_to_midnight() -> None:
    assert edges(FLAKING, at(TREATED)) == ("2026-03-17T00:00:00+01:00", "2026-03-20T00:00:00+01:00")


def test_whole_days_are_the_same_for_a_treatment_early_and_late_on_the_day() -> None:
    assert edges(FLAKING, at("2026-03-14 00:05")) == edges(FLAKING, at("2026-03-14 23:55"))


def test_whole_days_are_those_of_the_person() -> None:
    assert edges(FLAKING, at("2026-03-14 23:30", "America/New_York"))[0] == "2026-03-17T00:00:00-04:00"
    assert edges(FLAKING, at("2026-03-15 12:30", "Asia/Tokyo"))[0] == "2026-03-18T00:00:00+09:00"


def test_the_day_of_the_treatment_is_whole_before_and_after_it() -> None:
    assert edges(SHAVING, at(TREATED)) == ("2026-03-14T00:00:00+01:00", "2026-03-15T00:00:00+01:00")


def test_an_end_by_the_clock_is_not_stretched_to_midnight() -> None:
    assert edges(SHAVING | {"end": "PT0S"}, at(TREATED))[1] == "2026-03-14T15:00:00+01:00"


def test_a_day_begins_at_one_where_clocks_skip_midnight() -> None:
    one_day_after = FLAKING | {"start": "P1D", "end": "P1D"}
    beginning, end = edges(one_day_after, at("2026-04-23 15:00", "Africa/Cairo"))
    assert (beginning, end) == ("2026-04-24T01:00:00+03:00", "2026-04-25T00:00:00+03:00")


def test_windows_before_reach_back_from_the_treatment() -> None:
    parts = {"direction": "before", "start": "PT48H", "end": "PT0S"}
    assert edges(parts, at(TREATED)) == ("2026-03-12T15:00:00+01:00", "2026-03-14T15:00:00+01:00")


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        ("2026-03-14 14:59", None),
        ("2026-03-14 15:00", "not_yet"),
        ("2026-03-15 14:59:59", "not_yet"),
        ("2026-03-15 15:00", "ok"),
        ("2027-03-15 15:00", "ok"),
    ],
)
def test_a_window_after_says_nothing_before_and_is_over_at_its_end(moment: str, word: str | None) -> None:
    assert word_at(rule(), at(TREATED), in_utc(at(moment))) == word


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        ("2026-03-01 15:00", "ok"),
        ("2026-03-12 14:59:59", "ok"),
        ("2026-03-12 15:00", "avoid"),
        ("2026-03-14 14:59:59", "avoid"),
        ("2026-03-14 15:00", None),
    ],
)
def test_a_window_before_speaks_of_the_time_until_the_treatment(moment: str, word: str | None) -> None:
    before = rule(direction="before", start="PT48H", end="PT0S")
    assert word_at(before, at(TREATED), in_utc(at(moment))) == word


@pytest.mark.parametrize(
    ("moment", "word"),
    [("2026-03-14 15:00", "avoid"), ("2026-04-11 14:59", "avoid"), ("2026-04-11 15:00", "ask_professional")],
)
def test_where_no_article_gives_an_end_the_professional_is_asked_in_the_long_run(
    moment: str, word: str
) -> None:
    endless = rule(end=None, otherwise=None, asks_beyond="P4W")
    assert word_at(endless, at(TREATED), in_utc(at(moment))) == word


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        ("2026-03-01 15:00", "ask_professional"),
        ("2026-03-07 14:59", "ask_professional"),
        ("2026-03-07 15:00", "avoid"),
    ],
)
def test_where_no_article_gives_a_beginning_the_same_goes_for_long_before(moment: str, word: str) -> None:
    endless = rule(direction="before", start=None, end="PT0S", otherwise=None, asks_beyond="P1W")
    assert word_at(endless, at(TREATED), in_utc(at(moment))) == word


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        ("2026-03-14 14:00", None),
        ("2026-03-14 16:00", "not_yet"),
        ("2026-04-11 14:59", "not_yet"),
        ("2026-04-11 15:00", "ok"),
        ("2027-01-01 00:00", "ok"),
    ],
)
def test_a_next_session_is_too_early_until_its_window_begins(moment: str, word: str | None) -> None:
    session = rule(kind="next", start="P4W", end="P5W")
    assert word_at(session, at(TREATED), in_utc(at(moment))) == word


def test_what_is_only_expected_says_nothing_about_may_i() -> None:
    expectation = rule(kind="expect", otherwise=None)
    assert word_at(expectation, at(TREATED), in_utc(at("2026-03-14 16:00"))) is None


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-03-14 23:59", 0), ("2026-03-15 00:01", 1), ("2026-03-18 09:00", 4), ("2026-03-13 09:00", -1)],
)
def test_the_day_is_counted_by_the_calendar(moment: str, day: int) -> None:
    assert day_after(at(TREATED), at(moment)) == day


def test_the_day_is_the_one_of_the_zone_of_the_treatment() -> None:
    assert day_after(at("2026-03-14 15:00", "America/Los_Angeles"), at("2026-03-15 08:00", "Asia/Tokyo")) == 0
