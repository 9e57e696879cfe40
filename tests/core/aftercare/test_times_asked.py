"""Which side of a session, and which moment, a question is about; and what it takes over from the one before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.core.aftercare.dated import answer_by_date, asked_about, continued
from assistant.core.aftercare.grammar import Message
from assistant.core.aftercare.person import Person, person_of
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.treatment_date import time_asked
from tests.core.aftercare.people import BOOKED, NOW, SINCE_YESTERDAY, ZONE, book, treated, verdict_of

SUN = TimingQuestion(topic="after_sun", activities=("sunbathe",))


def question(text: str, topic: str, who: Person, **named: tuple[str, ...]) -> TimingQuestion:
    return asked_about(text, topic, who, book(), **named)


def answer(asked: TimingQuestion, who: Person) -> Message:
    given = answer_by_date(asked, who, (), book())
    assert given is not None
    return given


@pytest.mark.parametrize("text", ["with spf 50", "and what if i use factor 50", "even with sunscreen?"])
def test_sunscreen_does_not_make_sunbathing_fine(text: str) -> None:
    spf = question(text, "after_sun", SINCE_YESTERDAY, products=("sunscreen",))
    assert verdict_of(answer(continued(spf, text, [SUN], book()), SINCE_YESTERDAY)) != "ok"


def test_a_painkiller_for_something_else_than_soreness_is_a_question_for_a_professional() -> None:
    named = {"products": ("paracetamol",), "symptoms": ("headache",)}
    asked = question("panadol for a headache tonight", "after_pain_relief", SINCE_YESTERDAY, **named)
    given = answer(asked, SINCE_YESTERDAY)
    assert verdict_of(given) == "ask_professional"
    assert "a painkiller for soreness" in given["text"]


def test_a_condition_after_no_activity_is_a_question_of_its_own() -> None:
    text = "with spf 50?"
    spf = question(text, "after_sun", SINCE_YESTERDAY, products=("sunscreen",))
    assert continued(spf, text, [], book()) == spf


@pytest.mark.parametrize("text", ["harsh toner tonight", "is a stinging toner ok", "exfoliating toner?"])
def test_what_is_called_harsh_is_ruled_like_everything_harsh(text: str) -> None:
    asked = question(text, "after_products", SINCE_YESTERDAY, products=("toner",))
    assert verdict_of(answer(asked, SINCE_YESTERDAY)) == "ask_professional"


def test_a_toner_that_nobody_calls_harsh_is_covered_by_no_source() -> None:
    asked = question("toner tonight", "after_products", SINCE_YESTERDAY, products=("toner",))
    assert verdict_of(answer(asked, SINCE_YESTERDAY)) == "not_covered"


def test_the_face_is_washed_before_the_session_however_far_it_is() -> None:
    asked = question("do i have to wash my face before", "after_cleansing", BOOKED, activities=("wash_face",))
    given = answer(asked, BOOKED)
    assert verdict_of(given) == "ok"
    assert "Before the session, wash your face" in given["text"]


@pytest.mark.parametrize(
    ("text", "topic", "products"),
    [
        ("when can i take ibuprofen again", "prep_medication", ("anti_inflammatories",)),
        ("when can i wear makeup again", "after_makeup", ("makeup",)),
    ],
)
def test_again_is_after_a_session_that_is_still_to_come(
    text: str, topic: str, products: tuple[str, ...]
) -> None:
    given = answer(question(text, topic, BOOKED, products=products), BOOKED)
    assert given["text"].startswith("**After your session: not before ")


def test_make_up_to_the_session_is_about_the_time_before() -> None:
    asked = question("can i wear makeup to the session", "after_makeup", BOOKED, products=("makeup",))
    given = answer(asked, BOOKED)
    assert verdict_of(given) == "not_covered"
    assert "wash your face" in given["text"]


def test_nobody_is_told_to_stop_sunbathing_before_a_session() -> None:
    asked = question("should i stop sunbathing", "after_sun", BOOKED, activities=("sunbathe",))
    given = answer(asked, BOOKED)
    assert verdict_of(given) == "ask_professional"
    assert "My sources don't mention sun or tanning before a session" in given["text"]


def test_an_unknown_hour_ends_a_symptom_with_the_last_possible_one() -> None:
    asked = TimingQuestion(topic="redness", symptoms=("redness",), is_noticed=True)
    day = NOW - timedelta(days=2)
    first, last = day.replace(hour=0), day.replace(hour=23, minute=59)
    value = {
        "at": day.isoformat(),
        "earliest": first.isoformat(),
        "latest": last.isoformat(),
        "precision": "day",
    }
    given = answer(asked, person_of(value, ZONE, NOW))
    assert "until the end of Sun 29 Nov" in given["text"]


@pytest.mark.parametrize(
    ("days", "begins"), [(30, "**Results should"), (120, "**Your results may be"), (200, "**Your")]
)
def test_results_are_told_in_their_tense(days: int, begins: str) -> None:
    given = answer(TimingQuestion(topic="results_duration"), treated(timedelta(days=days)))
    assert given["text"].startswith(begins)
    assert ("faded by now" in given["text"]) is (days == 200)


@pytest.mark.parametrize(
    ("text", "hours"), [("in two hours", 2), ("and tomorrow at noon", 24), ("so in a week?", 7 * 24)]
)
def test_a_time_to_come_after_a_session_asks_about_that_time(text: str, hours: int) -> None:
    when = time_asked(text, SINCE_YESTERDAY.treatment, NOW)
    assert when is not None
    assert when[0].date() == (NOW + timedelta(hours=hours)).date()


@pytest.mark.parametrize("text", ["on day 6", "and on day 6?", "what about on day 6"])
def test_a_day_after_the_session_is_counted_from_the_known_one(text: str) -> None:
    when = time_asked(text, SINCE_YESTERDAY.treatment, NOW)
    known = SINCE_YESTERDAY.treatment.moment
    assert when is not None
    assert known is not None
    assert (when[0].date() - known.at.date()).days == 6


@pytest.mark.parametrize(
    "text", ["yesterday at 3", "no, it is tomorrow at noon", "my next session is in a week"]
)
def test_other_dates_are_not_taken_for_the_time_of_a_question(text: str) -> None:
    assert time_asked(text, SINCE_YESTERDAY.treatment, NOW) is None


def test_before_a_session_a_bare_date_may_move_it() -> None:
    assert time_asked("tomorrow at noon", BOOKED.treatment, NOW) is None
