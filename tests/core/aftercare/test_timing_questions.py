"""Verdicts on timing questions in people's own words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import verdict
from tests.core.aftercare.moments import MADRID, at

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "timing_questions.yml").read_text(encoding="utf-8")
)["questions"]
FROM_THE_SAMPLE = 11


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["text"] for question in QUESTIONS])
def test_a_question_of_timing_gets_its_verdict(question: dict[str, Any], aftercare: Rulebook) -> None:
    zone = question.get("zone", MADRID)
    treated = at(question["treated"], zone) if "treated" in question else None
    when = at(question["when"], zone) if "when" in question else None
    given = verdict(_asked(question), treated, at(question["now"], zone), aftercare, when)
    assert given.verdict == question["verdict"]
    if "ok_from" in question:
        assert given.ok_from == datetime.fromisoformat(question["ok_from"])
        assert given.ok_from is not None
        assert given.ok_from.isoformat() == datetime.fromisoformat(question["ok_from"]).isoformat()


def test_there_are_eighty_questions_besides_those_of_the_sample() -> None:
    texts = {question["text"] for question in QUESTIONS}
    assert len(texts) == len(QUESTIONS) >= FROM_THE_SAMPLE + 80


def test_every_verdict_of_the_protocol_is_asked_for() -> None:
    verdicts = {question["verdict"] for question in QUESTIONS}
    assert verdicts == {"ok", "not_yet", "avoid", "ask_professional", "not_covered"}


def _asked(question: dict[str, Any]) -> TimingQuestion:
    return TimingQuestion(
        topic=question["topic"],
        products=tuple(question.get("products", ())),
        activities=tuple(question.get("activities", ())),
        prescribed=question.get("prescribed", False),
    )
