"""How a computed answer begins follows from how it is asked: "yes" and "no" are for permission only."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.core.aftercare.dated import answer_by_date, asked_about
from assistant.core.aftercare.guide import Put
from assistant.core.aftercare.timing_answer import answer_timing
from assistant.core.aftercare.timing_question import TimingQuestion, put_as
from tests.core.aftercare.people import book, person, treated, verdict_of
from tests.core.aftercare.questions import QUESTIONS

YES_OR_NO = re.compile(r"\*\*(Yes|No|You can)\b(?! yet)")
OTHERWISE: st.SearchStrategy[Put] = st.sampled_from(get_args(Put))


def begin(text: str, topic: str, when: str = "day 1", **named: tuple[str, ...]) -> str:
    """Return the dated answer to a message, without the person's day."""
    answer = answer_by_date(asked_about(text, topic, person(when), book(), **named), person(when), (), book())
    assert answer is not None
    return str(answer["text"].rsplit("\n\n", 1)[0])


@pytest.mark.parametrize(
    ("text", "put"),
    [
        ("how soon can foundation go back on", "when"),
        ("and when exactly?", "when"),
        ("can i wear it when i go out", None),
        ("for how long?", "how_long"),
        ("how long should i keep off the gym", "how_long"),
        ("how long can i lie in the sun", "tell"),
        ("why not", "tell"),
        ("which moisturiser is right", "tell"),
        ("what about a clay mask", None),
        ("was that bad?", "harm"),
        ("did i damage it", "harm"),
        ("i rubbed my cheeks in my sleep", "done"),
        ("i used a scrub by accident, is that a problem", "done"),
        ("i had advil at lunch", "done"),
        ("i used powder today, can i use it again", None),
        ("i had my session on friday, powder?", None),
        ("i had it done at noon", None),
        ("powder tonight", None),
        ("is it ok to shower", None),
    ],
)
def test_how_a_question_is_put_is_read_from_its_words(text: str, put: str | None) -> None:
    assert put_as(text, book().wording) == put


@settings(deadline=None, max_examples=200)
@given(QUESTIONS, OTHERWISE, st.integers(-30 * 24, 60 * 24))
def test_yes_and_no_answer_requests_for_permission_only(
    question: TimingQuestion, put: Put, hours: int
) -> None:
    asked = replace(question, put=put)
    text = answer_timing(asked, treated(timedelta(hours=hours)), (), book())["text"]
    assert not YES_OR_NO.search(text), text


@settings(deadline=None, max_examples=200)
@given(QUESTIONS, OTHERWISE, st.integers(-30 * 24, 60 * 24))
def test_the_verdict_is_the_same_however_it_is_asked(question: TimingQuestion, put: Put, hours: int) -> None:
    who = treated(timedelta(hours=hours))
    one, other = (answer_timing(asked, who, (), book()) for asked in (question, replace(question, put=put)))
    assert verdict_of(one) == verdict_of(other)


@pytest.mark.parametrize(
    "text", ["i scratched at it", "i rubbed it a bit, was that bad", "i picked it by accident"]
)
def test_what_was_done_already_is_for_the_professional_to_hear(text: str) -> None:
    said = begin(text, "after_touching", activities=("touch_face",))
    assert said.startswith("**Tell your professional about it.** Keep your hands off")
    assert "irritate or scar" in said


def test_before_the_session_it_is_told_before_the_session() -> None:
    said = begin("i used my scrub, is that an issue", "prep_skincare", "to come", products=("exfoliants",))
    assert said.startswith("**Tell the person who will treat you, before the session.**")


@pytest.mark.parametrize("text", ["is it bad to rub it", "will it leave a mark", "what happens if i rub it"])
def test_a_question_about_harm_is_not_answered_with_no(text: str) -> None:
    said = begin(text, "after_touching", activities=("touch_face",))
    assert said.startswith("Keep your hands off the treated skin")


@pytest.mark.parametrize(
    ("text", "topic", "named", "begins"),
    [
        ("when can i wash it", "after_cleansing", {"activities": ("wash_face",)}, "**My sources name no hour.**"),
        ("when is ice fine", "after_ice", {"products": ("ice",)}, "**My sources name no day.**"),
        ("how long do i leave powder off", "after_makeup", {"products": ("makeup",)}, "**Until Mon 30 Nov, 16:00.**"),
        ("how long do i need spf", "after_sun", {"products": ("sunscreen",)}, "**My sources give no end.**"),
        ("which cleanser is best", "after_cleansing", {"products": ("cleanser",)}, "Keep the treated skin clean"),
        ("why no ice", "after_ice", {"products": ("ice",)}, "Don't put ice on it yourself"),
        ("how often should i go", "session_interval", {}, "Wait at least 4 weeks after a session"),
    ],
)  # fmt: skip
def test_when_how_long_and_which_get_an_answer_of_their_own(
    text: str, topic: str, named: dict[str, tuple[str, ...]], begins: str
) -> None:
    assert begin(text, topic, "day 1", **named).startswith(begins)


def test_before_a_session_the_last_day_of_retinol_is_named() -> None:
    said = begin("when do i stop my retinol cream", "prep_skincare", "to come", products=("retinoids",))
    assert "ask them. If not, leave it out from Wed 2 Dec, 12:00 at the latest.**" in said


def test_trying_a_new_product_is_answered_by_how_and_not_by_yes() -> None:
    named = {"products": ("serum",)}
    assert begin("can i try a new serum", "patch_test", "to come", **named).startswith(
        "Try a new skincare product"
    )
    assert begin("should i test my new serum", "patch_test", "to come").startswith("**Yes, do.**")


def test_nothing_is_said_to_be_right_of_a_brush() -> None:
    said = begin("should i use a new brush", "after_cleansing", products=("brushes",))
    assert said.startswith("**My sources don't cover that.**")


@pytest.mark.parametrize("activity", ["alcohol", "coffee"])
def test_to_a_drink_only_drinking_enough_is_near(activity: str) -> None:
    said = begin("can i have one", "after_alcohol", activities=(activity,))
    assert said.endswith("The closest thing they do cover: Drink enough to stay well hydrated [1].")


def test_the_opening_is_not_said_twice() -> None:
    said = begin("how long should i not touch it", "after_touching", activities=("touch_face",))
    assert said.count("My sources don't say how long.") == 1
