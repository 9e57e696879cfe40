"""Tests of reading a tracker: separate products, reported symptoms and the session that is meant."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.conversation import asked, moments_asked
from assistant.core.aftercare.guide import AftercareGuide, load_guide
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.protocol import INTERPRETATION
from assistant.core.treatment_date import write_moments
from tests.core.aftercare.people import NOW, person
from tests.servers import ROOT


@pytest.fixture(scope="module")
def book() -> AftercareGuide:
    """This project's content."""
    return load_guide(ROOT / "data", ROOT / "clinic")


def message(text: str, topic: str, **named: dict[str, str]) -> dict[str, Any]:
    """A message in which words stand for values: ``product={"make-up": "makeup"}``."""
    entities = [
        {"entity": entity, "value": value, "start": text.index(words), "end": text.index(words) + len(words)}
        for entity, values in named.items()
        for words, value in values.items()
    ]
    return {"text": text, "intent": {"name": topic}, "entities": entities}


def read(said: dict[str, Any], book: AftercareGuide, when: str = "to come") -> TimingQuestion:
    return asked(said, person(when), book)


@pytest.mark.parametrize("joined", [" and ", " or ", ", ", " & ", " n ", " and then "])
def test_things_with_a_word_between_are_two(joined: str, book: AftercareGuide) -> None:
    said = message(
        f"can i wash my hair{joined}a glass of wine",
        "after_not_covered",
        activity={"wash my hair": "wash_hair", "glass of wine": "alcohol"},
    )
    assert read(said, book).apart == (
        TimingQuestion(activities=("wash_hair",)),
        TimingQuestion(activities=("alcohol",)),
    )


def test_one_thing_that_two_words_name_is_one(book: AftercareGuide) -> None:
    serum = {"vitamin c": "vitamin_c", "serum": "serum"}
    said = message("can i use a vitamin c serum", "after_products", product=serum)
    assert read(said, book).apart == (TimingQuestion(products=("vitamin_c", "serum")),)
    said = message(
        "can i wear make-up",
        "after_makeup",
        product={"make-up": "makeup"},
        activity={"wear make-up": "wear_makeup"},
    )
    assert read(said, book).apart == (TimingQuestion(products=("makeup",), activities=("wear_makeup",)),)


def test_a_message_without_a_place_for_what_it_names_sets_nothing_apart(book: AftercareGuide) -> None:
    button = {
        "text": "/after_products",
        "intent": {"name": "after_products"},
        "entities": [{"entity": "product", "value": "retinoids"}],
    }
    assert read(button, book).apart == ()
    assert read(button, book).products == ("retinoids",)


@pytest.mark.parametrize(
    "text",
    [
        "how long will i be red",
        "will my face swell",
        "will i peel",
        "how red do people get",
        "should i expect bruises",
        "what if i am still red at work",
        "is redness normal",
        "i have my session on friday, how bad is the swelling",
        "im having it next week, does the skin peel",
        "my face is sensitive, will it get red",
    ],
)
@pytest.mark.parametrize("topic", ["redness", "swelling_bruising", "peeling"])
def test_who_asks_ahead_reports_nothing(text: str, topic: str, book: AftercareGuide) -> None:
    assert not read(message(text, topic), book).is_noticed


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("my face is red", "redness"),
        ("why am i so red", "redness"),
        ("i woke up puffy", "swelling_bruising"),
        ("my skin is peeling right now", "peeling"),
        ("im still red", "redness"),
        ("got a rash on my cheek", "symptom_report"),
        ("red patches since this morning", "symptom_report"),
    ],
)
def test_who_tells_of_what_is_there_reports_it(text: str, topic: str, book: AftercareGuide) -> None:
    assert read(message(text, topic), book).is_noticed


def test_a_report_that_looks_ahead_is_a_question(book: AftercareGuide) -> None:
    assert not read(message("will it itch", "symptom_report"), book).is_noticed


@pytest.mark.parametrize(
    "text",
    [
        "can i have a top up in 2 weeks",
        "when can i have my next session",
        "is it time for a top up",
        "could i have a booster already",
        "when should i come back",
    ],
)
def test_who_asks_for_a_session_means_the_next_one(text: str, book: AftercareGuide) -> None:
    assert read(message(text, "results_duration"), book).is_next_session


@pytest.mark.parametrize(
    "text",
    [
        "how long do the results last",
        "does it wear off",
        "when will it fade",
        "is it permanent",
        "do i need top ups",
        "top up how often",
        "how many top ups per year",
        "yearly top-up needed?",
    ],
)
def test_who_asks_how_long_it_lasts_does_not(text: str, book: AftercareGuide) -> None:
    assert not read(message(text, "results_duration"), book).is_next_session


def test_the_moments_of_the_parse_are_those_that_are_asked_about(book: AftercareGuide) -> None:
    who = person("day 4")
    said = message("can i swim", "after_not_covered")
    moments = write_moments("can i swim on saturday", NOW, who.treatment.moment)
    handed_over = {**said, INTERPRETATION: {"moments": moments}}
    assert moments_asked(said, who, book) == ()
    assert [moment.day for moment in moments_asked(handed_over, who, book)] == [5, 5]


def test_a_message_whose_parse_has_no_moments_is_searched(book: AftercareGuide) -> None:
    said = message("can i swim on saturday", "after_not_covered")
    asked_about = moments_asked(said, person("day 4"), book)
    assert [moment.day for moment in asked_about] == [5, 5]


def days_asked(text: str, topic: str, when: str, book: AftercareGuide) -> list[str]:
    """Return the days and hours that a message asks about."""
    return [f"{moment:%d %H:%M}" for moment in moments_asked(message(text, topic), person(when), book)]


def test_the_gap_is_asked_about_until_the_session_that_is_booked(book: AftercareGuide) -> None:
    text = "session 2 is booked for dec 16. long enough?"
    assert days_asked(text, "session_interval", "day 20", book) == ["16 00:00", "16 23:59"]
    assert days_asked(text, "after_makeup", "day 20", book) == []


def test_what_was_done_before_a_coming_session_counts_when_it_was_done(book: AftercareGuide) -> None:
    text = "i shaved on saturday, is that a problem"
    assert days_asked(text, "prep_shaving", "to come", book) == ["28 00:00", "28 23:59"]
    assert days_asked(text, "prep_shaving", "day 4", book) == []


def test_a_week_that_is_asked_about_is_asked_about_as_a_whole(book: AftercareGuide) -> None:
    assert days_asked("make-up next week?", "after_makeup", "today", book) == ["07 00:00", "13 23:59"]


def test_a_thing_that_is_denied_beside_another_one_is_not_asked_about(book: AftercareGuide) -> None:
    said = message(
        "school run, no makeup but do i need sunscreen",
        "after_sun",
        product={"makeup": "makeup", "sunscreen": "sunscreen"},
    )
    assert read(said, book, "day 1").products == ("sunscreen",)
    alone = message("no makeup for how long", "after_makeup", product={"makeup": "makeup"})
    assert read(alone, book, "day 1").products == ("makeup",)


def test_now_before_a_session_is_no_question_about_the_time_after(book: AftercareGuide) -> None:
    said = message("can i put sunscreen on now", "after_sun", product={"sunscreen": "sunscreen"})
    assert moments_asked(said, person("later today"), book) == (NOW,)
    assert moments_asked(said, person("today"), book) == ()


def test_a_considered_session_is_not_the_moment_asked_about(book: AftercareGuide) -> None:
    text = "if i get it done on 4 december at noon, make-up on the 5th at 6pm?"
    first, last = moments_asked(message(text, "after_makeup"), person("to come"), book)
    assert (first, last) == (NOW + timedelta(days=5, hours=6),) * 2
