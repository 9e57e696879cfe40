"""Several things in one question: each gets its own verdict, date and text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import Person
from assistant.core.aftercare.timing_answer import answer_either_way, answer_timing
from assistant.core.aftercare.timing_question import TimingQuestion, things
from assistant.core.treatment_date import Ambiguous, Treatment
from tests.core.aftercare import people
from tests.core.aftercare.people import person

MAKEUP = TimingQuestion(products=("makeup",), activities=("wear_makeup",))
GYM = TimingQuestion(activities=("exercise",))
HAIR = TimingQuestion(activities=("wash_hair",))
WINE = TimingQuestion(activities=("alcohol",))
RETINOL = TimingQuestion(products=("retinoids",))
ACID = TimingQuestion(products=("exfoliants",))
SUNSCREEN = TimingQuestion(products=("sunscreen",))
ASPIRIN = TimingQuestion(products=("aspirin",))
IBUPROFEN = TimingQuestion(products=("anti_inflammatories",))
OPENINGS = people.book().wording.openings["may"]
DONT_STOP = OPENINGS["prescriber"].removesuffix(" [safety]")
ANTI_AGEING = TimingQuestion(products=("active_creams",))


def both(topic: str | None, *apart: TimingQuestion, prescribed: bool = False) -> TimingQuestion:
    """Return one question about all of these things."""
    return TimingQuestion(
        topic=topic,
        products=tuple(name for thing in apart for name in thing.products),
        activities=tuple(name for thing in apart for name in thing.activities),
        prescribed=prescribed,
        apart=apart,
    )


def place_of(source: dict[str, str]) -> tuple[str, str]:
    """Return article and section, which identify a source."""
    return source["id"], source["section"]


def paragraphs(asked: TimingQuestion, book: AftercareGuide, when: str = "day 1") -> list[str]:
    """Return the paragraph on each thing, without the person's day."""
    text: str = answer_timing(asked, person(when), (), book)["text"]
    return text.split("\n\n")[:-1]


def test_with_a_clinics_rules_each_thing_has_its_own_date_and_words(clinics_book: AftercareGuide) -> None:
    makeup, gym = paragraphs(both("after_makeup", MAKEUP, GYM), clinics_book)
    assert makeup.startswith("Make-up: **Not yet – from Tue 1 Dec, 16:00.** Your clinic says: ")
    assert "48 hours" in makeup
    assert gym.startswith("Exercise: **Not yet – from Wed 2 Dec.** Your clinic says: ")
    assert "no sport" in gym
    assert "48 hours" not in gym


@pytest.mark.parametrize("apart", [(HAIR, WINE), (WINE, HAIR)])
def test_of_two_things_that_no_article_names_both_are_answered(
    apart: tuple[TimingQuestion, TimingQuestion], book: AftercareGuide
) -> None:
    said = paragraphs(both("after_not_covered", *apart), book)
    assert {one.split(":")[0] for one in said} == {"Washing the hair", "Alcohol"}
    assert all(OPENINGS["not_covered"] in one for one in said)


def test_what_is_fine_is_not_said_of_what_is_not(book: AftercareGuide) -> None:
    retinol, sunscreen = paragraphs(both("after_sun", RETINOL, SUNSCREEN), book)
    assert retinol.startswith(f"Retinoids: {OPENINGS['ask']}")
    assert sunscreen.startswith(f"Sunscreen: {OPENINGS['yes']}")


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        (both("after_makeup", MAKEUP, GYM), "not_yet"),
        (both("after_sun", RETINOL, SUNSCREEN), "ask_professional"),
        (both("after_sun", SUNSCREEN, GYM), "not_covered"),
    ],
)
def test_the_message_as_a_whole_has_the_most_careful_verdict(
    asked: TimingQuestion, verdict: str, book: AftercareGuide
) -> None:
    metadata = answer_timing(asked, person("day 1"), (), book)["metadata"]
    assert metadata["verdict"] == verdict
    for thing in asked.apart:
        own = answer_timing(thing, person("day 1"), (), book)["metadata"].get("sources", [])
        assert {place_of(source) for source in own} <= {place_of(source) for source in metadata["sources"]}


def test_things_of_the_same_rules_are_one(book: AftercareGuide) -> None:
    assert len(paragraphs(both("after_products", RETINOL, ACID), book)) == 1
    assert len(paragraphs(both("after_products", RETINOL, ACID, MAKEUP), book)) == 2


def test_one_thing_that_two_words_name_is_one(book: AftercareGuide) -> None:
    serum = TimingQuestion(products=("vitamin_c", "serum"))
    assert len(paragraphs(both("after_products", serum), book)) == 1


def test_what_a_doctor_prescribed_is_the_doctors_in_all(book: AftercareGuide) -> None:
    asked = both("after_products", RETINOL, SUNSCREEN, prescribed=True)
    assert things(asked, book.aftercare.rules, book.aftercare) == [asked]


@pytest.mark.parametrize("when", ["to come", "day 1", "day 20"])
@pytest.mark.parametrize(
    ("medicine", "prescribed"), [(ASPIRIN, True), (IBUPROFEN, True)], ids=["aspirin", "ibuprofen"]
)
def test_a_doctors_medicine_comes_first_and_the_other_thing_keeps_its_own_answer(
    medicine: TimingQuestion, prescribed: bool, when: str, book: AftercareGuide
) -> None:
    for apart in ((medicine, GYM), (GYM, medicine)):
        asked = both("after_exercise", *apart, prescribed=prescribed)
        given = answer_timing(asked, person(when), (), book)
        medicines, gym, _ = given["text"].split("\n\n")
        assert DONT_STOP in medicines
        assert gym.startswith("Exercise: ")
        assert DONT_STOP not in gym
        assert given["metadata"]["verdict"] == "ask_professional"


def test_a_question_about_products_in_general_keeps_those_that_it_names_apart(book: AftercareGuide) -> None:
    cream, makeup = paragraphs(both("after_products", ANTI_AGEING, MAKEUP), book)
    assert OPENINGS["ask"] in cream
    assert makeup.startswith("Make-up: **Not yet – from ")


def test_of_what_no_rule_names_before_a_session_the_time_after_is_told(book: AftercareGuide) -> None:
    shaving = TimingQuestion(activities=("shave",))
    first, second = paragraphs(both("prep_shaving", shaving, SUNSCREEN), book, "to come")
    assert first.startswith(f"Shaving: {OPENINGS['ask']}")
    assert second.startswith("Sunscreen: **Yes, after your session.**")


def test_something_unknown_beside_two_known_things_keeps_the_answer_careful(book: AftercareGuide) -> None:
    asked = both("after_not_covered", MAKEUP, SUNSCREEN)
    given = answer_timing(asked, person("day 4"), (), book)
    assert given["metadata"]["verdict"] == "not_covered"


def test_occasions_are_no_things(book: AftercareGuide) -> None:
    asked = both("after_makeup", MAKEUP, TimingQuestion(activities=("wedding",)))
    assert len(paragraphs(asked, book)) == 1


def in_doubt(*days: str) -> Person:
    """Return a person whose words may mean any of these days."""
    moments = [each.treatment.moment for each in map(person, days)]
    choices = tuple(moment for moment in moments if moment is not None)
    return replace(
        person(days[0]), treatment=Treatment(None, Ambiguous("which_day", choices, "the other day"))
    )


def test_of_a_date_in_doubt_each_thing_is_answered_where_all_days_agree(book: AftercareGuide) -> None:
    asked = both("after_sun", RETINOL, SUNSCREEN)
    given = answer_either_way(asked, in_doubt("day 4", "day 20"), (), book)
    assert given is not None
    retinol, sunscreen, last = given["text"].split("\n\n")
    assert retinol.startswith("Retinoids: ")
    assert sunscreen.startswith("Sunscreen: ")
    assert last == book.wording.either_way


def test_of_a_date_in_doubt_nothing_is_said_where_one_thing_depends_on_the_day(book: AftercareGuide) -> None:
    asked = both("after_makeup", MAKEUP, SUNSCREEN)
    assert answer_either_way(asked, in_doubt("day 1", "day 20"), (), book) is None


def test_the_answer_to_one_of_several_questions_names_its_subject(book: AftercareGuide) -> None:
    [alone] = paragraphs(replace(WINE, topic="after_alcohol"), book)
    [one] = paragraphs(replace(WINE, topic="after_alcohol", is_one_of_several=True), book)
    assert one == f"Alcohol: {alone}"
