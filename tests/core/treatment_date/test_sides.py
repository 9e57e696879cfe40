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


@pytest.mark.parametrize("intent", ["symptom_report", "unclear_symptom", "after_sun"])
def test_a_symptom_is_of_a_session_in_the_past(intent: str) -> None:
    found = treatment(intent)
    assert found is not None
    assert found.moment is not None
    assert (found.moment.at.month, found.moment.at.day) == (3, 4)


def test_another_topic_leaves_the_date_ambiguous() -> None:
    found = treatment("pain")
    assert found is not None
    assert found.doubt is not None
