"""Tests of the interpretation of a short message after an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from spacy.language import Language

from assistant.core.dialogue.history import AnsweredQuestion
from assistant.core.protocol import FOLLOW_UP_WHY, PERSONAL_FACT
from assistant.nlu.classifiers.follow_up_training import RankedExample, train_follow_ups
from assistant.nlu.classifiers.follow_ups import ALTERNATIVES, FollowUpCandidate, FollowUpRanker, Topics
from assistant.nlu.en.utterance_form import UtteranceForm, form_of, is_short
from assistant.nlu.reader import Reader
from assistant.nlu.text.spacy_pipeline import build_base

GROUPS = {
    "after_sun": "after",
    "downtime": "risks",
    "cost": "basics",
    "number": "outcomes",
    "interval": "outcomes",
}
COUNTERPARTS = {"preparation": "aftercare", "prep_skincare": "after_products"}
SUN = AnsweredQuestion("after_sun", "can i go in the sun after")


@pytest.fixture(scope="module")
def language() -> Language:
    return build_base()


Meant = Callable[..., str]


@pytest.fixture(scope="module")
def meant(trained_reader: Reader) -> Meant:
    """The topic by the weights of the trained model, for a remark whose embedding says nothing in particular."""
    assert trained_reader.follow_ups is not None
    embedding = trained_reader.read("and on that one").embedding
    ranker = FollowUpRanker(trained_reader.follow_ups.weights, GROUPS, COUNTERPARTS)

    def topic(
        form: UtteranceForm,
        alone: Topics,
        in_context: Topics,
        before: AnsweredQuestion = SUN,
        length: int = 3,
        **rest: Any,
    ) -> str:
        candidate = FollowUpCandidate(form, length, alone, in_context, before, embedding=embedding, **rest)
        return ranker.topic(candidate)

    return topic


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("for how long", UtteranceForm.BARE),
        ("is that ok", UtteranceForm.BARE),
        ("it isn't", UtteranceForm.WHOLE),
        ("yes i do", UtteranceForm.WHOLE),
        ("and on the neck?", UtteranceForm.ELLIPTIC),
        ("what about aspirin", UtteranceForm.ELLIPTIC),
        ("even just powder?", UtteranceForm.RESTRICTING),
        ("which one is safer", UtteranceForm.POINTING),
        ("does it hurt", UtteranceForm.WHOLE),
        ("my cheeks are hot", UtteranceForm.TOLD),
        ("its only nickel", UtteranceForm.TOLD),
        ("long term i mean", UtteranceForm.RESTRICTING),
        ("what if its another bit of me", UtteranceForm.RESTRICTING),
        ("what if im pregnant", UtteranceForm.ELLIPTIC),
        ("and after?", UtteranceForm.AFTERWARDS),
        ("and what about before", UtteranceForm.BEFOREHAND),
        ("how long after", UtteranceForm.BARE),
        ("ok", UtteranceForm.WHOLE),
        ("just one", UtteranceForm.RESTRICTING),
        ("only the one then", UtteranceForm.RESTRICTING),
    ],
)
def test_the_shape_tells_how_much_a_message_says_by_itself(
    language: Language, text: str, form: UtteranceForm
) -> None:
    assert form_of(language(text)) is form


def test_a_long_message_says_itself_what_it_is_about(language: Language) -> None:
    assert is_short(language("and on the neck?"))
    told = "i had it done on my neck last week and it is still rather red, so can i go to work"
    assert not is_short(language(told))


def test_a_bare_question_is_about_the_answer_before(meant: Meant) -> None:
    assert meant(UtteranceForm.BARE, {"downtime": 0.6, "cost": 0.2}, {"after_sun": 1.0}) == "after_sun"


def test_another_moment_is_the_same_question_at_that_moment(meant: Meant) -> None:
    context = AnsweredQuestion("prep_skincare", "do i stop my retinol before")
    assert (
        meant(UtteranceForm.AFTERWARDS, {"aftercare": 0.5}, {"prep_skincare": 1.0}, context)
        == "after_products"
    )
    context = AnsweredQuestion("aftercare", "what do i do at home")
    assert meant(UtteranceForm.BEFOREHAND, {"preparation": 0.5}, {"aftercare": 1.0}, context) == "preparation"


def test_what_is_told_may_stay_on_the_topic(meant: Meant) -> None:
    """ "its only nickel", after a question about metal"""
    assert meant(UtteranceForm.TOLD, {"cost": 0.6, "out_of_scope": 0.4}, {"after_sun": 1.0}) == "after_sun"
    assert meant(UtteranceForm.TOLD, {"cost": 0.99}, {"after_sun": 0.7, "cost": 0.3}) == "cost"


def test_a_question_that_may_be_anything_is_about_the_answer_before(meant: Meant) -> None:
    alone = {"cost": 0.3, "number": 0.2, "after_sun": 0.2}
    assert meant(UtteranceForm.WHOLE, alone, {"after_sun": 0.98, "cost": 0.01}) == "after_sun"
    assert meant(UtteranceForm.WHOLE, alone, {"after_sun": 0.1, "cost": 0.9}) == "cost"


def test_a_word_that_is_understood_alone_is_new(meant: Meant) -> None:
    assert meant(UtteranceForm.ELLIPTIC, {"cost": 1.0}, {"after_sun": 0.97, "cost": 0.03}) == "cost"


def test_a_word_with_two_readings_is_read_in_context(meant: Meant) -> None:
    assert meant(UtteranceForm.ELLIPTIC, {"cost": 0.7, "after_sun": 0.3}, {"after_sun": 1.0}) == "after_sun"


def test_an_exception_is_about_the_answer_even_where_it_sounds_foreign(meant: Meant) -> None:
    assert meant(UtteranceForm.RESTRICTING, {"out_of_scope": 0.9}, {"after_sun": 1.0}) == "after_sun"


def test_a_whole_question_is_new_however_well_it_fits(meant: Meant) -> None:
    assert meant(UtteranceForm.WHOLE, {"cost": 0.97}, {"after_sun": 0.97, "cost": 0.03}, length=6) == "cost"


def test_why_and_goodbye_are_what_they_are(meant: Meant) -> None:
    assert meant(UtteranceForm.BARE, {FOLLOW_UP_WHY: 0.9}, {"after_sun": 1.0}) == FOLLOW_UP_WHY
    assert meant(UtteranceForm.BARE, {"goodbye": 0.9}, {"after_sun": 1.0}) == "goodbye"


def test_what_is_told_to_explain_a_question_is_not_another_subject(meant: Meant) -> None:
    """ "front desk of a hotel, i cant turn up bare", after a question about make-up"""
    assert (
        meant(UtteranceForm.TOLD, {"out_of_scope": 0.8, "cost": 0.1}, {"after_sun": 1.0}, length=9)
        == "after_sun"
    )


def test_the_topic_before_and_those_of_both_readings_may_be_meant() -> None:
    remark = FollowUpCandidate(UtteranceForm.ELLIPTIC, 2, {"cost": 1.0}, {"number": 1.0}, SUN)
    assert remark.topics == ["cost", "number", "after_sun", *ALTERNATIVES]


def test_an_alternative_without_weights_is_never_chosen() -> None:
    remark = FollowUpCandidate(UtteranceForm.ELLIPTIC, 2, {"cost": 1.0}, {"number": 1.0}, SUN)
    assert FollowUpRanker({"alone": 1.0}).topic(remark) == "cost"
    assert FollowUpRanker({"alone": 1.0, "personal_fact, bias": 1.0}).topic(remark) == PERSONAL_FACT


def test_a_further_question_in_a_message_has_another_topic_than_the_one_before() -> None:
    remark = FollowUpCandidate(UtteranceForm.ELLIPTIC, 2, {"cost": 1.0}, {"after_sun": 1.0}, SUN)
    ranker = FollowUpRanker({"context": 1.0, "stays": 9.0, "personal_fact, bias": 9.0})
    assert ranker.further_topic(remark) == "cost"
    nothing_else = FollowUpCandidate(UtteranceForm.ELLIPTIC, 2, {"after_sun": 1.0}, {"after_sun": 1.0}, SUN)
    assert ranker.further_topic(nothing_else) is None


def test_a_question_that_means_nothing_alone_is_never_unrelated() -> None:
    remark = FollowUpCandidate(UtteranceForm.BARE, 2, {"cost": 1.0}, {"number": 1.0}, SUN)
    assert set(ALTERNATIVES).isdisjoint(remark.topics)


def test_training_learns_when_an_utterance_stays_on_its_topic() -> None:
    """From examples in which a bare question stays and a whole one does not."""
    torn = {"cost": 0.5, "number": 0.5}
    bare, whole = (
        FollowUpCandidate(form, 3, torn, {"after_sun": 1.0}, SUN)
        for form in (UtteranceForm.BARE, UtteranceForm.WHOLE)
    )
    examples = [RankedExample(bare, frozenset({"after_sun"})), RankedExample(whole, frozenset({"cost"}))] * 9
    ranker = train_follow_ups(examples, {})
    assert ranker is not None
    assert (ranker.topic(bare), ranker.topic(whole)) == ("after_sun", "cost")


def test_without_examples_there_is_no_ranker() -> None:
    assert train_follow_ups([], {}) is None


@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_training_learns_what_is_not_about_the_answer_from_the_embedding(alternative: str) -> None:
    """From examples that differ in nothing else."""
    near, far = np.eye(2, dtype=np.float32)
    torn, context = {"cost": 0.5, "number": 0.5}, {"after_sun": 1.0}
    sunny, foreign = (
        FollowUpCandidate(UtteranceForm.ELLIPTIC, 3, torn, context, SUN, embedding=each)
        for each in (near, far)
    )
    examples = [
        RankedExample(sunny, frozenset({"after_sun"})),
        RankedExample(foreign, frozenset({alternative}), is_unrelated=True),
    ] * 9
    ranker = train_follow_ups(examples, {})
    assert ranker is not None
    assert (ranker.topic(sunny), ranker.topic(foreign)) == ("after_sun", alternative)
