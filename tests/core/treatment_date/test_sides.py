"""Tests of an ambiguous date that the topic of the message settles."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from assistant.core.treatment_date import Treatment
from assistant.core.treatment_date.interpretation import Utterance, interpret

NOW = datetime(2026, 3, 10, 12, tzinfo=timezone.utc)


def treatment(intent: str) -> Treatment | None:
    """The treatment after a date that is the 4th of March or the 3rd of April."""
    said = Utterance("my session 3/4, it is less red", intent, [intent], {})
    return interpret(said, Treatment(), None, NOW, frozenset()).treatment


@pytest.mark.parametrize("intent", ["symptom_report", "unclear_symptom"])
def test_a_symptom_is_of_a_session_in_the_past(intent: str) -> None:
    found = treatment(intent)
    assert found is not None
    assert found.moment is not None
    assert (found.moment.at.month, found.moment.at.day) == (3, 4)


@pytest.mark.parametrize(
    "text",
    ["session on thursday, can i take ibuprofen on sunday", "session on thursday, make-up friday at 5pm"],
)
def test_a_topic_of_the_time_after_does_not_make_a_session_past(text: str) -> None:
    said = Utterance(text, "after_pain_relief", ["after_pain_relief"], {})
    found = interpret(said, Treatment(), None, NOW, frozenset()).treatment
    assert found is not None
    assert found.doubt is not None
    assert len(found.doubt.choices) == 2


def test_a_symptom_without_a_word_on_when_it_shows_leaves_the_date_open() -> None:
    said = Utterance("redness, session thursday", "redness", ["redness"], {})
    found = interpret(said, Treatment(), None, NOW, frozenset()).treatment
    assert found is not None
    assert found.doubt is not None


def test_before_the_session_means_one_that_is_still_to_come() -> None:
    said = Utterance("session thursday, can i wear makeup before the session", "after_makeup", [], {})
    found = interpret(said, Treatment(), None, NOW, frozenset()).treatment
    assert found is not None
    assert found.moment is not None
    assert found.moment.at > NOW


def test_another_topic_leaves_the_date_ambiguous() -> None:
    found = treatment("pain")
    assert found is not None
    assert found.doubt is not None
