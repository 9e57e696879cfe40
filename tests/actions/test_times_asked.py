"""Times that are named after an answer, and sessions whose side nobody told, over HTTP with the trained assistant."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.actions.talks import ZONE, ask
from tests.servers import Visitor

pytestmark = pytest.mark.dated


def test_a_time_after_an_answer_asks_the_same_for_that_time(person: Visitor) -> None:
    [now] = ask(person, "i was treated 23 hours ago", "can i wear makeup")
    assert now["metadata"]["verdict"] == "not_yet"
    [then] = ask(person, "in two hours")
    assert then["metadata"]["topic"] == "after_makeup"
    assert then["metadata"]["verdict"] == "ok"
    assert then["metadata"]["treatment"] == now["metadata"]["treatment"]


def test_a_date_for_the_next_session_does_not_replace_the_last_one(person: Visitor) -> None:
    [first] = ask(person, "i was treated 10 days ago", "can i have another session next week")
    [second] = ask(person, "and in 12 days")
    assert second["metadata"]["verdict"] == "not_yet"
    assert second["metadata"]["treatment"] == first["metadata"]["treatment"]


def test_sunscreen_after_a_question_about_sunbathing_does_not_allow_it(person: Visitor) -> None:
    [answer] = ask(person, "i was treated 20 hours ago", "can i sunbathe", "with spf 50")
    assert answer["metadata"]["verdict"] != "ok"


def test_a_session_of_unknown_side_is_never_taken_for_one_that_has_been(person: Visitor) -> None:
    weekday = (datetime.now(ZoneInfo(ZONE)) + timedelta(days=3)).strftime("%A").lower()
    after = (datetime.now(ZoneInfo(ZONE)) + timedelta(days=5)).strftime("%A").lower()
    answer = ask(person, f"session on {weekday} at 2pm", f"can i take ibuprofen on {after}")[0]
    assert answer["metadata"]["verdict"] == "not_yet"
