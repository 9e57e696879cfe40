"""Tests of reading questions from the conversation database."""

from __future__ import annotations

from pathlib import Path

from assistant.analytics.questions import read_questions
from tests.analytics.conversations import Conversation, keep, rate


def test_every_question_comes_with_its_answers(tmp_path: Path) -> None:
    talk = Conversation("a").asks("does it hurt and what does it cost", "pain").answers("cost", "not_covered")
    store = keep(tmp_path, talk.asks("thanks", "thanks", "smalltalk"))
    first, second = read_questions(store.engine)
    assert [(answer.topic, answer.outcome) for answer in first.answers] == [
        ("pain", "answered"),
        ("cost", "not_covered"),
    ]
    assert (first.is_remark, second.is_remark) == (False, True)


def test_conversations_are_never_mixed(tmp_path: Path) -> None:
    store = keep(tmp_path, Conversation("a").asks("one", "pain"), Conversation("b").asks("two", "cost"))
    assert [(q.conversation, q.text, len(q.answers)) for q in read_questions(store.engine)] == [
        ("a", "one", 1),
        ("b", "two", 1),
    ]


def test_a_thumb_belongs_to_its_part_of_the_answer(tmp_path: Path) -> None:
    talk = Conversation("a").asks("both", "pain").answers("cost", "not_covered").asks("again", "pain")
    store = keep(tmp_path, talk)
    rate(store, "a", ("message-1", 1), helpful=False, comment="no price")
    first, second = read_questions(store.engine)
    assert [answer.helpful for answer in first.answers] == [None, False]
    assert first.answers[1].comment == "no price"
    assert second.answers[0].helpful is None


def test_without_a_table_of_feedback_there_are_no_thumbs(tmp_path: Path) -> None:
    store = keep(tmp_path, Conversation("a").asks("one", "pain"))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS feedback")
    assert next(read_questions(store.engine)).answers[0].helpful is None


def test_a_question_of_the_check_or_for_the_date_is_no_did_you_mean(tmp_path: Path) -> None:
    yes = [{"title": "Yes", "payload": "/yes"}]
    talk = (
        Conversation("a")
        .asks("hm", "pain", "clarify", buttons=yes)
        .asks("check me", "candidate_check", "clarify", buttons=yes, about={"condition": "infection"})
        .asks("my date", "timeline", "clarify", buttons=yes, custom={"type": "ask_date"})
    )
    store = keep(tmp_path, talk)
    assert [q.answers[0].is_clarification for q in read_questions(store.engine)] == [True, False, False]
