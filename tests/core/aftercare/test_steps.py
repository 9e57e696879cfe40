"""Steps of the personal timeline."""

from __future__ import annotations

from datetime import datetime

import pytest

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.timeline import Step, steps
from tests.core.aftercare.moments import at

TREATED = at("2026-03-13 15:00")
"""A Friday."""


def states(now: str, aftercare: Rulebook) -> dict[str, str]:
    """Return the state of each step, for the treatment on Friday."""
    return {step.id: step.state for step in steps(TREATED, at(now), aftercare)}


def line(step_id: str, aftercare: Rulebook, treated: datetime = TREATED) -> Step:
    """Return one step of the timeline immediately after the treatment."""
    return next(step for step in steps(treated, treated, aftercare) if step.id == step_id)


def test_the_day_after_has_its_lines_in_past_now_and_upcoming(aftercare: Rulebook) -> None:
    assert states("2026-03-14 16:00", aftercare) == {
        "no-make-up": "past",
        "no-long-sun": "now",
        "no-ice": "now",
        "no-anti-inflammatories": "now",
        "no-harsh-products": "now",
        "no-touching": "now",
        "gentle-cleansing": "now",
        "moisturise": "now",
        "sunscreen": "now",
        "painkiller-if-sore": "now",
        "redness-expected": "past",
        "swelling-and-bruises-expected": "past",
        "sensitive-skin-expected": "past",
        "marks-expected": "upcoming",
        "next-session": "upcoming",
        "results-fade": "upcoming",
        "maintenance": "upcoming",
    }


def test_before_the_treatment_it_is_a_countdown(aftercare: Rulebook) -> None:
    countdown = states("2026-03-12 10:00", aftercare)
    assert list(countdown.items())[:6] == [
        ("no-anti-inflammatories-before", "now"),
        ("new-products-tested-before", "now"),
        ("blood-thinners-before", "now"),
        ("no-retinoids-or-exfoliants-before", "now"),
        ("no-shaving-on-the-day", "upcoming"),
        ("clean-face-before", "upcoming"),
    ]
    assert countdown["no-make-up"] == "upcoming"


def test_once_treated_the_preparation_is_left_out(aftercare: Rulebook) -> None:
    assert not {"no-retinoids-or-exfoliants-before", "clean-face-before"} & set(
        states("2026-03-13 15:00", aftercare)
    )


def test_what_is_for_the_day_of_the_treatment_is_left_out_once_it_has_been(aftercare: Rulebook) -> None:
    assert states("2026-03-13 14:59", aftercare)["no-shaving-on-the-day"] == "now"
    assert "no-shaving-on-the-day" not in states("2026-03-13 15:00", aftercare)
    assert "no-shaving-on-the-day" not in states("2026-03-13 20:00", aftercare)


@pytest.mark.parametrize(
    ("step_id", "starts_at", "ends_at"),
    [
        ("no-make-up", "2026-03-13T15:00:00+01:00", "2026-03-14T15:00:00+01:00"),
        ("no-anti-inflammatories", "2026-03-13T15:00:00+01:00", "2026-03-20T15:00:00+01:00"),
        ("marks-expected", "2026-03-16T00:00:00+01:00", "2026-03-19T00:00:00+01:00"),
        ("next-session", "2026-04-10T15:00:00+02:00", "2026-04-10T15:00:00+02:00"),
        ("results-fade", "2026-06-13T15:00:00+02:00", "2026-08-13T15:00:00+02:00"),
        ("maintenance", "2026-09-13T15:00:00+02:00", None),
        ("no-ice", "2026-03-13T15:00:00+01:00", None),
    ],
)
def test_moments_are_in_the_zone_of_the_treatment(
    step_id: str, starts_at: str, ends_at: str | None, aftercare: Rulebook
) -> None:
    card = line(step_id, aftercare).as_card()
    assert (card["starts_at"], card["ends_at"]) == (starts_at, ends_at)


def test_the_same_evening_elsewhere_has_other_days(aftercare: Rulebook) -> None:
    card = line("marks-expected", aftercare, at("2026-03-13 23:30", "America/New_York")).as_card()
    assert card["starts_at"] == "2026-03-16T00:00:00-04:00"


def test_now_may_be_said_in_another_zone_than_the_treatment(aftercare: Rulebook) -> None:
    here = steps(TREATED, at("2026-03-14 16:00"), aftercare)
    there = steps(TREATED, at("2026-03-14 20:30", "Asia/Kolkata"), aftercare)
    assert here == there


def test_lines_are_in_order_of_time(aftercare: Rulebook) -> None:
    beginnings = [step.starts_at for step in steps(TREATED, at("2026-03-01 10:00"), aftercare)]
    known = [in_utc(moment) for moment in beginnings if moment is not None]
    assert known == sorted(known)
    assert None not in beginnings[len(beginnings) - len(known) :]


def test_every_line_cites_its_sources(aftercare: Rulebook) -> None:
    for step in steps(TREATED, at("2026-03-01 10:00"), aftercare):
        assert step.sources
        assert all(set(source) == {"id", "title", "name", "section"} for source in step.sources)


def test_a_card_has_what_the_protocol_says(aftercare: Rulebook) -> None:
    card = line("no-make-up", aftercare).as_card()
    keys = ["id", "title", "detail", "group", "starts_at", "ends_at", "state", "sources"]
    assert list(card) == [*keys, "over"]
    assert card["over"] == "Make-up fine again"
    assert list(line("no-ice", aftercare).as_card()) == keys


def test_a_card_says_whom_to_ask_where_no_end_is_given(aftercare: Rulebook) -> None:
    ice, makeup = line("no-ice", aftercare), line("no-make-up", aftercare)
    assert ice.ask is not None
    assert ice.as_card()["detail"].endswith(ice.ask)
    assert makeup.as_card()["detail"] == makeup.detail


def test_moments_without_a_zone_are_refused(aftercare: Rulebook) -> None:
    for treated, now in ((datetime(2026, 3, 13, 15), TREATED), (TREATED, datetime(2026, 3, 13, 15))):
        with pytest.raises(ValueError, match="without a time zone"):
            steps(treated, now, aftercare)
