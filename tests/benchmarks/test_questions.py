"""Tests of the selection of questions."""

from __future__ import annotations

from pathlib import Path

from benchmarks.leakage import near_repetitions
from benchmarks.questions import Question, load_eval, load_tests, mixed_texts, sample


def test_only_single_messages_with_one_question_are_asked(tmp_path: Path) -> None:
    """What needs a message before it, or two answers, is left to other tests."""
    path = tmp_path / "questions.yml"
    path.write_text(
        "- {text: hurts?, topic: pain, also: [bleeding]}\n"
        "- {text: how much tho, topic: cost, context: is it worth it}\n"
        "- {text: both, topics: [pain, cost]}\n",
        "utf-8",
    )
    assert load_eval(path) == [Question("hurts?", "pain", also=("bleeding",))]
    assert load_eval(tmp_path / "missing.yml") == []


def test_held_out_questions_take_their_topic_from_the_file(tmp_path: Path) -> None:
    """One topic a file."""
    (tmp_path / "risks").mkdir()
    (tmp_path / "risks" / "who_should_avoid.yml").write_text(
        "topic: who_should_avoid\nquestions:\n  - {text: diabetic ok?, condition: other, style: plain}\n",
        "utf-8",
    )
    assert load_tests(tmp_path) == [Question("diabetic ok?", "who_should_avoid", condition="other")]


def test_mixing_is_the_same_every_time() -> None:
    """So that two contenders get the same messages in the same order."""
    questions = [Question(str(number), "pain") for number in range(5)]
    texts = mixed_texts(questions, 12)
    assert texts == mixed_texts(questions, 12)
    assert texts[:5] == texts[5:10]
    assert sorted(texts[:5]) == ["0", "1", "2", "3", "4"]
    assert sample(questions, 2) == sample(questions, 2)
    assert sample(questions, None) == sample(questions, 9) == questions


def test_a_question_that_nearly_repeats_a_phrase_is_found() -> None:
    """Case, punctuation and a slip of the finger don't make it another question."""
    phrases = ["can i put isce on it", "what does it cost"]
    assert near_repetitions(["Can I put ice on it?", "gym tomorrow"], phrases) == {
        "Can I put ice on it?": "can i put isce on it"
    }
