"""What a dated question is about: a duty, a permission, the gap between sessions, the results, or a patch test."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from assistant.core.aftercare.dated import answer_by_date, asked_about
from assistant.core.aftercare.grammar import Message
from assistant.core.aftercare.person import Person
from tests.core.aftercare.people import BOOKED, NOW, SINCE_YESTERDAY, book, person, treated, verdict_of

TODAY = person("today")


def answer(
    text: str, topic: str, who: Person, when: tuple[datetime, ...] = (), **named: tuple[str, ...]
) -> Message:
    """Return the dated answer to a message that names these products, activities and symptoms."""
    asked = asked_about(text, topic, who, book(), **named)
    given = answer_by_date(asked, who, when, book())
    assert given is not None
    return given


def test_a_duty_is_answered_whatever_goes_with_it() -> None:
    given = answer(
        "do i put spf on when i walk home in the rain",
        "after_sun",
        TODAY,
        products=("sunscreen",),
        activities=("walk", "cold_wind"),
    )
    assert verdict_of(given) == "ok"
    assert given["text"].startswith("**Yes, do.** Put plenty of sunscreen")
    assert "cover that" not in given["text"]


def test_what_is_to_be_avoided_is_said_beside_the_duty() -> None:
    given = answer(
        "should i use spf 50 at the beach",
        "after_sun",
        TODAY,
        products=("sunscreen",),
        activities=("sunbathe",),
    )
    first, second, *_ = given["text"].split("\n\n")
    assert first.startswith("**Yes, do.**")
    assert second.startswith("Sunbathing: **Not yet.**")


def test_permission_in_the_sun_is_no_duty() -> None:
    given = answer(
        "can i lie at the beach with spf 50",
        "after_sun",
        TODAY,
        products=("sunscreen",),
        activities=("sunbathe",),
    )
    assert verdict_of(given) == "not_yet"


def test_going_without_what_has_to_be_done_is_to_be_avoided() -> None:
    given = answer("can i go out without sunscreen", "after_sun", TODAY, products=("sunscreen",))
    assert verdict_of(given) == "avoid"
    assert given["text"].startswith("**No, keep it up.**")


def test_permission_for_what_a_rule_names_comes_before_what_is_felt() -> None:
    given = answer(
        "flaking, can i peel it off",
        "peeling",
        person("day 4"),
        activities=("touch_face",),
        symptoms=("peeling",),
    )
    assert verdict_of(given) == "not_yet"
    assert given["text"].startswith("**No.** Keep your hands off")


def test_what_is_felt_is_judged_if_no_permission_is_asked() -> None:
    given = answer("flaking off, normal?", "peeling", person("day 4"), symptoms=("peeling",))
    assert given["text"].startswith(
        "**My sources give no days for that, so I can't tell you if it's normal now.**"
    )


def test_the_gap_between_sessions_counts_until_the_next_one() -> None:
    last = treated(timedelta(days=26))
    for days, verdict in ((1, "not_yet"), (3, "ok")):
        when = (NOW + timedelta(days=days),)
        given = answer(
            "can they squeeze me in then", "session_interval", last, when, activities=("touch_face",)
        )
        assert verdict_of(given) == verdict


@pytest.mark.parametrize(
    ("days", "begins"),
    [
        (30, "**Going by what my sources say, results should last until then.**"),
        (120, "**Perhaps:**"),
        (200, "**Not that long"),
    ],
)
def test_results_are_told_by_the_day_that_is_asked_about(days: int, begins: str) -> None:
    given = answer("will it last till then", "results_duration", TODAY, (NOW + timedelta(days=days),))
    assert given["text"].startswith(begins)
    assert "over between about Sun 28 Feb 2027 and Fri 30 Apr 2027" in given["text"]
    assert "verdict" not in given["metadata"]


def test_results_without_a_day_are_told_by_their_dates() -> None:
    given = answer("how long will it last", "results_duration", TODAY)
    assert given["text"].startswith(
        "**Results should last until between about Sun 28 Feb 2027 and Fri 30 Apr 2027.**"
    )


def test_a_new_serum_is_what_is_tested() -> None:
    given = answer("i bought a new serum, should i test it first", "patch_test", BOOKED, products=("serum",))
    assert given["text"].startswith("**Yes, do.** Try a new skincare product")


def test_until_then_is_the_time_before_a_coming_session() -> None:
    given = answer("can i wear makeup until then", "after_makeup", BOOKED, products=("makeup",))
    assert verdict_of(given) == "not_covered"


def test_scrubbing_is_to_be_avoided_on_every_day() -> None:
    for who in (TODAY, SINCE_YESTERDAY, person("day 20")):
        given = answer("can i scrub my face", "after_cleansing", who, activities=("scrub_face",))
        assert verdict_of(given) == "avoid"


def test_a_prescribed_retinoid_is_a_question_at_every_time() -> None:
    for who, verdict in ((treated(timedelta(hours=-20)), "avoid"), (BOOKED, "ask_professional")):
        given = answer("can i use tret tonight", "prep_skincare", who, products=("prescription_retinoids",))
        assert verdict_of(given) == verdict
    given = answer("tret again?", "after_products", person("day 20"), products=("prescription_retinoids",))
    assert verdict_of(given) == "ask_professional"
