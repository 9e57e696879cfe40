"""Tests of the date form over HTTP, with the trained assistant and its action server."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.servers import Visitor

ZONE = "Europe/Madrid"


def yesterday() -> datetime:
    day = datetime.now(ZoneInfo(ZONE)) - timedelta(days=1)
    return day.replace(hour=15, minute=0, second=0, microsecond=0)


def pick(person: Visitor, moment: datetime) -> list[dict[str, Any]]:
    """What "Show my timeline" sends, and the answer."""
    payload = f'/timeline{{"treated_at": "{moment:%Y-%m-%dT%H:%M}"}}'
    messages: list[dict[str, Any]] = person.send(payload=payload, timezone=ZONE).json()["messages"]
    return messages


@pytest.mark.parametrize(
    "before",
    [
        [],
        ["does it hurt"],
        ["what are the benefits"],
        ["how much is a session"],
        ["how long will i be red"],
        ["can i wear make-up"],
        ["can i go swimming"],
        ["asdf qwe"],
        ["am i a candidate"],
        ["can you show me my timeline"],
        ["i was treated this morning", "ok"],
    ],
    ids=" / ".join,
)
def test_it_always_shows_the_timeline(person: Visitor, before: list[str]) -> None:
    for text in before:
        person.say(text, timezone=ZONE)
    cards = [said["custom"] for said in pick(person, yesterday()) if "steps" in said.get("custom", {})]
    assert [datetime.fromisoformat(card["treated_at"]) for card in cards] == [yesterday()]


def test_the_history_says_it_in_words(person: Visitor) -> None:
    person.say("does it hurt", timezone=ZONE)
    pick(person, yesterday())
    said = [message["text"] for message in person.history() if message["role"] == "user"]
    assert said[-1].startswith(f"I was treated on {yesterday():%a} {yesterday().day} ")
    assert said[-1].endswith(", 15:00")


@pytest.mark.parametrize("question", ["does it hurt", "how much is a session", "what are the benefits"])
@pytest.mark.parametrize(
    "told", ["I was treated on {date} at 15:00", "i had it yesterday at 3pm", "had it done yesterday, 15:00"]
)
def test_a_date_that_is_typed_is_never_about_the_answer_before(
    person: Visitor, question: str, told: str
) -> None:
    person.say(question, timezone=ZONE)
    [timeline] = person.say(told.format(date=f"{yesterday():%Y-%m-%d}"), timezone=ZONE)
    assert timeline["metadata"]["topic"] == "timeline"
    assert datetime.fromisoformat(timeline["custom"]["treated_at"]) == yesterday()


@pytest.mark.parametrize(
    ("question", "topic"),
    [("how long will i be red", "redness"), ("when can i wear make-up", "after_makeup")],
)
def test_a_date_after_a_question_of_timing_answers_that(person: Visitor, question: str, topic: str) -> None:
    person.say(question, timezone=ZONE)
    answer = person.say("i had it yesterday at 3pm", timezone=ZONE)[0]
    assert answer["metadata"]["topic"] == topic
    assert not answer["text"].startswith("The articles say no more about it")
    assert "yesterday" in answer["text"] or f"{yesterday().day}" in answer["text"]


def test_another_date_after_a_dated_answer_moves_the_timeline(person: Visitor) -> None:
    person.say("how long will i be red", timezone=ZONE)
    person.say("i had it yesterday at 3pm", timezone=ZONE)
    [timeline] = person.say("no, it was two days ago at 3pm", timezone=ZONE)
    assert datetime.fromisoformat(timeline["custom"]["treated_at"]) == yesterday() - timedelta(days=1)
