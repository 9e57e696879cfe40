"""Tests of the boundary classifier and of the choice of segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from assistant.core.content.training_examples import SegmentationExample, otherwise_joined
from assistant.nlu.classifiers.arrays import read_arrays, write_arrays
from assistant.nlu.classifiers.boundaries import BoundaryClassifier, Example, train_boundaries
from assistant.nlu.classifiers.linear import Vectors
from assistant.nlu.en.speech_acts import SpeechActs
from assistant.nlu.settings import SegmentSettings
from assistant.nlu.steps.segment import Piece, Span, choose_segments, difference
from assistant.nlu.text.spacy_pipeline import build_base

LEARNED = (
    "does it hurt | and how long does it take",
    "is it safe? | also do i need to shave",
    "price | and how many sessions",
    "will i be red | and can i wear make up",
    "how is it done | and does it work",
    "is redness and swelling normal",
    "does it work on lines and wrinkles",
    "can i use my cleanser and toner",
    "what are the pros and cons",
    "lines and pores, does it help",
)


@pytest.fixture(scope="module")
def language() -> Language:
    return build_base()


@pytest.fixture(scope="module")
def boundaries(language: Language) -> BoundaryClassifier:
    trained = train_boundaries([_example(language, text) for text in LEARNED])
    assert trained is not None
    return trained


def _example(language: Language, text: str) -> Example:
    begins, length = set(), 0
    for part in text.split("|")[:-1]:
        length += len(language(part.strip()))
        begins.add(length)
    words = list(language(" ".join(part.strip() for part in text.split("|"))))
    return Example(words, _states(len(words)), frozenset(begins))


def _states(words: int) -> Vectors:
    """Of an encoder that makes nothing of them, so that only words count."""
    return np.zeros((words, 384), dtype=np.float32)


def likeliest(boundaries: BoundaryClassifier, language: Language, text: str) -> tuple[str, float]:
    """The word with which a question most likely begins, and the log-odds."""
    words = list(language(text))
    odds = boundaries.log_odds(words, _states(len(words)))
    assert odds.shape == (len(words) - 1,)
    return words[int(odds.argmax()) + 1].text, float(odds.max())


def test_a_question_behind_an_and_begins_with_it(boundaries: BoundaryClassifier, language: Language) -> None:
    word, odds = likeliest(boundaries, language, "does it bleed and how much does it cost")
    assert word == "and"
    assert odds > likeliest(boundaries, language, "does it work on scars and pores")[1]


def test_what_the_encoder_makes_of_a_word_counts_too(language: Language) -> None:
    """The same words, told apart by their states alone."""
    words = list(language("acne scars gym"))
    begins, goes_on = _states(3), _states(3)
    begins[2], goes_on[2] = 1.0, -1.0
    examples = [Example(words, begins, frozenset({2})), Example(words, goes_on, frozenset())] * 20
    boundaries = train_boundaries(examples)
    assert boundaries is not None
    assert boundaries.log_odds(words, begins)[1] > 0 > boundaries.log_odds(words, goes_on)[1]


def test_what_was_learned_is_read_back_as_it_was(
    boundaries: BoundaryClassifier, language: Language, tmp_path: Path
) -> None:
    write_arrays(tmp_path / "boundaries.npz", boundaries)
    words, states = list(language("price and pain")), np.ones((3, 384), dtype=np.float32)
    np.testing.assert_array_equal(
        BoundaryClassifier(**read_arrays(tmp_path / "boundaries.npz")).log_odds(words, states),
        boundaries.log_odds(words, states),
    )


def test_what_is_no_candidate_stays_none_without_sentence_types(
    boundaries: BoundaryClassifier, language: Language
) -> None:
    words = list(language("does it bleed and how much does it cost"))
    exact, quick = (boundaries.log_odds(words, _states(len(words)), least) for least in (-np.inf, -2.0))
    np.testing.assert_array_equal(quick > -2.0, exact > -2.0)
    np.testing.assert_allclose(quick[quick > -2.0], exact[quick > -2.0], atol=1e-6)
    assert len(boundaries.log_odds(words, _states(len(words)), np.inf)) == len(words) - 1


SETTINGS = SegmentSettings(
    candidate_threshold=-2.2,
    topic_difference=0.28,
    competition_penalty=0.6,
    statement_penalty=0.8,
    alarm_bonus=3.0,
    accept_threshold=1.9,
)
LEAST = SETTINGS.candidate_threshold
ODDS = np.array([-9, 0.5, -9, -9], dtype=np.float32)
ALIKE = {"redness": 0.5, "swelling_bruising": 0.5}


def found(odds: Vectors, *readings: Mapping[str, float], told: Sequence[Span] = ()) -> list[Span]:
    """The spans, where the pieces between all likely places are read like this, in order."""
    given = iter(readings)

    def read(spans: Sequence[Span]) -> list[Piece]:
        return [Piece(next(given), span in told) for span in spans]

    return choose_segments(odds, read, SETTINGS, LEAST)


def test_a_likely_place_between_different_topics_is_believed() -> None:
    assert found(ODDS, {"pain": 1.0}, {"cost": 1.0}) == [(0, 2), (2, 5)]


def test_a_likely_place_between_the_same_topic_is_not() -> None:
    assert found(ODDS, ALIKE, ALIKE) == [(0, 5)]


def test_what_is_told_stays_with_the_question() -> None:
    doubtful = np.array([-9, -1.5, -9, -9], dtype=np.float32)
    assert found(doubtful, {"timeline": 1.0}, {"makeup": 1.0}) == [(0, 2), (2, 5)]
    assert found(doubtful, {"timeline": 1.0}, {"makeup": 1.0}, told=[(0, 2)]) == [(0, 5)]


def test_beside_an_alarm_a_question_begins_on_little_evidence() -> None:
    """ "there is pus, can i put make-up on": elsewhere what is told belongs to the question"""
    unlikely = np.array([-9, -3.0, -9, -9], dtype=np.float32)
    told = {(0, 2): Piece({"symptom_report": 1.0}, is_statement=True, is_alarm=True)}
    asked = Piece({"after_makeup": 1.0})

    def read(spans: Sequence[Span]) -> list[Piece]:
        return [told.get(span, asked) for span in spans]

    assert choose_segments(unlikely, read, SETTINGS, LEAST - SETTINGS.alarm_bonus) == [(0, 2), (2, 5)]
    assert choose_segments(unlikely, read, SETTINGS, LEAST) == [(0, 5)]


def test_nothing_is_read_where_no_place_is_likely() -> None:
    assert found(np.array([-9, -9], dtype=np.float32)) == [(0, 3)]


def test_a_place_is_believed_less_beside_a_likelier_one() -> None:
    topics = {"pain": 1.0}, {"cost": 0.9, "pain": 0.1}, {"redness": 0.9, "cost": 0.1}
    doubtful = np.array([-9, 1.5, -9, -9, -9], dtype=np.float32)
    beside = np.array([-9, 1.5, -9, 4, -9], dtype=np.float32)
    assert found(doubtful, *topics) == [(0, 2), (2, 6)]
    assert found(beside, *topics) == [(0, 4), (4, 6)]


def test_readings_differ_by_what_they_do_not_share() -> None:
    assert difference({"pain": 1.0}, {"pain": 1.0}) == pytest.approx(0.0, abs=0.01)
    assert difference({"pain": 1.0}, {"cost": 1.0}) > difference(ALIKE, {"redness": 1.0}) > 0.5


def test_questions_joined_by_nothing_are_learned_with_a_mark_too() -> None:
    bare = SegmentationExample(
        text="does it hurt | how long does it take", topics=("pain", "procedure_duration")
    )
    joined = SegmentationExample(text="does it hurt? | and how long", topics=bare.topics)
    (other,) = otherwise_joined(bare)
    assert other.topics == bare.topics
    assert other.before_marks[0].strip(" ?.,") == "does it hurt"
    assert list(otherwise_joined(joined)) == []


def test_a_message_needs_a_topic_for_each_of_its_questions() -> None:
    with pytest.raises(ValueError, match="has 2 parts and 1 topics"):
        SegmentationExample(text="does it hurt | and how long", topics=("pain",))
    with pytest.raises(ValueError, match="has an empty part"):
        SegmentationExample(text="does it hurt | ", topics=("pain", "cost"))


@pytest.mark.parametrize(
    "text", ["is shaving ok", "so um can i swim", "any downtime", "i need to book", "what about ice"]
)
def test_a_question_is_known_by_its_beginning(language: Language, text: str) -> None:
    assert SpeechActs(language(text)).is_question()


def test_a_question_behind_what_is_told_is_heard(language: Language) -> None:
    assert SpeechActs(language("had it done today, what happens over the next few days")).asks_in_a_clause()
    assert not SpeechActs(language("had it done today, went home on the bus")).asks_in_a_clause()


@pytest.mark.parametrize(
    "text", ["have the session later", "when i had it done", "my face is red", "which is no use"]
)
def test_a_statement_asks_nothing(language: Language, text: str) -> None:
    assert not SpeechActs(language(text)).is_question()


@pytest.mark.parametrize(
    ("text", "bare"),
    [("for how long", True), ("is that ok?", True), ("how often", True), ("does it bleed", False)],
)
def test_a_bare_question_does_not_say_what_it_is_about(language: Language, text: str, bare: bool) -> None:
    assert SpeechActs(language(text)).has_no_content_word() is bare


def test_messages_without_a_boundary_teach_nothing(language: Language) -> None:
    assert train_boundaries([]) is None
    assert train_boundaries([_example(language, "does it work on lines and wrinkles")]) is None
