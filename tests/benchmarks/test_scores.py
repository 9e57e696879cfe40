"""Tests of the figures of understanding, on invented replies and predictions."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality.predictions import Guess, answered_from, calibration_error, guess_of
from benchmarks.quality.scores import (
    Miss,
    Reply,
    Share,
    known_and_new,
    misses,
    read_misses,
    reply_of,
    score,
    write_misses,
)
from benchmarks.quality.understanding import near_repetitions
from testbed.questions import Question

PAIN = Question("does it hurt", "pain", also=("bleeding",))


def test_asking_back_is_no_answer_and_a_button_is_an_offer() -> None:
    answered, asked_back = Reply("bleeding", "answered"), Reply("pain", "clarify", offered=("pain",))
    found = score([(PAIN, answered), (PAIN, asked_back), (PAIN, Reply("cost", "answered"))])
    assert found.right == Share(1, 3)
    assert found.right_or_offered == Share(2, 3)


def test_rejections_count_among_foreign_questions_and_wrong_ones_among_our_own() -> None:
    foreign, rejected = Question("who won", "out_of_scope"), Reply("out_of_scope", "out_of_scope")
    found = score([(foreign, rejected), (foreign, Reply("cost", "answered")), (PAIN, rejected)])
    assert (found.foreign_rejected, found.own_rejected) == (Share(1, 2), Share(1, 1))


def test_alarms_are_judged_by_outcome_and_a_missed_one_is_a_miss_of_its_own() -> None:
    pus = Question("there is pus", "symptom_report", urgent=True)
    asked = [(pus, Reply("symptom_report", "urgent")), (pus, Reply("symptom_report", "answered"))]
    assert score(asked).alarms_found == Share(1, 2)
    assert misses(asked) == [Miss("there is pus", "symptom_report (urgent)", "symptom_report (answered)")]


def test_what_articles_do_not_mention_has_to_be_called_not_covered() -> None:
    circles = Question("dark circles", "treats", concern="none")
    asked = [(circles, Reply("treats", "not_covered")), (circles, Reply("treats", "answered"))]
    assert score(asked).named_right == Share(1, 2)


def test_the_first_message_decides_and_all_buttons_count() -> None:
    buttons = [{"payload": '/treats{"concern": "pores"}'}, {"payload": "/cost"}]
    first = {"metadata": {"topic": "treats", "outcome": "answered", "concern": "acne"}}
    reply = reply_of([first, {"metadata": {"topic": "pain", "outcome": "answered"}, "buttons": buttons}])
    assert reply == Reply("treats", "answered", offered=("treats", "cost"), concern="acne")


def test_the_likeliest_topic_is_kept_where_the_model_asks_back() -> None:
    ranking = [{"name": name, "confidence": 0.3} for name in ("nlu_fallback", "pain")]
    guess = guess_of({"intent": ranking[0], "intent_ranking": ranking, "entities": []})
    assert guess == Guess("pain", 0.3, is_clarification=True)
    assert guess.as_reply == Reply("pain", "clarify")


def test_a_threshold_trades_answers_for_right_ones() -> None:
    guessed = [(PAIN, Guess("pain", 0.9)), (PAIN, Guess("pain", 0.5)), (PAIN, Guess("cost", 0.3))]
    assert answered_from(guessed, 0.2) == (Share(3, 3), Share(2, 3))
    assert answered_from(guessed, 0.5) == (Share(2, 3), Share(2, 2))


def test_confidence_that_holds_has_no_calibration_error_and_alarms_do_not_count() -> None:
    alarm = (PAIN, Guess("cost", 1.0, is_alarm=True))
    assert calibration_error([(PAIN, Guess("pain", 0.5)), (PAIN, Guess("cost", 0.5)), alarm]) == 0
    assert calibration_error([(PAIN, Guess("cost", 0.75))]) == pytest.approx(0.75)


def test_a_known_miss_may_be_missed_in_another_way(tmp_path: Path) -> None:
    write_misses(tmp_path / "known.yml", [Miss("a", "pain", "cost (answered)"), Miss("b", "cost", "x")])
    again, new = Miss("a", "pain", "bleeding (answered)"), Miss("c", "pain", "x")
    assert known_and_new([again, new], read_misses(tmp_path / "known.yml")) == ([again], [new])


def test_a_question_that_nearly_repeats_a_phrase_is_found() -> None:
    phrases = ["can i put isce on it", "what does it cost"]
    found = near_repetitions(["Can I put ice on it?", "gym tomorrow"], phrases)
    assert found == {"Can I put ice on it?": "can i put isce on it"}
