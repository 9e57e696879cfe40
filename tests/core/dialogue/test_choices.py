"""Choosing an offered button in words."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from assistant.core.dialogue.small_replies import ChoiceWords, chosen, load_small_replies, may_choose
from assistant.core.screening.questions import load_screening
from assistant.core.screening.replies import read_answer

DATA = Path("data")
WORDS = ChoiceWords(load_small_replies(DATA), partial(read_answer, words=load_screening(DATA).replies))
TOPICS = ["What happens in a session", "How many sessions", "None of these"]
ANSWERS = ["Yes", "No", "Not sure"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("1", TOPICS[0]),
        ("the first one", TOPICS[0]),
        ("First!", TOPICS[0]),
        ("option 2 please", TOPICS[1]),
        ("i'll take the second", TOPICS[1]),
        ("the last one", TOPICS[2]),
        ("how many sessions", TOPICS[1]),
        ("how many sesions", TOPICS[1]),
        ("what hapens in a sesion", TOPICS[0]),
        ("none of these", TOPICS[2]),
    ],
)
def test_a_number_or_a_title_chooses_its_button(text: str, title: str) -> None:
    assert chosen(text, TOPICS, WORDS) == TOPICS.index(title)


@pytest.mark.parametrize(
    "text",
    [
        "4",
        "yes",
        "2 sessions",
        "the first session",
        "last time",
        "how many sessions do i need",
        "",
        "does it hurt",
        "day 1",
    ],
)
def test_what_says_more_or_something_else_chooses_none(text: str) -> None:
    assert chosen(text, TOPICS, WORDS) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("yeah", "Yes"),
        ("👍🏽", "Yes"),
        ("✅", "Yes"),
        ("nope", "No"),
        (":-1:", "No"),
        ("2", "No"),
        ("not sure", "Not sure"),
        ("i'm not sure", "Not sure"),
        ("dunno", "Not sure"),
        ("maybe?", "Not sure"),
    ],
)
def test_a_yes_or_no_chooses_the_button_of_that_name(text: str, title: str) -> None:
    assert chosen(text, ANSWERS, WORDS) == ANSWERS.index(title)


@pytest.mark.parametrize("text", ["yes, i have eczema", "no it's only dry", "yes no"])
def test_a_yes_or_no_with_more_to_it_is_left_to_its_reader(text: str) -> None:
    assert chosen(text, ANSWERS, WORDS) is None


def test_nothing_is_chosen_where_nothing_was_offered() -> None:
    assert chosen("1", [], WORDS) is None


def test_a_long_message_or_a_question_chooses_nothing() -> None:
    assert may_choose("the second one")
    assert not may_choose("1 " * 20)
    assert not may_choose("why? 2")
