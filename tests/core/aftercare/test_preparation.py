"""Preparation for a session that is still to come, with dates."""

from __future__ import annotations

import pytest

from assistant.core.aftercare.dated import answer_by_date
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.timeline_answer import plan_preparation, prepare_next_time
from assistant.core.aftercare.timing_question import TimingQuestion
from tests.core.aftercare.people import TO_COME, TREATED, person


def titles_before(book: AftercareGuide) -> list[str]:
    """Return how the plan names each preparation: what is to be avoided by its subject, the rest by its title."""
    before = [rule for rule in book.aftercare.rules if rule.direction == "before" and rule.in_timeline]
    return [book.aftercare.labels[rule.id] if rule.kind == "avoid" else rule.title for rule in before]


@pytest.mark.parametrize("when", TO_COME)
def test_the_plan_has_everything_that_belongs_before_and_nothing_that_comes_after(
    when: str, book: AftercareGuide
) -> None:
    text = plan_preparation(person(when), book)["text"].lower()
    assert all(title.lower() in text for title in titles_before(book))
    after = {rule.title for rule in book.aftercare.rules if rule.direction == "after"}
    after -= {rule.title for rule in book.aftercare.rules if rule.direction == "before"}
    assert not [title for title in after if title.lower() in text]


def test_the_plan_says_from_when_on(book: AftercareGuide) -> None:
    text = plan_preparation(person("to come"), book)["text"]
    assert "- From Wed 2 Dec, 12:00: retinol and exfoliants" in text
    assert "- From Fri 4 Dec: shaving" in text


def test_on_the_day_nothing_is_left_out(book: AftercareGuide) -> None:
    text = plan_preparation(person("later today"), book)["text"]
    assert "- From" not in text
    assert all(title.lower() in text.lower() for title in titles_before(book))


@pytest.mark.parametrize("when", TO_COME)
def test_the_plan_tells_nobody_to_stop_a_medicine_of_a_doctor(when: str, book: AftercareGuide) -> None:
    text = plan_preparation(person(when), book)["text"]
    assert "Don't stop a medicine that a doctor prescribed or recommended: ask that doctor." in text


def test_the_plan_is_no_verdict_and_says_where_the_articles_differ(book: AftercareGuide) -> None:
    metadata = plan_preparation(person("to come"), book)["metadata"]
    assert (metadata["topic"], metadata["outcome"]) == ("preparation", "answered")
    assert "verdict" not in metadata
    assert metadata["disagreement"]
    assert metadata["sources"]


def test_what_is_named_is_answered_even_among_preparations(book: AftercareGuide) -> None:
    asked = TimingQuestion(topic="preparation", products=("retinoids",))
    given = answer_by_date(asked, person("later today"), (), book)
    assert given is not None
    assert given["metadata"]["verdict"] == "avoid"
    asked = TimingQuestion(topic="preparation", activities=("wash_face",))
    given = answer_by_date(asked, person("to come"), (), book)
    assert given is not None


def test_an_occasion_is_nothing_that_is_asked_about(book: AftercareGuide) -> None:
    asked = TimingQuestion(topic="preparation", activities=("work",))
    assert answer_by_date(asked, person("to come"), (), book) == plan_preparation(person("to come"), book)


def test_what_comes_nearest_to_a_question_about_preparing_is_said_of_the_time_before(
    book: AftercareGuide,
) -> None:
    asked = TimingQuestion(topic="preparation", products=("makeup",), activities=("wear_makeup",))
    given = answer_by_date(asked, person("to come"), (), book)
    assert given is not None
    assert given["metadata"]["verdict"] == "not_covered"
    assert "Make-up, dirt and oil should come off" in given["text"]


@pytest.mark.parametrize("when", sorted(set(TREATED) - set(TO_COME)))
@pytest.mark.parametrize("topic", ["prep_shaving", "prep_skincare", "prep_medication", "patch_test"])
def test_who_asks_how_to_prepare_after_the_session_hears_what_holds_for_the_next_one(
    topic: str, when: str, book: AftercareGuide
) -> None:
    given = prepare_next_time(topic, person(when), book)
    assert given is not None
    assert given["text"].startswith("**Your session has been, so that's for your next one.**")
    assert "verdict" not in given["metadata"]
    assert given["metadata"]["sources"]


@pytest.mark.parametrize(
    ("topic", "when"), [("prep_shaving", "to come"), ("after_sun", "day 1"), ("pain", "day 1")]
)
def test_the_next_session_is_for_people_who_had_one_and_for_what_comes_before_it(
    topic: str, when: str, book: AftercareGuide
) -> None:
    assert prepare_next_time(topic, person(when), book) is None
