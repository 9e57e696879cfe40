"""Preparation for a session that is still to come, with dates."""

from __future__ import annotations

import pytest

from assistant.core.aftercare.dated import answer_by_date
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.preparation import plan_preparation
from assistant.core.aftercare.timing_question import TimingQuestion
from tests.core.aftercare.people import TO_COME, person


def titles_before(book: AftercareGuide) -> list[str]:
    return [rule.title for rule in book.aftercare.rules if rule.direction == "before" and rule.in_timeline]


@pytest.mark.parametrize("when", TO_COME)
def test_the_plan_has_everything_that_belongs_before_and_nothing_that_comes_after(
    when: str, book: AftercareGuide
) -> None:
    text = plan_preparation(person(when), book)["text"]
    assert all(title in text for title in titles_before(book))
    after = [rule.title for rule in book.aftercare.rules if rule.direction == "after"]
    assert not [title for title in set(after) - set(titles_before(book)) if title in text]


def test_the_plan_says_from_when_on(book: AftercareGuide) -> None:
    text = plan_preparation(person("to come"), book)["text"]
    assert "- From Wed 2 December, 12:00: No retinol and no exfoliants" in text
    assert "- From Fri 4 December: No shaving on the day" in text


def test_on_the_day_nothing_is_left_out(book: AftercareGuide) -> None:
    text = plan_preparation(person("later today"), book)["text"]
    assert "**Coming up**" not in text
    assert all(title in text for title in titles_before(book))


@pytest.mark.parametrize("when", TO_COME)
def test_the_plan_tells_nobody_to_stop_a_medicine_of_a_doctor(when: str, book: AftercareGuide) -> None:
    text = plan_preparation(person(when), book)["text"]
    assert book.wording.prepare_medicines in text
    assert "doctor" in book.wording.prepare_medicines


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
    assert "so that make-up, dirt and oil come off" in given["text"]
